"""A wording of a translation is accepted or forbidden in the glossary, which the editor then shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from conftest import Editor
from termcheck.glossary import load_glossary

pytestmark = pytest.mark.asyncio

GLOSSARY = """\
languages: [zh, en]
terms:
  南海: South China Sea   # of the map
  上合组织: {en: Shanghai Cooperation Organization}
"""
TEXT = "南海的和平。\n\nPeace in the Sea of the South.\n"
WORDING = lsp.Range(lsp.Position(2, 13), lsp.Position(2, 29))


async def offered(editor: Editor, place: lsp.Range, name: str = "talk.md") -> dict[str, lsp.CodeAction]:
    found = await editor.client.text_document_code_action_async(
        lsp.CodeActionParams(
            editor.document(name), place, lsp.CodeActionContext(editor.shown[editor.uri(name)])
        )
    )
    return {
        action.title: action
        for action in found or ()
        if isinstance(action, lsp.CodeAction) and "in the glossary" in action.title
    }


def written(path: Path, action: lsp.CodeAction) -> None:
    """Make the edits of an action in a file, whose characters are all single units."""
    assert action.edit
    ((uri, edits),) = (action.edit.changes or {}).items()
    assert uri == path.as_uri()
    lines = path.read_text("utf-8").split("\n")
    for edit in reversed(edits):
        line, start, end = edit.range.start.line, edit.range.start.character, edit.range.end.character
        lines[line] = lines[line][:start] + edit.new_text + lines[line][end:]
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(("verb", "codes"), [("accept", []), ("forbid", ["TRM102"])])
async def test_a_selected_wording_goes_into_the_glossary(editor: Editor, verb: str, codes: list[str]) -> None:
    glossary = editor.folder / "glossary.yaml"
    glossary.write_text(GLOSSARY, encoding="utf-8")
    assert [one.code for one in await editor.open("talk.md", TEXT)] == ["TRM101"]
    actions = await offered(editor, WORDING)
    assert list(actions) == [
        f"termcheck: {verb} “Sea of the South” for 南海 in the glossary" for verb in ("accept", "forbid")
    ]
    written(glossary, actions[f"termcheck: {verb} “Sea of the South” for 南海 in the glossary"])
    assert "# of the map" in glossary.read_text("utf-8")
    assert len(load_glossary([glossary]).glossary.concepts) == 2
    editor.client.text_document_did_save(
        lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(glossary.as_uri()))
    )
    await editor.until("talk.md", *codes)


async def test_a_misspelled_rendering_is_accepted_from_its_finding(editor: Editor) -> None:
    (editor.folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    text = "上合组织成立了。\n\nThe Shanghai Cooperation Organisaton was founded.\n"
    (found,) = await editor.open("talk.md", text)
    cursor = lsp.Range(found.range.start, found.range.start)
    wording = "Shanghai Cooperation Organisaton"
    actions = await offered(editor, cursor)
    assert f"termcheck: accept “{wording}” for 上合组织 in the glossary" in actions


async def test_nothing_is_offered_where_it_would_not_do(editor: Editor) -> None:
    outside = editor.folder.parent / "outside.yaml"
    outside.write_text(GLOSSARY, encoding="utf-8")
    (editor.folder / "termcheck.toml").write_text('glossary = ["../outside.yaml"]\n')
    assert [one.code for one in await editor.open("talk.md", TEXT)] == ["TRM101"]
    assert await offered(editor, WORDING) == {}
    (editor.folder / "glossary.csv").write_text("zh,en\n南海,South China Sea\n", encoding="utf-8")
    (editor.folder / "termcheck.toml").write_text('glossary = ["glossary.csv"]\n')
    assert [one.code for one in await editor.open("other.md", TEXT)] == ["TRM101"]
    assert await offered(editor, WORDING, "other.md") == {}


async def test_the_source_and_whole_paragraphs_are_no_wordings(editor: Editor) -> None:
    (editor.folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    await editor.open("talk.md", TEXT)
    for start, end in (((0, 0), (0, 3)), ((0, 0), (2, 5)), ((2, 3), (2, 3))):
        assert await offered(editor, lsp.Range(lsp.Position(*start), lsp.Position(*end))) == {}


async def test_a_glossary_in_the_editor_is_edited_as_it_is_there(editor: Editor) -> None:
    (editor.folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    await editor.open("talk.md", TEXT)
    await editor.open("glossary.yaml", "# new\n" + GLOSSARY)
    accept, _ = (await offered(editor, WORDING)).values()
    assert accept.edit
    ((_, edits),) = (accept.edit.changes or {}).items()
    assert {edit.range.start.line for edit in edits} == {3}
