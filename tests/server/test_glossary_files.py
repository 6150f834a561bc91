"""In a glossary the editor explains attributes, proposes them and their values, and leads to entries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp

from conftest import Editor
from termcheck.server.glossary_place import wanted_at

GLOSSARY = """\
languages: [zh, en]
defaults: {severity: warning}
terms:
  南海:
    en: {term: South China Sea, status: preferred}
    see_also: [上合组织, unknown]
    sources: ["https://example.org/a?b=1", see http://example.org/x.]
  上合组织: [SCO, {term: Club, status: forbidden}]
"""


@pytest.mark.asyncio
async def test_an_attribute_is_explained(editor: Editor) -> None:
    await editor.open("glossary.yaml", GLOSSARY)

    async def hover(line: int, character: int) -> str:
        found = await editor.client.text_document_hover_async(
            lsp.HoverParams(editor.document("glossary.yaml"), lsp.Position(line, character))
        )
        return found.contents.value if found and isinstance(found.contents, lsp.MarkupContent) else ""

    assert await hover(4, 34) == (
        "**status**\n\npreferred and admitted renderings are accepted, deprecated ones are out of use, "
        "forbidden ones are wrong.\n\nValues: `preferred`, `admitted`, `deprecated`, `forbidden`"
    )
    assert (await hover(1, 12)).startswith("**severity**")
    assert (await hover(0, 3)).startswith("**languages**")
    assert (await hover(4, 5)).startswith("**en**")
    assert (await hover(7, 18)).startswith("**term**")
    assert await hover(3, 3) == ""
    assert await hover(4, 20) == ""


@pytest.mark.asyncio
async def test_proposals_replace_the_word_at_the_cursor(editor: Editor) -> None:
    text = GLOSSARY.replace("    see_also", "    seve\n    see_also")
    await editor.open("glossary.yaml", text)
    found = await editor.client.text_document_completion_async(
        lsp.CompletionParams(editor.document("glossary.yaml"), lsp.Position(5, 8))
    )
    assert isinstance(found, lsp.CompletionList)
    (severity,) = (item for item in found.items if item.label == "severity")
    assert severity.text_edit == lsp.TextEdit(lsp.Range(lsp.Position(5, 4), lsp.Position(5, 8)), "severity: ")


@pytest.mark.asyncio
async def test_links_lead_to_pages_and_entries(editor: Editor) -> None:
    await editor.open("glossary.yaml", GLOSSARY)
    found = await editor.client.text_document_document_link_async(
        lsp.DocumentLinkParams(editor.document("glossary.yaml"))
    )
    assert [(link.range.start.line, link.range.start.character, link.target) for link in found or ()] == [
        (6, 15, "https://example.org/a?b=1"),
        (6, 47, "http://example.org/x"),
        (5, 15, f"{editor.uri('glossary.yaml')}#L8"),
    ]


@pytest.mark.asyncio
async def test_other_files_are_no_glossaries(editor: Editor) -> None:
    await editor.open("notes.yaml", GLOSSARY)
    place, document = lsp.Position(4, 34), editor.document("notes.yaml")
    assert await editor.client.text_document_hover_async(lsp.HoverParams(document, place)) is None
    assert await editor.client.text_document_completion_async(lsp.CompletionParams(document, place)) is None
    assert await editor.client.text_document_document_link_async(lsp.DocumentLinkParams(document)) == ()


HEAD = "languages: [zh, en]\nterms:\n"


@pytest.mark.parametrize(
    ("text", "some", "none"),
    [
        (
            HEAD + "  南海:\n    en: Sea\n    no|\n",
            ["note", "see_also", "forbid"],
            ["en", "term", "languages"],
        ),
        (HEAD + "  南海:\n    |\n  海: Sea\n", ["zh", "en", "note"], ["status"]),
        (HEAD + "  南海: {en: Sea, |}\n", ["note"], ["en"]),
        (HEAD + "  南海: {en: Sea, no|\n", ["note"], ["en"]),
        (HEAD + "  南海: {en: {term: Sea, st|}}\n", ["status", "where"], ["term", "forbid"]),
        (HEAD + "  南海: {en: {term: Sea, status: |}}\n", ["admitted", "forbidden"], ["status"]),
        (HEAD + "  南海:\n    en:\n      - Sea\n      - {term: S, status: for|\n", ["forbidden"], ["note"]),
        (HEAD + "  南海:\n    en: Sea\n    severity: |\n    note: x\n", ["info", "error"], ["note"]),
        (HEAD + "  南海: {en: Sea, see_also: [|]}\n  海: Sea\n", ["南海", "海"], ["note"]),
        (HEAD + "  南海: [Sea, {term: S, sta|}]\n", ["status"], ["note_"]),
        (HEAD + "  南海: {en: Sea, keep: |}\n", ["true", "false"], []),
        (HEAD + "  南海:\n    en: Sea\n    sta|: x\n", ["scope"], ["status"]),
        ("languages: [zh, en]\ndef|\nterms:\n  南海: Sea\n", ["defaults", "keep"], ["terms", "note"]),
        ("languages: [zh, en]\ndefaults:\n  cou|\nterms:\n  南海: Sea\n", ["count"], ["see_also"]),
        ("南海:\n  en: Sea\n  |\n", ["note"], ["terms"]),
        (HEAD + "  南海: {en: Sea, ignore: [{pa|}]}\n", ["path", "pair"], ["term"]),
    ],
)
def test_what_can_be_written_is_proposed(text: str, some: list[str], none: list[str]) -> None:
    offset = text.index("|")
    wanted = wanted_at(text.replace("|", ""), offset)
    assert wanted is not None
    names = [one.name for one in wanted.proposals]
    assert [name for name in some if name not in names] == []
    assert [name for name in none if name in names] == []


@pytest.mark.parametrize(
    "text", [HEAD + "  |\n", HEAD + "  南海: S|\n", "南海: |\n", HEAD + "  南海: {note: |}\n", "{[|", "|"]
)
def test_elsewhere_nothing_is_proposed(text: str) -> None:
    assert wanted_at(text.replace("|", ""), text.index("|")) is None


@given(st.text(st.sampled_from("a:南 -[]{},\n\"'#|>&*"), max_size=30), st.data())
def test_any_text_can_be_asked_about(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    wanted = wanted_at(text, offset)
    assert wanted is None or wanted.start <= offset <= wanted.end
