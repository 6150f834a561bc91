"""What the language server answers an editor, over real standard input and output."""

from __future__ import annotations

import json

import pytest
from lsprotocol import types as lsp

from conftest import Editor

pytestmark = pytest.mark.asyncio

GLOSSARY = """
languages: [zh, en]
terms:
  上合组织: {en: [{term: Shanghai Cooperation Organization}, SCO], definition: a club of states}
  南海: {en: South China Sea, forbid: [South Sea]}
"""
TEXT = "上合组织成立于2001年。\n\nThe group was founded in 2001.\n\n南海的和平。\n\nPeace in the South Sea.\n"


@pytest.fixture
def sea(editor: Editor) -> Editor:
    (editor.folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (editor.folder / "talk.md").write_text(TEXT, encoding="utf-8")
    return editor


def shown(diagnostics: list[lsp.Diagnostic]) -> list[tuple[str, int, int]]:
    return [(str(one.code), one.range.start.line, one.range.start.character) for one in diagnostics]


async def test_findings_come_with_the_text_and_go_with_the_mistake(sea: Editor) -> None:
    assert shown(await sea.open("talk.md")) == [("TRM101", 2, 0), ("TRM102", 6, 13)]
    sea.change("talk.md", "China ", lsp.Range(lsp.Position(6, 19), lsp.Position(6, 19)))
    assert shown(await sea.diagnostics("talk.md")) == [("TRM101", 2, 0)]
    sea.change("talk.md", TEXT.replace("The group", "The SCO").replace("South Sea", "South China Sea"))
    assert await sea.diagnostics("talk.md") == []


async def test_a_finding_names_its_rule_and_the_place_of_its_term(sea: Editor) -> None:
    _, forbidden = await sea.open("talk.md")
    assert (forbidden.source, forbidden.severity) == ("termcheck", lsp.DiagnosticSeverity.Error)
    assert forbidden.range.end == lsp.Position(6, 22)
    (related,) = forbidden.related_information or ()
    assert related.location == lsp.Location(
        sea.uri("talk.md"), lsp.Range(lsp.Position(4, 0), lsp.Position(4, 2))
    )


async def test_hover_shows_the_entry_of_a_term(sea: Editor) -> None:
    await sea.open("talk.md")
    hover = await sea.client.text_document_hover_async(
        lsp.HoverParams(sea.document("talk.md"), lsp.Position(0, 1))
    )
    assert hover is not None
    assert hover.range == lsp.Range(lsp.Position(0, 0), lsp.Position(0, 4))
    assert isinstance(hover.contents, lsp.MarkupContent)
    for part in (
        "上合组织",
        "Shanghai Cooperation Organization — preferred",
        "a club of states",
        "glossary.yaml",
    ):
        assert part in hover.contents.value
    nothing = await sea.client.text_document_hover_async(
        lsp.HoverParams(sea.document("talk.md"), lsp.Position(2, 3))
    )
    assert nothing is None


async def test_a_rendering_leads_to_its_entry(sea: Editor) -> None:
    await sea.open("talk.md")
    places = await sea.client.text_document_definition_async(
        lsp.DefinitionParams(sea.document("talk.md"), lsp.Position(6, 15))
    )
    assert isinstance(places, list)
    assert [place.uri for place in places] == [sea.uri("glossary.yaml")]
    assert [place.range.start.line for place in places if isinstance(place, lsp.Location)] == [4]


async def test_completion_offers_what_the_source_asks_for(sea: Editor) -> None:
    await sea.open("talk.md")
    offered = await sea.client.text_document_completion_async(
        lsp.CompletionParams(sea.document("talk.md"), lsp.Position(2, 4))
    )
    assert isinstance(offered, lsp.CompletionList)
    items = sorted(offered.items, key=lambda item: item.sort_text or "")
    assert [item.label for item in items] == ["Shanghai Cooperation Organization", "SCO"]
    in_source = await sea.client.text_document_completion_async(
        lsp.CompletionParams(sea.document("talk.md"), lsp.Position(0, 4))
    )
    assert in_source is None


async def test_references_are_in_all_texts(sea: Editor) -> None:
    other = sea.folder / "notes" / "other.md"
    other.parent.mkdir()
    other.write_text("关于上合组织。\n\nOn the SCO.\n", encoding="utf-8")
    await sea.open("talk.md")
    places = await sea.client.text_document_references_async(
        lsp.ReferenceParams(
            lsp.ReferenceContext(include_declaration=False), sea.document("talk.md"), lsp.Position(0, 1)
        )
    )
    assert {(place.uri, place.range.start.character) for place in places or ()} == {
        (sea.uri("talk.md"), 0),
        (sea.uri("notes/other.md"), 2),
    }


async def actions(editor: Editor, only: list[str] | None = None) -> list[lsp.CodeAction]:
    (_, forbidden) = editor.shown[editor.uri("talk.md")]
    found = await editor.client.text_document_code_action_async(
        lsp.CodeActionParams(
            editor.document("talk.md"),
            forbidden.range,
            lsp.CodeActionContext([forbidden], [lsp.CodeActionKind(kind) for kind in only] if only else None),
        )
    )
    return [action for action in found or () if isinstance(action, lsp.CodeAction)]


def edited(text: str, action: lsp.CodeAction) -> str:
    """The text after the edits of an action, in which all characters are single units."""
    assert action.edit is not None
    ((_, edits),) = (action.edit.changes or {}).items()
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines) + 1)]
    for edit in sorted(
        edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True
    ):
        begin, end = (starts[place.line] + place.character for place in (edit.range.start, edit.range.end))
        text = text[:begin] + edit.new_text + text[end:]
    return text


async def test_a_safe_fix_is_preferred_and_clears_the_finding(sea: Editor) -> None:
    await sea.open("talk.md")
    fix = next(action for action in await actions(sea) if action.is_preferred)
    sea.change("talk.md", edited(TEXT, fix))
    assert shown(await sea.diagnostics("talk.md")) == [("TRM101", 2, 0)]


async def test_all_safe_fixes_are_one_action(sea: Editor) -> None:
    await sea.open("talk.md")
    (action,) = await actions(sea, ["source.fixAll"])
    assert action.kind == "source.fixAll.termcheck"
    assert "South China Sea" in edited(TEXT, action)


async def test_a_comment_silences_a_finding(sea: Editor) -> None:
    await sea.open("talk.md")
    silence = next(action for action in await actions(sea) if "ignore forbidden-rendering" in action.title)
    sea.change("talk.md", edited(TEXT, silence))
    assert shown(await sea.diagnostics("talk.md")) == [("TRM101", 2, 0)]


async def test_a_saved_glossary_counts_at_once(sea: Editor) -> None:
    await sea.open("talk.md")
    glossary = sea.folder / "glossary.yaml"
    glossary.write_text(GLOSSARY.replace(", forbid: [South Sea]", ""), encoding="utf-8")
    sea.client.workspace_did_change_watched_files(
        lsp.DidChangeWatchedFilesParams([lsp.FileEvent(glossary.as_uri(), lsp.FileChangeType.Changed)])
    )
    await sea.until("talk.md", "TRM101", "TRM101")
    glossary.write_text(
        GLOSSARY.replace("South China Sea, forbid: [South Sea]", "South Sea"), encoding="utf-8"
    )
    sea.client.text_document_did_save(
        lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(glossary.as_uri()))
    )
    assert shown(await sea.until("talk.md", "TRM101")) == [("TRM101", 2, 0)]


async def test_the_other_half_of_a_pair_is_checked_as_the_editor_has_it(sea: Editor) -> None:
    (sea.folder / "termcheck.toml").write_text('pairs = ["zh/{name}.md : en/{name}.md"]\n')
    for name, text in (("zh/a.md", "南海的和平。\n"), ("en/a.md", "Peace at sea.\n")):
        path = sea.folder / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    await sea.open("zh/a.md")
    assert shown(await sea.until("en/a.md", "TRM101")) == [("TRM101", 0, 0)]
    assert shown(await sea.open("en/a.md", "Peace in the South China Sea.\n")) == []
    sea.change("en/a.md", "Peace in the South Sea.\n")
    assert shown(await sea.diagnostics("en/a.md")) == [("TRM102", 0, 13)]


async def test_a_faulty_glossary_is_a_diagnostic_of_the_glossary_and_of_the_text(sea: Editor) -> None:
    broken = "languages: [zh, en]\nterms:\n  南海: {en: [}\n"
    (found,) = await sea.open("glossary.yaml", broken)
    assert (found.range.start.line, found.severity) == (2, lsp.DiagnosticSeverity.Error)
    (sea.folder / "glossary.yaml").write_text(broken, encoding="utf-8")
    (error,) = await sea.open("talk.md")
    assert error.severity == lsp.DiagnosticSeverity.Error


@pytest.mark.parametrize("editor", [{"select": ["TRM102"]}], indirect=True)
async def test_the_client_may_set_what_a_configuration_sets(sea: Editor) -> None:
    assert shown(await sea.open("talk.md")) == [("TRM102", 6, 13)]
    settings = {"termcheck": {"ignore": ["TRM102"]}}
    sea.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings))
    await sea.until("talk.md", "TRM101", "TRM101")


async def test_a_closed_text_has_no_findings(sea: Editor) -> None:
    await sea.open("talk.md")
    sea.close("talk.md")
    assert await sea.until("talk.md") == []


async def test_a_text_of_another_kind_is_left_alone(sea: Editor) -> None:
    (sea.folder / "program.py").write_text(json.dumps(TEXT))
    assert await sea.open("program.py") == []


async def test_columns_count_in_the_units_of_the_client(sea: Editor) -> None:
    """Without an agreement these are units of UTF-16, of which a rare character has two."""
    (_, found) = await sea.open("talk.md", TEXT.replace("Peace in", "𝐏eace in"))
    assert found.range.start == lsp.Position(6, 14)
