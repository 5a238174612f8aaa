"""The editor in a real Chromium: whatever happens to page, tab, connection or server, no letter is lost and none is moved."""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browsing import JOURNEY, PATIENCE, act_as, button, opened_browser, opened_page, settled
from tests.databases import folder_with_sample
from tests.editor_page import Store
from tests.processes import ROOT, closed_environment, free_port, killable, served

pytestmark = JOURNEY
AWKWARD = "a\u0301 \U0001f469\u200d\U0001f680 שלום \U00020000 naïve\n\tend \u200f!"
NOTHING_KEPT = "!Object.keys(sessionStorage).some((key) => key.startsWith('coach:unsent:'))"


@contextmanager
def serving(store: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the page with the editor."""
    environment = closed_environment(store, store.parent / "network.log") | {"EDITOR_STORE": str(store)}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), environment["PYTHONPATH"]])
    command = ["streamlit", "run", "tests/editor_page.py", "--server.port", str(port)]
    with killable(command, environment, f"http://localhost:{port}/_stcore/health", store.parent / f"{store.name}.log") as process:
        yield process


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("editor"))


@pytest.fixture(scope="module")
def address(texts: Store) -> Iterator[str]:
    port = free_port()
    with serving(texts.folder, port):
        yield f"http://localhost:{port}"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    expect.set_options(timeout=PATIENCE)
    opened = browser.new_context(viewport={"width": 900, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.fixture
def who(request: pytest.FixtureRequest) -> str:
    """Somebody whose note no other test writes, nor an earlier try of this one."""
    return f"p{time.monotonic_ns()}"


def opened(context: BrowserContext, address: str, who: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/?who={who}")
    expect(field(page)).to_be_visible()
    settled(page)
    return page


def field(page: Page) -> Locator:
    return page.get_by_label("Notes")


def state(page: Page) -> Locator:
    return page.locator(".coach-editor .state")


def saved(page: Page) -> None:
    expect(state(page)).to_have_text("Saved")


def type_in(page: Page, text: str) -> None:
    field(page).press("Control+End")
    page.keyboard.type(text, delay=15)


def kept_in_tab(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('coach:unsent:'))")
    return found


def test_what_is_typed_is_saved_soon_after_the_last_key_and_the_page_says_so(
    context: BrowserContext, address: str, texts: Store, who: str
) -> None:
    page = opened(context, address, who)
    type_in(page, "She spoke first.")
    expect(state(page)).to_have_text("Not saved yet")
    saved(page)
    assert texts.read(f"note-{who}") == ("She spoke first.", 1)
    assert kept_in_tab(page) == []


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_click_right_after_the_last_letter_takes_that_letter_along(
    context: BrowserContext, address: str, texts: Store, who: str, by: str
) -> None:
    page = opened(context, address, who)
    for turn in range(3):
        text = f" {turn} last letters"
        type_in(page, text)
        save = page.get_by_role("button", name="Save", exact=True)
        if by == "mouse":
            save.click()
        else:
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        expect(page.get_by_text(f"Saved by the button: {field(page).input_value()}", exact=True)).to_be_visible()
        assert texts.read(f"note-{who}")[0].endswith(text)


def test_a_reload_right_after_the_last_letter_brings_it_back(context: BrowserContext, address: str, texts: Store, who: str) -> None:
    page = opened(context, address, who)
    type_in(page, "Typed and reloaded at once")
    page.reload()
    expect(field(page)).to_have_value("Typed and reloaded at once")
    saved(page)
    assert texts.read(f"note-{who}")[0] == "Typed and reloaded at once"


def test_what_is_typed_without_a_connection_is_kept_and_saved_once_there_is_one(
    context: BrowserContext, address: str, texts: Store, who: str
) -> None:
    page = opened(context, address, who)
    type_in(page, "Before. ")
    saved(page)
    context.set_offline(True)
    type_in(page, "During. ")
    expect(state(page)).to_have_text("No connection: kept in this browser")
    page.wait_for_function(f"!({NOTHING_KEPT})")
    context.set_offline(False)
    saved(page)
    type_in(page, "After.")
    saved(page)
    assert texts.read(f"note-{who}")[0] == "Before. During. After."
    assert kept_in_tab(page) == []


@pytest.mark.parametrize("reload", [False, True])
def test_a_server_that_is_killed_and_started_anew_loses_nothing(
    browser: Browser, context: BrowserContext, tmp_path: Path, reload: bool
) -> None:
    texts, port = Store(tmp_path), free_port()
    with serving(tmp_path, port) as process:
        page = opened(context, f"http://localhost:{port}", "anna")
        type_in(page, "Before. ")
        saved(page)
        type_in(page, "At the moment. ")
        process.kill()
        process.wait()
        type_in(page, "Meanwhile. ")
        expect(state(page)).to_have_text("No connection: kept in this browser")
    with serving(tmp_path, port):
        if reload:
            page.on("dialog", lambda dialog: dialog.accept())
            page.reload()
        expect(field(page)).to_have_value("Before. At the moment. Meanwhile. ")
        saved(page)
        type_in(page, "After.")
        saved(page)
        expect(page.get_by_text("changed elsewhere")).to_have_count(0)
        assert texts.read("note-anna")[0] == "Before. At the moment. Meanwhile. After."


def test_a_newer_text_of_another_tab_is_shown_where_nothing_is_unsent(context: BrowserContext, address: str, who: str) -> None:
    first, second = opened(context, address, who), opened(context, address, who)
    type_in(first, "From the first tab.")
    saved(first)
    button(second, "Run the page")
    expect(field(second)).to_have_value("From the first tab.")
    type_in(second, " And the second.")
    saved(second)


@pytest.mark.parametrize("choice", ["Keep my text instead", "Use the saved text"])
def test_two_tabs_that_write_at_once_keep_both_texts_until_the_person_chooses(
    context: BrowserContext, address: str, texts: Store, who: str, choice: str
) -> None:
    first, second = opened(context, address, who), opened(context, address, who)
    type_in(first, "From the first tab.")
    saved(first)
    type_in(second, "From the second tab.")
    expect(second.get_by_text("This text was changed elsewhere since you began")).to_be_visible()
    expect(state(second)).to_have_text("Not saved yet: it was changed elsewhere as well")
    expect(field(second)).to_have_value("From the second tab.")
    assert texts.read(f"note-{who}") == ("From the first tab.", 1)
    button(second, choice)
    saved(second)
    expect(second.get_by_text("This text was changed elsewhere")).to_have_count(0)
    stays = "From the second tab." if "my" in choice else "From the first tab."
    expect(field(second)).to_have_value(stays)
    assert texts.read(f"note-{who}")[0] == stays
    type_in(second, " More.")
    saved(second)
    assert texts.read(f"note-{who}")[0] == stays + " More."


def test_a_run_of_the_page_in_the_middle_of_typing_moves_neither_caret_nor_focus(
    context: BrowserContext, address: str, texts: Store, who: str
) -> None:
    page = opened(context, address, who)
    type_in(page, "The end.")
    saved(page)
    page.get_by_text("Slow", exact=True).click()  # each run takes longer than the pause after which a text is sent
    button(page, "Run the page")  # and puts something new above the editor
    field(page).focus()
    field(page).press("Control+Home")
    for word in ("One ", "by ", "one ", "they ", "come, ", "rrrccc "):
        page.keyboard.type(word, delay=30)
        page.wait_for_timeout(700)
    expect(page.get_by_text("Something new stands above.")).to_be_visible()
    expect(field(page)).to_have_value("One by one they come, rrrccc The end.")
    expect(field(page)).to_be_focused()
    assert field(page).evaluate("(box) => box.selectionStart") == len("One by one they come, rrrccc ")
    saved(page)
    assert texts.read(f"note-{who}")[0] == "One by one they come, rrrccc The end."


def test_nobody_who_signs_in_after_somebody_finds_their_unsent_text(context: BrowserContext, address: str, texts: Store, who: str) -> None:
    page = opened(context, address, who)
    page.evaluate("sessionStorage.setItem('coach:unsent:somebody-else:note', JSON.stringify({text: 'Theirs', base: 0, sent: []}))")
    type_in(page, "For my eyes only")
    button(page, "Change person")
    expect(page.get_by_role("button", name="Continue as bert")).to_be_visible()
    settled(page)
    page.wait_for_function(NOTHING_KEPT)
    assert texts.read(f"note-{who}")[0] == "For my eyes only"  # the click took it along
    button(page, "Continue as bert")
    expect(field(page)).to_have_value(texts.read("note-bert")[0])


def test_unsent_texts_of_other_people_leave_the_tab_once_somebody_is_here(context: BrowserContext, address: str, who: str) -> None:
    page = opened(context, address, who)
    page.evaluate(f"sessionStorage.setItem('coach:unsent:other:note-{who}', JSON.stringify({{text: 'Theirs', base: 0, sent: []}}))")
    page.reload()
    expect(field(page)).to_have_value("")
    page.wait_for_function(NOTHING_KEPT)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_comes_to_the_server_is_what_was_typed(context: BrowserContext, address: str, texts: Store, who: str, ends: str) -> None:
    page = opened(context, address, who)
    field(page).focus()
    page.evaluate("(text) => navigator.clipboard.writeText(text)", AWKWARD.replace("\n", ends))
    page.keyboard.press("Control+V")
    saved(page)
    assert texts.read(f"note-{who}")[0] == AWKWARD
    page.reload()
    expect(field(page)).to_have_value(AWKWARD)


def test_a_long_text_can_be_pasted_and_typing_in_it_stays_smooth(context: BrowserContext, address: str, texts: Store, who: str) -> None:
    page = opened(context, address, who)
    long = "Every line of these notes says who said what. \U0001f642\n" * 4200
    field(page).focus()
    page.evaluate("(text) => navigator.clipboard.writeText(text)", long)
    page.keyboard.press("Control+V")
    saved(page)
    assert texts.read(f"note-{who}")[0] == long
    page.evaluate(LATENCY)
    field(page).press("Control+Home")
    page.keyboard.type("Typed at the beginning of a long text. ", delay=40)
    took = sorted(page.evaluate("window.took"))
    saved(page)
    assert texts.read(f"note-{who}")[0] == "Typed at the beginning of a long text. " + long
    assert took[len(took) // 2] < 100, took  # milliseconds from the key to the next picture


# Measures from each key to the picture after it.
LATENCY = """() => {
  window.took = [];
  document.querySelector(".coach-editor textarea").addEventListener("keydown", () => {
    const from = performance.now();
    requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - from), 0));
  });
}"""


def test_a_text_over_the_limit_stays_in_the_browser_and_says_by_how_much(
    context: BrowserContext, address: str, texts: Store, who: str
) -> None:
    page = opened(context, address, who)
    field(page).focus()
    page.evaluate("(text) => navigator.clipboard.writeText(text)", "\U0001f642" * 250_003)
    page.keyboard.press("Control+V")
    expect(state(page)).to_have_text("Not saved yet: 3 characters too many")
    button(page, "Save")
    expect(page.get_by_text("Saved by the button: refused")).to_be_visible()
    assert texts.read(f"note-{who}") == ("", 0)
    for _ in range(3):
        field(page).press("Backspace")
    expect(state(page)).to_contain_text("Saved")
    assert texts.read(f"note-{who}")[0] == "\U0001f642" * 250_000


def test_the_field_is_labelled_and_its_state_is_read_out(context: BrowserContext, address: str, who: str) -> None:
    page = opened(context, address, who)
    box = page.get_by_role("textbox", name="Notes", exact=True)
    expect(box).to_have_accessible_description("Only you see this.")
    expect(box).to_have_attribute("spellcheck", "true")
    expect(state(page)).to_have_attribute("aria-live", "polite")
    type_in(page, "Said.")
    saved(page)
    expect(box).to_have_accessible_description("Only you see this. Saved")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()


FOCUS = "What do you want from this session?"


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory, loaded_home: Path) -> Iterator[str]:
    """The coach itself over the sample programme; each test adds to the focus that it finds."""
    with served(folder_with_sample(tmp_path_factory.mktemp("prepare") / "home", loaded_home)) as url:
        yield url


@pytest.fixture
def prepare(browser: Browser, coach: str) -> Iterator[Page]:
    with opened_page(browser, coach) as page:
        act_as(page, "mentor", "Priya Nandakeri")
        page.get_by_role("link", name="Prepare").click()
        expect(page.get_by_label(FOCUS)).to_be_visible()
        settled(page)
        yield page


@pytest.mark.parametrize("then", ["link", "person", "draft", "reload"])
def test_the_last_letters_of_a_focus_are_kept_whatever_the_mentor_does_next(prepare: Page, then: str) -> None:
    page = prepare
    text = page.get_by_label(FOCUS).input_value() + " Ask who spoke first last week."
    page.get_by_label(FOCUS).press("Control+End")
    page.keyboard.type(" Ask who spoke first last week.", delay=10)
    if then == "link":
        page.get_by_role("link", name="Guidance").click()
        expect(page.get_by_role("heading", name="Guidance", exact=True)).to_be_visible()
    elif then == "person":
        page.get_by_role("button", name="Change person").click()
        expect(page.get_by_role("heading", name="Act as a mentor")).to_be_visible()
        page.wait_for_function(NOTHING_KEPT)
        settled(page)
        act_as(page, "mentor", "Priya Nandakeri")
    elif then == "draft":
        page.get_by_role("button", name=re.compile("Draft (the|another) agenda")).click()
        expect(page.get_by_text("Draft: needs review")).to_be_visible()
        expect(page.get_by_text("Stale")).to_have_count(0)
    else:
        page.reload()
    settled(page)
    page.get_by_role("link", name="Prepare").click()
    expect(page.get_by_label(FOCUS)).to_have_value(text)
    saved(page)


def marked(context: BrowserContext, address: str, texts: Store, text: str, marks: list[tuple[int, int, str, str]]) -> Page:
    name = f"n{time.monotonic_ns()}"
    given = {"text": text, "marks": marks, "keys": sorted({key for *_, key in marks})}
    (texts.folder / f"{name}.json").write_text(json.dumps(given), encoding="utf-8")
    page = context.new_page()
    page.add_init_script(TIMED)
    page.goto(f"{address}/?marked={name}")
    expect(page.locator(".coach-notes .text mark").first).to_be_visible()
    settled(page)
    return page


# Notes when the empty component came and when the marks had been painted in it.
TIMED = """new MutationObserver(() => {
  if (!window.came && document.querySelector(".coach-notes")) window.came = performance.now();
  if (window.came && !window.shown && document.querySelector(".coach-notes .text mark")) {
    window.shown = true;
    requestAnimationFrame(() => setTimeout(() => (window.took = performance.now() - window.came), 0));
  }
}).observe(document, { childList: true, subtree: true });"""

SAID = "Priya \U0001f642: they spoke first.\nAnders: I <b>found</b> \U0001f469\u200d\U0001f680 that hard.\n" * 12


def stretch(words: str, nth: int) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = SAID.index(words, start + 1)
    return start, start + len(words)


def notes(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Notes of 3 March")


def test_marks_stand_at_their_words_and_those_of_the_chosen_goal_come_into_view(
    context: BrowserContext, address: str, texts: Store
) -> None:
    marks = [
        (*stretch("they spoke first", 0), "evidence", "g1"),
        (*stretch("spoke first.\nAnders: I <b>found", 0), "action", "a1"),
        (*stretch("that hard", 9), "sensitive", "s1"),
        (*stretch("\U0001f469\u200d\U0001f680", 10), "evidence", "g1"),
    ]
    page = marked(context, address, texts, SAID, marks)
    assert notes(page).evaluate("(box) => box.textContent") == SAID
    pieces = [p.evaluate("(piece) => piece.textContent") for p in page.locator(".coach-notes .text mark").all()]
    assert pieces == ["they ", "spoke first", ".\nAnders: I <b>found", "that hard", "\U0001f469\u200d\U0001f680"]
    assert page.locator(".coach-notes .text mark").nth(1).get_attribute("title") == "Evidence for this goal; Behind an action"
    page.get_by_text("g1", exact=True).click()
    expect(page.locator(".coach-notes .where")).to_have_text("1 of 2")
    page.get_by_role("button", name="Next mark").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Next mark")).to_be_focused()  # and can be pressed again
    expect(page.locator(".coach-notes .read")).to_have_text("2 of 2: \U0001f469\u200d\U0001f680")
    expect(page.locator(".coach-notes .text mark").nth(4)).to_be_in_viewport()
    page.get_by_text("s1", exact=True).click()
    expect(page.locator("mark.sensitive.chosen")).to_be_in_viewport()


def test_a_selection_by_mouse_or_keyboard_becomes_evidence_at_exactly_its_place(
    context: BrowserContext, address: str, texts: Store
) -> None:
    page = marked(context, address, texts, SAID, [(*stretch("spoke", 3), "evidence", "g1")])
    pick = page.get_by_role("button", name="Use as evidence")
    expect(pick).to_be_disabled()
    page.evaluate(
        """() => {
          const pieces = document.querySelector(".coach-notes .text").childNodes;
          getSelection().setBaseAndExtent(pieces[0], pieces[0].length - 5, pieces[2], 6);
        }"""
    )
    pick.click()
    start, end = stretch("they spoke first", 3)
    expect(page.get_by_text(f"Picked: ({start}, {end})", exact=True)).to_be_visible()

    notes(page).focus()
    page.keyboard.press("Control+Home")
    for _ in range(len("Priya x:")):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("typed into them")  # changes nothing
    page.keyboard.press("Shift+Tab")
    expect(pick).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Picked: (0, {len('Priya x:')})", exact=True)).to_be_visible()
    assert notes(page).evaluate("(box) => box.textContent") == SAID


def test_long_notes_with_many_marks_are_shown_within_half_a_second(context: BrowserContext, address: str, texts: Store) -> None:
    long = (SAID * 400)[:200_000]
    chosen = Random(7)
    starts = sorted(chosen.randrange(len(long) - 200) for _ in range(200))
    marks = [(start, start + chosen.randrange(5, 200), chosen.choice(["evidence", "other", "action"]), f"g{start % 5}") for start in starts]
    page = marked(context, address, texts, long, marks)
    page.wait_for_function("window.took !== undefined")
    assert page.evaluate("window.took") < 500
    assert page.locator(".coach-notes .text mark").count() >= 200
