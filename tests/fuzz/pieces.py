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
    "<tu></tu>", "</tu><tu>", '<tuv lang="en-US"><seg>South Sea</seg></tuv>',
    "<hi>South Sea</hi>", "</body></tmx>", "&amp;", "&lt;",
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
GLOSSARY = (
    "languages: [zh, en]\n", "terms:\n", "  ", "    ", "上合组织: ", "南海: {en: ", "}", "{", "[", "]",
    "- ", ": ", ", ", "forbid: ", "avoid: ", "allow: ", "concept: ", "zh: ", "en: ", "term: ", "status: ",
    "forbidden", "deprecated", "preferred", "type: ", "acronym", "match: ", "exact", "inflected", "case: ",
    "sensitive", "scope: ", "valid_until: ", "valid_from: ", "2025-09-04", "except_in: ", "instead: ",
    "where: always", "count: each", "first_use: full (abbr)", "keep: ", "priority: ", "severity: error",
    "see_also: ", "version: 1\n", "defaults: ", "ignore: ", "path: ", "pair: ", "&a ", "*a", "!b ", "<<: ",
    "? ", "|-\n", ">\n", "# ", "'", '"', "\\", "---\n", "...\n", "%YAML 1.1\n", "\t", "：",
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
