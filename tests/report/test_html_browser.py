"""The HTML report in a real browser: what people do with it, and that it asks nobody for anything.

Needs Chromium, named by `TERMCHECK_CHROMIUM` or found on the path. Without one these tests are skipped,
unless `TERMCHECK_NEEDS_CHROMIUM` is set, as it is where changes are taken.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from termcheck import check_paths
from termcheck.cli import main
from termcheck.model import Report, Silenced, SilencedBy
from termcheck.report import RenderOptions, render

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script><!--"

GLOSSARY = """\
上合组织: SCO
南海: {en: South China Sea, forbid: [South Sea]}
大校: Senior Colonel
舰队: fleet
无人机: drone
"""
LONG = ("各方交换了意见。" * 40, "The parties exchanged views. " * 40)
FILES = {
    "glossary.yaml": GLOSSARY,
    "talks/first.md": f"""\
上合组织{HOSTILE}在南海举行会议。

The regional organization {HOSTILE} held a meeting in the South Sea.

林海大校介绍了情况。

大校 Lin Hai gave a briefing.
""",
    "talks/second.md": f"""\
{LONG[0]}舰队停在南海附近。{LONG[0]}

{LONG[1]}The fleet lay off the South Sea. {LONG[1]}

上合组织使用𠮷野的无人机。

The organization uses a dron of Yoshino.
""",
}


# Only while it runs has the thread a loop of its own, in which no other test can start one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    path = os.environ.get("TERMCHECK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing = "needs Chromium: on Debian `apt install chromium`, or name one in TERMCHECK_CHROMIUM"
        (pytest.fail if os.environ.get("TERMCHECK_NEEDS_CHROMIUM") else pytest.skip)(missing)
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with playwright.sync_playwright() as running:
        found = running.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the texts above, as the command writes it."""
    directory = tmp_path_factory.mktemp("texts")
    for name, text in FILES.items():
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(directory)
        main(["check", "talks", "--output-format", "html:report.html", "-q"])
    return directory / "report.html"


Open = Callable[..., Any]


@pytest.fixture
def visit(browser: Any) -> Iterator[Open]:
    """Opens a file in a window of its own; whatever went wrong there fails the test."""
    wrong: list[str] = []
    contexts = []

    def open_(file: Path, hash_: str = "", **options: Any) -> Any:
        def asked(url: str) -> None:
            if url.partition("#")[0] != file.as_uri() and not url.startswith("data:image/svg+xml,"):
                wrong.append(f"request: {url}")

        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: asked(request.url))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " (event) => console.error(event.violatedDirective))"
        )
        page.goto(f"{file.as_uri()}{hash_}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


def shown(page: Any) -> str:
    return str(page.inner_text("#shown"))


def choose(page: Any, facet: str, value: str) -> None:
    page.locator(f"[data-facet={facet}] input[value='{value}']").click()


def texts(page: Any, selector: str) -> list[str]:
    """What is to be read in some elements, each on one line."""
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def messages(page: Any) -> list[str]:
    return list(page.locator(".message").all_inner_texts())


def test_findings_stand_beside_their_texts(report: Path, visit: Open) -> None:
    page = visit(report)
    assert page.title() == "3 errors, 3 warnings - termcheck"
    assert shown(page) == "6 findings"
    assert texts(page, "h2.group") == ["talks/first.md 3", "talks/second.md 3"]
    card = page.locator(".card").nth(1)
    assert card.locator(".source .text").get_attribute("lang") == "zh"
    assert card.locator(".target .text").get_attribute("lang") == "en"
    assert card.locator("mark").all_inner_texts() == ["大校", "大校"]
    assert card.locator(".chip").all_inner_texts() == ["Senior Colonel"]


def test_hostile_texts_stay_texts(report: Path, visit: Open) -> None:
    page = visit(report)
    for text in page.locator(".card").first.locator(".text").all_inner_texts():
        assert HOSTILE in text
    assert page.locator("#list img, #list script").count() == 0


def test_marks_beyond_the_basic_plane(report: Path, visit: Open) -> None:
    marks = visit(report).locator(".card").last.locator("mark")
    assert marks.all_inner_texts() == ["上合组织", "无人机"]


def test_filters_count_what_each_would_show(report: Path, visit: Open) -> None:
    page = visit(report)
    choose(page, "rule", "TRM101")
    assert shown(page) == "3 of 6 findings"
    counts = dict(text.rsplit(" ", 1) for text in texts(page, "[data-facet=rule] .value"))
    assert counts["TRM102 forbidden-rendering"] == "2"  # what is chosen in a filter does not bear on itself
    choose(page, "file", "talks/second.md")
    assert shown(page) == "2 of 6 findings"
    choose(page, "rule", "TRM102")
    assert shown(page) == "3 of 6 findings"
    page.click("#clear")
    assert shown(page) == "6 findings"


def test_what_can_be_fixed(report: Path, visit: Open) -> None:
    page = visit(report)
    choose(page, "fix", "safe")
    assert shown(page) == "2 of 6 findings"
    assert texts(page, ".fact:has(ins)") == ["Safe fix South Sea → South China Sea"] * 2


def test_search(report: Path, visit: Open) -> None:
    page = visit(report)
    # No two neighbours find the same number, so the text tells that the list is the new one.
    for query, found in (
        ("SOUTH SEA", 3),  # the case makes no difference
        ("ｙｏｓｈｉｎｏ 上合组织", 2),  # nor does the width; all words must be there
        ("yoshino 南海", 0),
        ("parties views", 1),
        ('"parties views"', 0),
        ('"exchanged views" parties', 1),
        ("second.md:7", 2),
        ("trm104", 1),
        ("nowhere", 0),
    ):
        page.fill("#query", query)
        page.get_by_text(f"{found} of 6 findings").wait_for()
        assert page.locator("li.finding").count() == found, query
        assert page.locator(".lack").count() == (found == 0), query


def test_a_link_shows_the_same_again(report: Path, visit: Open) -> None:
    page = visit(report)
    choose(page, "severity", "error")
    choose(page, "term", "南海")
    page.fill("#query", "sea")
    page.select_option("#sort", "severity")
    page.keyboard.press("Escape")
    page.fill("#query", "sea")
    page.locator("li.finding").nth(1).locator(".message").click()
    hash_ = page.evaluate("location.hash")
    again = visit(report, hash_)
    assert messages(again) == messages(page)
    assert shown(again) == shown(page) == "2 of 6 findings"
    assert again.input_value("#query") == "sea"
    assert again.input_value("#sort") == "severity"
    assert again.is_checked("[data-facet=severity] input[value=error]")
    current = "li.finding[aria-current=true]"
    assert again.get_attribute(current, "data-id") == page.get_attribute(current, "data-id")


def test_sorted_by_severity(report: Path, visit: Open) -> None:
    page = visit(report, "#sort=severity")
    assert texts(page, "h2.group") == ["Errors 3", "Warnings 3"]
    assert page.locator(".severity").all_inner_texts() == ["error"] * 3 + ["warning"] * 3


def test_term_and_rendering_light_up_together(report: Path, visit: Open) -> None:
    page = visit(report, "#rule=TRM102&file=talks/first.md")
    page.hover(".source mark")
    assert page.locator("mark.lit").all_inner_texts() == ["南海", "South Sea"]
    page.click(".source mark")
    assert page.evaluate("document.activeElement.textContent") == "South Sea"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "南海"


def test_long_paragraphs_are_cut_around_their_marks(report: Path, visit: Open) -> None:
    page = visit(report, "#rule=TRM102&file=talks/second.md")
    text = page.locator(".target .text")
    assert "off the South Sea. " in text.inner_text()
    assert len(text.inner_text()) < 600
    text.locator(".gap").first.click()
    assert len(page.locator(".target .text").inner_text()) > 2000
    assert page.locator(".gap").count() == 0


def test_keyboard(report: Path, visit: Open) -> None:
    page = visit(report)
    focused = "document.activeElement.querySelector('.message')?.textContent"
    for key, number in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert page.evaluate(focused) == messages(page)[number]
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.type("jk?")
    assert page.input_value("#query") == "jk?"
    page.keyboard.press("Escape")
    assert (page.input_value("#query"), shown(page)) == ("", "6 findings")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") != "query"
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()


def test_keys_can_be_switched_off(report: Path, visit: Open) -> None:
    page = visit(report)
    page.click("#help")
    page.uncheck("#keys-on")
    page.click("dialog form button")
    page.keyboard.press("j")
    assert page.locator("[aria-current=true]").count() == 0


def test_no_stop_of_the_tab_key_holds_it(report: Path, visit: Open) -> None:
    page = visit(report)
    stops = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate("document.activeElement.tagName + document.activeElement.textContent")
        if stop.startswith("BODY"):
            break
        stops.append(stop)
    assert stops[-1].startswith("BUTTON")
    assert len(stops) > 20


def test_going_back_from_a_rule_finds_the_finding_again(report: Path, visit: Open) -> None:
    page = visit(report)
    row = page.locator("li.finding").nth(3)
    row.locator("a.rule").click()
    page.locator("details.rule[open]").wait_for()
    assert page.locator("details.rule[open]").get_attribute("id") == "TRM102"
    assert page.locator("#findings").is_hidden()
    page.go_back()
    page.locator("#findings").wait_for()
    assert page.get_attribute("[aria-current=true]", "data-id") == row.get_attribute("data-id")


def test_table_of_terms(report: Path, visit: Open) -> None:
    page = visit(report, "#view=terms")
    rows = {row.split("\t")[0].split("\n")[0]: row for row in page.locator("#term-rows tr").all_inner_texts()}
    assert list(rows) == ["上合组织", "南海", "大校", "无人机", "舰队"]
    assert "South Sea 2× forbidden-rendering" in rows["南海"]
    assert "1 100%" in rows["舰队"]
    page.click("th[data-column=share] button")
    assert page.get_attribute("th[data-column=share]", "aria-sort") == "ascending"
    page.locator("#term-rows tr", has_text="南海").locator("a").click()
    page.locator("#findings").wait_for()
    assert shown(page) == "2 of 6 findings"


def test_theme(report: Path, visit: Open) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = visit(report, color_scheme="light").evaluate(ground)
    page = visit(report, color_scheme="dark")
    dark = page.evaluate(ground)
    assert light != dark
    page.click("#theme")
    assert page.evaluate(ground) == light
    page.reload()
    assert page.evaluate(ground) == light  # it is remembered
    page.keyboard.press("t")
    assert page.evaluate(ground) == dark


def test_copying_a_place(report: Path, visit: Open) -> None:
    page = visit(report, permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.locator(".copy.done").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "talks/first.md:3:1"


@pytest.mark.parametrize("view", ["findings", "terms", "rules"])
def test_nothing_is_wider_than_a_phone(view: str, report: Path, visit: Open) -> None:
    page = visit(report, f"#view={view}", viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_javascript(report: Path, visit: Open) -> None:
    page = visit(report, java_script_enabled=False)
    assert page.locator(".plain li").count() == 6
    assert page.locator(".columns").is_hidden()
    assert page.locator("details.rule").count() == 3


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Ten thousand findings in fifty files."""
    directory = tmp_path_factory.mktemp("many")
    (directory / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    for number in range(50):
        rows = "".join(
            f"第{number}场第{row}轮磋商谈到了南海。,Round {row} of talks {number} was about the South Sea.\n"
            for row in range(200)
        )
        (directory / f"part-{number:02}.csv").write_text(f"source,target\n{rows}", encoding="utf-8")
    return check_paths([directory], directory / "glossary.yaml")


def test_ten_thousand_findings(many: Report, visit: Open, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(render(many, "html", RenderOptions()), encoding="utf-8")
    assert file.stat().st_size < 10_000_000
    page = visit(file)
    assert shown(page) == "10,000 findings"
    assert page.evaluate("document.querySelectorAll('*').length") < 5000
    page.fill("#query", '"round 77 of talks 33 "')
    page.get_by_text("1 of 10,000 findings").wait_for()
    assert page.locator("li.finding").count() == 1
    page.keyboard.press("Escape")
    # A page far down is drawn when one comes to it, and what is far away is not kept.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.get_by_text("Round 199 of talks 49 was").wait_for()
    assert page.evaluate("document.querySelectorAll('*').length") < 8000
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    assert "part-49.csv:201:" in page.evaluate("document.activeElement.querySelector('.copy').dataset.copy")


def test_what_is_silenced_is_shown_when_asked_for(many: Report, visit: Open, tmp_path: Path) -> None:
    by = (SilencedBy.COMMENT, SilencedBy.BASELINE)
    silenced = tuple(Silenced(one, how, "agreed") for one, how in zip(many.findings[:2], by, strict=True))
    file = tmp_path / "report.html"
    few = replace(many, findings=many.findings[2:4], silenced=silenced)
    file.write_text(render(few, "html", RenderOptions()), encoding="utf-8")
    page = visit(file)
    assert shown(page) == "2 findings"
    page.check("#silenced")
    assert shown(page) == "4 findings"
    assert [text for text in texts(page, ".fact") if text.startswith("Silenced")] == [
        "Silenced suppressed by a comment: agreed",
        "Silenced in the baseline: agreed",
    ]
    assert visit(file, page.evaluate("location.hash")).is_checked("#silenced")


def test_print_shows_all_that_passes_the_filters(many: Report, visit: Open, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    few = replace(many, findings=many.findings[:150])
    file.write_text(render(few, "html", RenderOptions()), encoding="utf-8")
    page = visit(file)
    assert page.locator("li.finding").count() < 150
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("li.finding").count() == 150
    for hidden in ("nav", ".toolbar", ".filters"):
        assert page.locator(hidden).first.is_hidden()
