"""A number of thousands of digits, which Python refuses to read, ends no run, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from termcheck.cli import main

DIGITS = "9" * 5000
GLOSSARY = "上合组织: SCO\n"
WRONG = '{"zh": "上合组织开会。", "en": "They met."}\n'

TEXTS = {
    "skipped.jsonl": f'{{"n": {DIGITS}, "zh": "上合组织开会。", "en": "They met."}}\n',
    "after.jsonl": f'{{"zh": "上合组织开会。", "en": "They met.", "n": -{DIGITS}}}\n{WRONG}',
    "alone.md": f"上合组织{DIGITS}。\n\nThey {DIGITS} met.\n",
    "counted.md": f"上合组织{DIGITS}万。\n\nThey {DIGITS} million met.\n\n上合组织开会。\n\nThey met.\n",
    "entity.txt": f"上合组织&#{DIGITS};。\n\nThey &#x{DIGITS}; met.\n",
    "yaml.md": f"---\nweight: {DIGITS}\ndate: {DIGITS}\n---\n\n上合组织开会。\n\nThey met.\n",
    "toml.md": f"+++\ntitle = 'x'\nweight = {DIGITS}\n+++\n\n上合组织开会。\n\nThey met.\n",
    "list.md": f"1. 上合组织{DIGITS}.\n\n   They met {DIGITS}.\n",
}
SETTINGS = {
    "jobs in decimal": f"jobs = {DIGITS}\n",
    "jobs in hexadecimal": f"jobs = 0x{'f' * 6000}\n",
    "a switch": f"fix = 0x{'f' * 6000}\n",
    "a date": f"date = {DIGITS}-01-01\n",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    Path("good.md").write_text("上合组织开会。\n\nThe SCO met.\n", encoding="utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_around_it_is_checked(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_text(TEXTS[name], encoding="utf-8")
    assert main(["check", name]) == 1
    assert "TRM101" in capsys.readouterr().out


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("termcheck.toml").write_text(SETTINGS[name], encoding="utf-8")
    for command in (["check", "good.md"], ["config"]):
        assert main(command) == 2
        assert capsys.readouterr().err.startswith("error: termcheck.toml:1:")


def test_a_flag_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--jobs", DIGITS, "good.md"]) == 2
    assert capsys.readouterr().err.startswith("error: --jobs: is more than 10000\n")


@pytest.mark.parametrize(
    ("baseline", "place"),
    [
        (f'{{"version": {DIGITS}, "findings": []}}', "1:2"),
        (f'{{"version": 1, "findings": [\n{DIGITS}]}}', "2:1"),
        (f'{{"version": 1, "findings": [{{"n": {DIGITS}}},\n{{}}]}}', "1:29"),
    ],
)
def test_a_baseline_is_refused(baseline: str, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("known.json").write_text(baseline, encoding="utf-8")
    assert main(["check", "--baseline", "known.json", "good.md"]) == 2
    assert capsys.readouterr().err.startswith(f"error: known.json:{place}: ")


def test_a_glossary_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("glossary.yaml").write_text(
        f"terms:\n  上合组织: {{en: SCO, priority: {DIGITS}}}\n", encoding="utf-8"
    )
    assert main(["check", "good.md"]) == 2
    assert capsys.readouterr().err.startswith("error: glossary.yaml:2:29: ")
