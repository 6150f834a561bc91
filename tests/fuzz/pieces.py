"""What inputs are made of: pieces of text that mean something to a target, or to nobody."""

from __future__ import annotations

CHINESE = (
    "上合组织", "南海", "演习", "国防部", "国防部长", "美国防长", "中印（尼）", "对外交流", "一带一路",
    "南海路", "峰会。", "，", "疫情", "外交", "中印尼", "峰会", "好", "X", "SCO", "`南海`", "。", "；",
    "开会", "的", "在", "北京",
)  # fmt: skip
ENGLISH = (
    "SCO", "sco", "South Sea", "south seas", "South China See", "Nanhai", "Pentagon boss",
    "US Defense Secretary", "US Secretary of Defense", "drills", "manoeuvre", "Belt and Road",
    "belt and road initiative", "Shanghai Pact", "the", "a", "an", "The bloc met.", "(", ")", "-", "’s",
    "“", "”", ".", "X", "12", "COVID-19", "Shanghai Pact Organization of Eurasian States", "bloc", "summit",
    "SM", "exercise", "Belt", "diplomacy", "China-Indonesia", "MND", "Covid-19", "covid-19", "war", "drill",
)  # fmt: skip
NEWLINES = (
    "\n", "\n\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", " ", "\t", "\u3000", "\xa0",
)  # fmt: skip
ODD = (
    "\x00", "\x01", "\x1b[1m", "\x7f", "\u200b", "\xad", "\ufeff", "́", "ﬁ", "ｶﾞ", "😀", "é", "\u202e",
)  # fmt: skip
MARKDOWN = (
    "# ", "- ", "1. ", "> ", "    ", "```", "~~~", "|", "|-|-|", "---", "===", "***", "<!--", "-->",
    "<div>", "</div>", "<br/>", "<pre>", "</pre>", "<p>", "<?", "?>", "<![CDATA[", "]]>", "{{< x >}}", "*",
    "**", "_", "~~", "`", "``", "[", "]", "](", "![", ")", "[a]:", "&amp;", "&#0;", "\\", "[^1]", "{#a}",
    "{/*", "*/}", "[b]: /x\n", "[x] ", "\n> ", "<!-- termcheck: ignore[TRM102] -->",
    "<!-- termcheck: disable -->", "<!-- termcheck: enable -->", "<x", "<script>", "---\ntitle: ",
    "+++\ntitle = ", "https://x.y/a", "%s", ":ref:`", "<ruby>", "<rt>", "<https://x>", "\n\n\n",
)  # fmt: skip
ROWS = (
    "source", "target", ",", ";", "\t", '"', '""', "{", "}", ":", '"source"', '{"source":"', '","target":"',
    '"}\n', "\\n", "\\u4e2d", "\\ud83d", "\\ude00", "\\", "[", "]", "1", "null", "true", "1e999",
    "source,target\n", "zh,en\n", "source\ttarget\n", '{"translation":{"zh":"', '","en":"', '"}}\n',
    "999999999999999999999999999999",
)  # fmt: skip
XML = (
    "<source>海</source>", "<target>sea</target>", '<target state="new">sea</target>', "<target/>",
    "</source>", '<seg-source><mrk mtype="seg" mid="1">海</mrk></seg-source>',
    '<mrk mtype="seg" mid="1">sea</mrk>',
    '<mrk mtype="x-sdl-deleted">South Sea</mrk>', "<unit><segment><source>海</source></segment></unit>",
    '<trans-unit id="1"></trans-unit>', "</trans-unit><trans-unit>", '<g id="1">South Sea</g>',
    '<ph id="1"/>', '<bpt id="1">&lt;b&gt;</bpt>', '<x id="1"/>', "<file></file>", "</xliff>",
    "<tu></tu>", "</tu><tu>", '<tuv lang="en-US"><seg>South Sea</seg></tuv>', "<hi>South Sea</hi>",
    "</body></tmx>", "&amp;", "&lt;",
    "&#65;", "&#x6d77;", "&nbsp;", "&amp;nbsp;", "&", "<![CDATA[South Sea]]>", "<![CDATA[", "]]>",
    "<!--", "-->", "<!-- termcheck: ignore[TRM102] -->", "<?a b?>", '<!DOCTYPE a SYSTEM "b">',
    '<!DOCTYPE a [<!ENTITY b "c">]>', ' translate="no"', ' xmlns="urn:x"', ' xmlns:m="memsource.com/mxlf"',
    "{b&gt;", "&lt;b}", "{1}", "<", ">", '"', "'", "/>",
    '<?xml version="1.0" encoding="gb18030"?>', "</message><message>",
    '<translation type="unfinished">sea</translation>', "&amp;x", '<byte value="x1b"/>',
    "<numerusform>South Sea</numerusform>", "<numerusform/>",
)  # fmt: skip
CATALOGUES = (
    "msgid ", "msgstr ", "msgid_plural ", "msgstr[0] ", "msgstr[1] ", "msgctxt ", "domain ", '"', '""',
    '"\n"', '\nmsgid "', '"\nmsgstr "', "#, fuzzy\n", "#, c-format\n", "#~ ", "#| ", "#: a.c:1\n", "#. x\n",
    "% d", "\\n", '\\"', "\\", "\\x41", "\\101", "# termcheck: ignore[TRM102]\n", "# termcheck: disable\n",
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=gb18030"\n', "<<<<<<< a\n", "&amp;",
    "Plural-Forms: nplurals=3; plural=n%7;\\n",
)  # fmt: skip
PAGES = (
    "<p>", "</p>", "<div>", "</div>", "<br>", "<li>", "<ul>", "</ul>", "<table>", "<tr>", "<td>",
    "</table>", "<b>", "</b>", "<span lang=zh>", '<span lang="en">', "</span>", "<p lang=zh>",
    "<html lang=en>", "<code>", "</code>", "<pre>", "</pre>", "<script>", "</script>", "<style>",
    "<title>", "<svg>", "</svg>", "<!--", "-->", "<!", "<!-- termcheck: ignore[TRM102] -->",
    "<!-- termcheck: disable -->", "&amp;", "&lt", "&#0;", "<img alt='", "'>", ' title="', '">', "<a ",
    ">", "<", "</", "/>", " translate=no>", "<div class=notranslate>", "<ruby>", "<rt>", "<h1>",
    "</h1>", "<meta charset=gb18030>", "<!doctype html>\n", "<?xml ?>", "<![CDATA[", "]]>",
    "<template>",
)  # fmt: skip
SUBTITLES = (
    "WEBVTT\n\n", "1\n", "00:00:01,000 --> 00:00:02,500\n", "00:01.000 --> 00:02.500 align:start\n", "-->",
    "00:00:02,000 --> 00:00:0x\n", "\n\n", "\n", "NOTE termcheck: ignore[TRM102]\n\n", "NOTE x\n",
    "STYLE\n", "<i>", "</i>", "<v Li>", "<c.x>", "<00:00:01.000>", "<ruby>", "<rt>", "&amp;", "&lt;",
    "{\\an8}", "{b}", "{", "}", "[Events]\n", "[Script Info]\n",
    "Format: Start, End, Text\n", "Format: Layer, Text, Start, End\n",
    "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,", "Comment: 0,0:00:01.00,0:00:02.50,,,0,0,0,,",
    "Comment: 0,0:00:00.00,0:00:00.00,Default,,0,0,0,,termcheck: ignore[TRM102]\n", "; termcheck: disable\n",
    "\\N", "\\n", "\\h", "\\", "{\\p1}", "{\\p0}", "{\\k20}", ",", "0:00:01.00", "♪", "- ", "99",
    "上合\n",
)  # fmt: skip
WORD = (
    "<w:p>", "</w:p>", "<w:p/>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:t/>", "<w:tab/>", "<w:br/>",
    "<w:ins>", "</w:ins>", "<w:del>", "</w:del>", "<w:moveFrom>", "</w:moveFrom>", "<w:rPr>", "</w:rPr>",
    "<w:pPr>", "</w:pPr>", "<w:vanish/>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
    '<w:gridSpan w:val="2"/>', '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>',
    "<w:sdt>", "</w:sdt>", "<w:ruby>", "<w:rt>", "</w:rt>", "</w:ruby>", "&amp;", "&#x5357;", "<![CDATA[",
    "]]>", "<!-- ", " -->", "&", "<", "</w:body></w:document>", "</w:t></w:r></w:p>", "\r\n", "\t",
    "<w:p><w:r><w:t>", "<!DOCTYPE x>", '<w:outlineLvl w:val="99"/>',
)  # fmt: skip
EXCEL = (
    "<row>", "</row>", '<row r="7">', '<row hidden="1">', "<c>", "</c>", '<c t="inlineStr">', '<c t="s">',
    '<c r="B12" t="str">', '<c r="ZZZZ1">', "<is>", "</is>", "<t>", "</t>", "<v>", "</v>", "<v>0</v>",
    "<v>1</v>", "<v>99</v>", "<v>-1</v>", "<f>", "</f>", "<f/>", "<r>", "</r>", "<rPh>", "</rPh>", "&amp;",
    "&", "<", "<![CDATA[", "]]>", "</sheetData>", "</worksheet>", '<mergeCell ref="A1:B3"/>',
    '<mergeCell ref="B2:B999999"/>', '<col min="2" max="2" hidden="1"/>', "\r\n", "\t", "</is></c>",
    "</sheetData></worksheet>",
)  # fmt: skip
APPS = (
    "{", "}", "[", "]", '"', "'", ":", ",", ": ", "=", " = ", ";", "\n", "\n  ", "\n    ", "- ", "null", "1",
    '{"zh": "', '", "en": "', '"}', "zh: ", "en: ", "zh:\n  a: ", "|\n  ", ">-\n  ", "&a ", "*a",
    "!!str ", "# ",
    "#", "!", "\\", "\\\n", "\\u4e2d", "\\ud83d", "\\u", "\\U4e2d", "\\n", "/*", "*/", "//",
    '"a" = "', '";\n',
    "\na = ", "\n    .b = ", "{ $x }", "{ $n ->\n", "\n    [one] ", "\n   *[other] ", "\n}", "-a = ",
    "{n, plural, one {", "} other {", "}}", '"@@locale": "en"', '"sourceLanguage": "zh"', '"strings": {',
    '"localizations": {', '"stringUnit": {"state": "new", "value": "', '"variations": {"plural": {"one": {',
    "# termcheck: ignore[TRM102]\n", "/* termcheck: disable */", "<b>", "&amp;", "---\n", "<<: ", "? ",
)  # fmt: skip
APPS_IN_XML = (
    '<string name="c">', "</string>", "<string/>", '<string-array name="d">', "</string-array>", "<item>",
    "</item>", '<plurals name="e">', '<item quantity="other">', "</plurals>", ' translatable="false"',
    ' formatted="false"', '<item type="string" name="f">', "@string/a", "?x", "@", "\\'", '\\"', "\\n",
    "\\u4e2d", "\\ud83d\\ude00", "\\ud83d", "\\u", "\\", '"', "'", "  ", "<b>", "</b>", "<br/>", "%1$s",
    "%,d", "<g>%d</g>", '<data name="g">', "</data>", '<data name="$h" type="System.String">', "<value>",
    "</value>", "<value/>", "<comment>x</comment>", "{0}", "&amp;x", "<key>i</key>", "<dict>",
    "</dict>", "%#@i@",
    "<key>NSStringFormatSpecTypeKey</key>", "<integer>1</integer>", "&lt;", "&quot;", "&#39;", "&#x6d77;",
    "&", "<![CDATA[", "]]>", "<!--", "-->", "<!-- termcheck: ignore[TRM102] -->", "<?a b?>", "<", ">",
    '<!DOCTYPE a [<!ENTITY b "c">]>', "</resources>", "</root>", "</dict></plist>",
)  # fmt: skip
GLOSSARY = (
    "languages: [zh, en]\n", "terms:\n", "  ", "    ", "上合组织: ", "南海: {en: ", "}", "{", "[", "]",
    "- ", ": ", ", ", "forbid: ", "avoid: ", "allow: ", "concept: ", "zh: ", "en: ", "term: ", "status: ",
    "forbidden", "deprecated", "preferred", "type: ", "acronym", "match: ", "exact", "inflected", "case: ",
    "sensitive", "scope: ", "valid_until: ", "valid_from: ", "2025-09-04", "except_in: ", "instead: ",
    "where: always", "count: each", "first_use: full (abbr)", "keep: ", "priority: ", "severity: error",
    "see_also: ", "version: 1\n", "defaults: ", "ignore: ", "path: ", "pair: ", "&a ", "*a", "!b ", "<<: ",
    "? ", "|-\n", ">\n", "# ", "'", '"', "\\", "---\n", "...\n", "%YAML 1.1\n", "\t", "：",
)  # fmt: skip
TERM_TABLE = (
    ",", ";", "\t", "|", "\n", "\r\n", '"', '""', "'=", "/", " / ", "(", ")", "（", "）", "#", "-", "[en]",
    "zh", "en", "English", "status", "forbidden", "note", "concept", "yes", "no", "%s", "{x}", "ZH", "EN",
    "preferred", "priority", "keep", "|---|---|\n", "```\n", "**", "`", "[a](b)", "\\|", "<br>", "&amp;",
)  # fmt: skip
TBX = (
    "<termEntry>", "</termEntry>", "<conceptEntry id='1'>", "</conceptEntry>", '<langSet xml:lang="zh">',
    '<langSec xml:lang="en">', "</langSet>", "</langSec>", "<tig>", "</tig>", "<termSec>", "</termSec>",
    "<term>", "</term>", '<termNote type="administrativeStatus">', "</termNote>", "deprecatedTerm-admn-sts",
    "<note>", "</note>", 'termcheck:{"match": "regex"}', "<descrip type='definition'>", "</descrip>", "<hi>",
    "</hi>", "&lt;", "&#x4e2d;", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "%s",
    "</body></text></tbx>", "<gls:glossEntry xmlns:gls='g'>", "</gls:glossEntry>", "<translation>",
    "</translation>", "</xliff>", "<?xml version='1.0' encoding='latin-1'?>",
)  # fmt: skip
CONFIG = (
    "[tool.termcheck]\n", "glossary = ", "select = ", "ignore = ", "[per-file-ignores]\n", "pairs = ",
    "source = ", "exclude = ", "include = ", "output-format = ", "fail-on = ", "min-confidence = ",
    "date = ", "jobs = ", "encoding = ", "format = ", "extend = ", "unpaired = ", "cache-dir = ",
    "severity = ", "front-matter = ", "term = ", "[[pairs]]\n", '"', "'", "[", "]", "{", "}", "=", ",",
    '"TRM101"', '"ALL"', '"**/*.md"', '"{lang}/x.md"', '"json:x"', "true", "1", "2025-01-01", "12:30:00",
    "1.5", "inf", "\\u0000", '"""', "#", "99999999999999999999", '"en/*"', '"!a"', '"["',
)  # fmt: skip
BASELINE = (
    '{\n  "version": 1,\n  "findings": [', "]\n}\n", '{"path": "', '", "rule": "TRM102", "term": "',
    '", "fingerprint": "', "0123456789abcdef0123456789abcdef", '"}', ",", "{", "}", "[", "]", '"', "null",
    "1", "999999999999999999999999999999", "\\u0000", "\\ud800", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n",
    '"version"', '"findings"', ":",
)  # fmt: skip
