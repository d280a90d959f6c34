"""What a translator sees and does: by keyboard alone, by a click on the page, and together with others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from running_preview import PATIENCE
from running_workbench import RunningWorkbench, workbench
from site_trees import copy_sample

from kb_gen.load import load_project
from kb_gen.locales import update, write_templates

expect = pytest.importorskip("playwright.sync_api", reason="needs Playwright").expect

pytestmark = pytest.mark.browser

CATALOG = "translations/de/LC_MESSAGES/shopservice.po"
WAIT = PATIENCE * 1000
REFUSED = "The order %1 was *refused*."
NUMBER = "order number"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorkbench]:
    """A workbench of the sample, with catalogs that are up to date."""
    project = copy_sample(tmp_path_factory.mktemp("workbench"))
    write_templates(project, load_project(project).knowledge_base, "Sample", "translations")
    update(project, "de")
    with workbench(project) as running:
        running.until_ready()
        yield running


@pytest.fixture
def open_page(bench: RunningWorkbench, browser: Any) -> Iterator[Callable[..., Any]]:
    contexts = []

    def open_page(path: str, width: int = 1280, height: int = 800, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.goto(bench.url.rstrip("/") + path)
        page.locator("#texts > *").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()


def _translation(page: Any) -> Any:
    return page.get_by_label("Translation", exact=True)


def _sheet(page: Any) -> Any:
    return page.frame_locator(".sheet__frame")


def _open(page: Any, source: str) -> Any:
    """Open a unit of the article that is shown, and give the field for its translation."""
    page.locator(".unit__head", has_text=source).first.click()
    page.locator(".unit--open", has_text=source).wait_for()
    return _translation(page)


def test_an_article_from_nothing_to_complete_by_keyboard_alone(bench: RunningWorkbench, open_page: Any) -> None:
    page = open_page("/")
    page.get_by_text("ShopPrint 7").wait_for()
    page.keyboard.type("ShopPrint")
    page.get_by_text("Found: 1").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".unit--open").wait_for()
    units = bench.get("articles/shopprint/7")["units"]
    todo = [row for row in units if row["own"] and row["state"] == "untranslated"]
    assert len(todo) >= 3
    for row in todo:
        page.locator(f'.unit--open[data-name="{row["id"]}"]').wait_for()
        # Copied with all that has to stay in it, then changed.
        page.keyboard.press("Alt+C")
        page.keyboard.type(" (deutsch)")
        page.keyboard.press("Control+Enter")
    page.get_by_text("Nothing is left to do in this article.").first.wait_for()
    counts = bench.get("articles/shopprint/7")["counts"]
    assert (counts["untranslated"], counts["review"]) == (0, 0)
    _sheet(page).locator("article").get_by_text("(deutsch)").first.wait_for()
    assert _sheet(page).locator(".kb-banner").count() == 0


def test_results_that_come_late_leave_the_focus_in_the_list(open_page: Any) -> None:
    page = open_page("/")
    page.get_by_text("ShopPrint 7").wait_for()
    asked = []
    page.route(
        "**/api/articles?*", lambda route: asked.append(route) if "q=ShopS" in route.request.url else route.continue_()
    )
    page.keyboard.type("ShopS")
    page.wait_for_function("() => document.activeElement.matches('input')")
    while not asked:
        page.wait_for_timeout(20)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("() => document.activeElement.getAttribute('href')")
    assert chosen
    asked[-1].continue_()
    page.get_by_text("Found: 2").wait_for()
    assert page.evaluate("() => document.activeElement.closest('.rows') !== null")
    page.keyboard.press("Enter")
    page.locator(".unit").first.wait_for()


def test_a_click_on_a_paragraph_opens_its_text(open_page: Any) -> None:
    page = open_page("/article/shopservice/100")
    shown = _sheet(page).locator("[data-unit]", has_text="Die Nummer, etwa").first
    shown.click()
    page.locator(".unit--open", has_text="The number, as in").wait_for()
    expect(_translation(page)).to_have_value("Die Nummer, etwa `O-1`.")
    assert shown.get_attribute("data-current") is not None
    assert "/unit/" in page.url


def test_an_address_of_a_text_opens_it_on_its_page(bench: RunningWorkbench, open_page: Any) -> None:
    page = open_page(f"/unit/{bench.unit(NUMBER)['id']}")
    page.locator(".unit--open", has_text=NUMBER).wait_for()
    _sheet(page).locator("[data-current]").first.wait_for()
    page.go_back()


def test_page_and_checks_follow_what_is_typed_and_nothing_is_saved(bench: RunningWorkbench, open_page: Any) -> None:
    before = (bench.project / CATALOG).read_bytes()
    page = open_page("/article/shopservice/100")
    _open(page, REFUSED)
    page.keyboard.press("Control+A")
    page.keyboard.type("Der Auftrag <b>fehlt</b> ")
    _sheet(page).get_by_text("Der Auftrag <b>fehlt</b>").first.wait_for()
    page.get_by_text("translation-insertions").wait_for()
    page.keyboard.press("Alt+1")
    page.locator(".finding__code", has_text="translation-insertions").wait_for(state="detached")
    expect(_translation(page)).to_have_value("Der Auftrag <b>fehlt</b> %1")
    # Another text, and back: the draft is still there. So it is when the window is loaded again.
    _open(page, NUMBER)
    _open(page, REFUSED)
    expect(_translation(page)).to_have_value("Der Auftrag <b>fehlt</b> %1")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator(".unit--open").wait_for()
    expect(_translation(page)).to_have_value("Der Auftrag <b>fehlt</b> %1")
    assert (bench.project / CATALOG).read_bytes() == before


def test_a_conflict_is_shown_side_by_side_and_nothing_is_lost(bench: RunningWorkbench, open_page: Any) -> None:
    page = open_page(f"/unit/{bench.unit(NUMBER)['id']}")
    page.locator(".unit--open").wait_for()
    page.keyboard.press("Control+A")
    page.keyboard.type("Nummer des Auftrags")
    unit = bench.unit(NUMBER)
    bench.save(unit, "Nummer der Bestellung")
    conflict = page.get_by_role("group", name="Somebody else has changed this translation")
    conflict.wait_for()
    assert "Nummer des Auftrags" in conflict.inner_text()
    assert "Nummer der Bestellung" in conflict.inner_text()
    page.keyboard.press("Control+S")
    page.get_by_text("Not saved").or_(conflict).first.wait_for()
    assert bench.unit(NUMBER)["entry"]["msgstr"] == ["Nummer der Bestellung"]
    page.get_by_role("button", name="Keep mine").click()
    conflict.wait_for(state="detached")
    page.get_by_text("Saved.").first.wait_for()
    assert bench.unit(NUMBER)["entry"]["msgstr"] == ["Nummer des Auftrags"]


def test_what_was_saved_and_another_program_replaced_can_be_changed_before_it_is_kept(
    bench: RunningWorkbench, open_page: Any
) -> None:
    unit = bench.unit(NUMBER)
    bench.save(unit, "Nummer des Vorgangs")
    catalog = bench.project / CATALOG
    catalog.write_bytes(catalog.read_bytes().replace(b'"Nummer des Vorgangs"', b'"Nummer vom Amt"'))
    bench.until(lambda home: home["conflicts"])
    page = open_page(f"/unit/{unit['id']}")
    conflict = page.get_by_role("group", name="Somebody else has changed this translation")
    conflict.wait_for()
    assert "Nummer vom Amt" in conflict.inner_text()
    expect(_translation(page)).to_have_value("Nummer des Vorgangs")
    _translation(page).fill("Auftragsnummer")
    page.keyboard.press("Control+S")
    page.wait_for_timeout(300)
    assert bench.unit(NUMBER)["entry"]["msgstr"] == ["Nummer vom Amt"]
    page.get_by_role("button", name="Keep mine").click()
    conflict.wait_for(state="detached")
    page.get_by_text("Saved.").first.wait_for()
    assert bench.unit(NUMBER)["entry"]["msgstr"] == ["Auftragsnummer"]
    assert not bench.get("home")["conflicts"]


def test_what_somebody_else_saves_is_shown_at_once(bench: RunningWorkbench, open_page: Any) -> None:
    page = open_page(f"/unit/{bench.unit('Call.')['id']}")
    page.locator(".unit--open").wait_for()
    bench.save(bench.unit("Call."), "Rufen Sie uns an.")
    _sheet(page).get_by_text("Rufen Sie uns an.").first.wait_for()
    page.wait_for_timeout(200)
    expect(_translation(page)).to_have_value("Rufen Sie uns an.")


def test_review_comment_and_undo_by_keyboard(bench: RunningWorkbench, open_page: Any) -> None:
    unit = bench.unit("The number, as in `O-1`.")
    page = open_page(f"/unit/{unit['id']}")
    page.locator(".unit--open").wait_for()
    page.keyboard.press("Alt+R")
    page.keyboard.press("Alt+K")
    page.keyboard.type("Bitte ansehen")
    page.keyboard.press("Control+S")
    page.get_by_text("Saved.").first.wait_for()
    entry = bench.unit(unit["source"])["entry"]
    assert (entry["fuzzy"], entry["comments"]) == (True, "Bitte ansehen")
    page.keyboard.press("Alt+Z")
    page.keyboard.press("Control+S")
    page.locator(".unit--open .mark--review").wait_for(state="detached")
    assert bench.unit(unit["source"])["entry"] == unit["entry"]


def test_shortcuts_are_listed_and_the_languages_are_the_browsers(open_page: Any) -> None:
    page = open_page("/", locale="de-DE")
    page.keyboard.press("F1")
    dialog = page.get_by_role("dialog", name="Tastenkombinationen")
    dialog.wait_for()
    assert "Strg" in dialog.inner_text()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/article/shopservice/100"])
def test_axe_finds_nothing(open_page: Any, violations: Callable[[Any], list[Any]], path: str, scheme: str) -> None:
    page = open_page(path, color_scheme=scheme)
    page.locator(".article-row, .editor__field").first.wait_for()
    if path != "/":
        _open(page, REFUSED)
        page.keyboard.press("Control+A")
        page.keyboard.type("Nichts")
        page.locator(".finding--error").first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("width", [256, 1024])
def test_nothing_is_wider_than_the_window(open_page: Any, width: int) -> None:
    page = open_page("/article/shopservice/100", width=width, height=600)
    page.locator(".editor__field").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 500:
        page.get_by_role("button", name="Show page").click()
        page.locator(".sheet__frame").wait_for()
        page.get_by_role("button", name="Show texts").click()
        page.locator(".editor__field").wait_for()


def test_a_page_of_another_origin_can_not_use_the_workbench(bench: RunningWorkbench, browser: Any) -> None:
    before = (bench.project / CATALOG).read_bytes()
    context = browser.new_context()
    page = context.new_page()
    # Another port is another origin, on the same machine.
    page.route(
        "http://127.0.0.1:1/", lambda route: route.fulfill(body="<!doctype html><p>evil", content_type="text/html")
    )
    page.goto("http://127.0.0.1:1/")
    unit = bench.unit(NUMBER)
    asked = {"unit": unit["id"], "entry": {**unit["entry"], "msgstr": ["X"]}, "before": unit["entry"]}
    outcome = page.evaluate(
        """async ([url, asked]) => {
            const told = []
            const tell = (asking) => asking.then((response) => told.push(response.type), () => told.push("refused"))
            for (const mode of ["cors", "no-cors"])
                await tell(fetch(url + "api/save", { method: "POST", mode, body: JSON.stringify(asked) }))
            await tell(fetch(url + "api/units"))
            return told
        }""",
        [bench.url, asked],
    )
    assert outcome == ["refused", "refused", "refused"]
    assert (bench.project / CATALOG).read_bytes() == before
    context.close()
