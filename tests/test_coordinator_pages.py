"""The coordinator's pages, without a browser: what is shown first, what each click does, and that nothing typed is lost."""

from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.days import in_words
from coach.domain.people import RoleName
from coach.services import help as helping
from coach.services import passing_on
from coach.services.coordinating import change_programme, my_programme
from coach.services.parts import Parts
from coach.services.people import add_person, people_and_pairs
from coach.services.signing_in import note_welcomed
from coach.store import programmes
from coach.ui import here
from tests.conftest import Showcase
from tests.coordinators import HERE, founded, mentor_and_mentee, person, redate, running, settings, several_pairs
from tests.processes import ROOT

LIST = "name;email;roles;mentors\nAda Umeh;ada@brackwater.example;mentor;per@brackwater.example\nPer Lund;per@brackwater.example;mentee;\nIda;;mentor;"


@pytest.fixture
def coordinator(parts: Parts) -> str:
    rosa = founded(parts)
    note_welcomed(parts, rosa.id)
    return rosa.id


@pytest.fixture
def app(home: Path, coordinator: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app as the coordinator of a programme without people yet, at this machine."""
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setattr(here, "visitor", lambda: HERE)
    return AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)


def signed_in(app: AppTest) -> AppTest:
    app.run()
    box = app.selectbox(key="choose_member")
    box.select_index(box.options.index("Rosa Lindqvist (coordinator)")).run()
    return click(app, "sign_in_member")


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def at(app: AppTest, page: str, part: str) -> AppTest:
    """Open a section of a page of somebody who is signed in."""
    app.session_state["lead_to"] = (page, {"part": part})
    app.run()
    assert not app.exception
    return app


def fill(app: AppTest, **fields: str) -> None:
    for label, value in fields.items():
        wanted = label.replace("_", " ")
        next(box for box in [*app.text_input, *app.text_area] if box.label == wanted).input(value).run()


def keys(app: AppTest) -> set[str]:
    return {str(b.key) for b in app.button}


def said(app: AppTest) -> str:
    kinds = (app.info, app.warning, app.error, app.success, app.markdown, app.caption)
    return " ".join(str(m.value) for kind in kinds for m in kind).replace("\\", "").replace("\u2060", "")


def html(app: AppTest) -> str:
    return " ".join(str(h.body if hasattr(h, "body") else h.value) for h in app.get("html")).replace("<wbr>", "")


# Setting up


def test_a_refused_set_up_keeps_everything_that_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "empty"))
    monkeypatch.setattr(here, "visitor", lambda: HERE)
    app = AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30).run()
    fill(app, Your_name="Rosa Lindqvist", Name_of_the_programme="Brackwater Listens", What_you_call_it="upward mentoring")
    fill(app, **{"Your e-mail address": "rosa"})
    click(app, "set_up")
    assert "“rosa” is not an e-mail address" in said(app)
    assert {"Rosa Lindqvist", "rosa", "Brackwater Listens", "upward mentoring"} <= {box.value for box in app.text_input}
    fill(app, **{"Your e-mail address": "rosa@brackwater.example", "The human route for disclosures": "Ines Faro, 5501"})
    click(app, "set_up")
    assert keys(app) == {"welcomed"}


def test_the_first_page_loads_the_fictional_programme_at_a_click(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "empty"))
    monkeypatch.setattr(here, "visitor", lambda: HERE)
    app = AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=120).run()
    click(app, "look_around")
    assert {"sign_in_mentor", "sign_in_mentee", "sign_in_coordinator", "begin_setup"} <= keys(app)
    click(app, "begin_setup")
    assert "set_up" in keys(app)


# Overview


def test_an_empty_programme_leads_to_adding_people(app: AppTest) -> None:
    signed_in(app)
    assert "Nobody but you is here yet" in said(app)
    click(app, "add_people")
    click(app, "add_person")
    assert "save_person" in keys(app)


def test_the_overview_shows_what_waits_and_leads_there(app: AppTest, parts: Parts, coordinator: str) -> None:
    (pair_id,) = several_pairs(parts, coordinator, 1)
    late = running(parts).model_copy(update={"review": parts.today() - timedelta(days=1)})
    redate(parts, coordinator, pair_id, late)
    mentor = add_person(parts, coordinator, person("Ida Mole", RoleName.MENTOR))
    helping.ask(parts, mentor, "I would like another match.", "")
    signed_in(app)
    shown = said(app)
    for line in (
        "1 call for help is open",
        "1 person has no pair",
        "1 pair has not signed its agreement",
        "1 pair is past its review date",
    ):
        assert line in shown
    assert "No figures are shown: they need 10 pairs" in shown
    assert "I would like another match." not in shown + html(app)
    click(app, "decide_calls")
    assert "I would like another match." in html(app)
    (call,) = helping.requests(parts, coordinator)
    click(app, f"close_{call.id}")
    assert helping.requests(parts, coordinator)[0].closed_on == parts.today()
    assert "No call for help is open" in said(app)


def test_the_overview_leads_to_the_questions_that_were_passed_on(app: AppTest, parts: Parts, coordinator: str) -> None:
    mentor = add_person(parts, coordinator, person("Ida Mole", RoleName.MENTOR))
    passing_on.pass_on(parts, mentor, "Which rooms may we use?")
    signed_in(app)
    assert "1 question that the guidance does not answer waits" in said(app)
    assert "Which rooms may we use?" not in said(app) + html(app)
    click(app, "decide_questions")
    assert "Which rooms may we use?" in said(app)


def test_figures_appear_as_bands_with_a_table_behind(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    with parts.database.read() as connection:
        (tamsin,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    app.query_params["as"] = tamsin.id
    app.run()
    assert not app.exception
    assert "met in the last 21 days" in html(app)
    assert "cannot be shown" in html(app)
    assert f"These figures are of {in_words(parts.today())}. They change at most every four weeks" in said(app)
    assert showcase.pair.mentor.name not in said(app)


# People


def test_a_person_who_is_refused_stays_typed_and_is_added_once_mended(app: AppTest, parts: Parts, coordinator: str) -> None:
    at(signed_in(app), "people", "people")
    click(app, "add_person")
    fill(app, Name="Ada <b>Umeh</b>", Job_title="Analyst", **{"E-mail address": "ada@brackwater.example"})
    click(app, "save_person")
    assert "Say what the person is here" in said(app)
    assert {"Ada <b>Umeh</b>", "ada@brackwater.example"} <= {box.value for box in app.text_input}
    app.get("button_group")[-1].set_value([RoleName.MENTOR]).run()
    click(app, "save_person")
    assert "is added" in said(app)
    assert "Ada &lt;b&gt;Umeh&lt;/b&gt;" in html(app)
    assert len(people_and_pairs(parts, coordinator).members) == 2


def test_somebody_is_changed_from_the_list(app: AppTest, parts: Parts, coordinator: str) -> None:
    ada = add_person(parts, coordinator, person("Ada Umeh", RoleName.MENTOR))
    at(signed_in(app), "people", "people")
    app.selectbox(key="change_whom").select(ada).run()
    click(app, "change_person_details")
    fill(app, Job_title="Lead analyst")
    click(app, "save_person")
    assert "Ada Umeh is changed." in said(app)
    assert {m.person.role for m in people_and_pairs(parts, coordinator).members if m.person.id == ada} == {"Lead analyst"}


def test_a_long_list_of_people_can_be_searched(app: AppTest, parts: Parts, coordinator: str) -> None:
    for number in range(13):
        add_person(parts, coordinator, person(f"Person {number}", RoleName.MENTOR, department="North" if number else "South"))
    at(signed_in(app), "people", "people")
    app.text_input(key="search_people").input("person 12").run()
    assert "1 of 14 people" in html(app)
    app.text_input(key="search_people").input("").run()
    app.selectbox(key="department").select("South").run()
    assert "Person 0" in html(app)
    assert "Person 3" not in html(app)


# Pairs


def test_a_pair_is_made_changed_and_ended(app: AppTest, parts: Parts, coordinator: str) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    at(signed_in(app), "people", "pairs")
    click(app, "make_pair")
    click(app, "save_pair")
    assert "choose both. Nothing was saved." in said(app)
    for box in list(app.selectbox):
        box.select(mentor if box.label.startswith("Mentor") else mentee).run()
    click(app, "save_pair")
    assert "The pair is made." in said(app)
    (pair,) = people_and_pairs(parts, coordinator).pairs
    assert pair.starts == parts.today() + timedelta(days=7)
    assert "not signed yet" in html(app)
    app.selectbox(key="change_which").select(pair.id).run()
    click(app, "change_pair")
    assert "whoever has signed already signs again" in said(app)
    next(d for d in app.date_input if d.label == "Ends").set_value(pair.starts - timedelta(days=1)).run()
    click(app, "save_dates")
    assert "cannot end before it starts" in said(app)
    next(d for d in app.date_input if d.label == "Ends").set_value(pair.starts + timedelta(days=90)).run()
    next(d for d in app.date_input if d.label == "Look back half-way").set_value(pair.starts + timedelta(days=45)).run()
    click(app, "save_dates")
    assert people_and_pairs(parts, coordinator).pairs[0].ends == pair.starts + timedelta(days=90)
    app.selectbox(key="change_which").select(pair.id).run()
    click(app, "change_pair")
    click(app, "end_pair")
    assert people_and_pairs(parts, coordinator).pairs[0].ended == parts.today()


# The import


def test_a_pasted_list_is_looked_at_first_then_added_and_the_rest_stays_to_be_mended(app: AppTest, parts: Parts, coordinator: str) -> None:
    at(signed_in(app), "people", "import")
    click(app, "look_at_list")
    assert "There is no list yet" in said(app)
    app.text_area(key="import_pasted").input(LIST)
    click(app, "look_at_list")
    assert "This would add 2 people and 1 pair." in said(app)
    assert "The e-mail address is missing." in html(app)
    assert len(people_and_pairs(parts, coordinator).members) == 1
    click(app, "import")
    assert "Added 2 people and 1 pair." in said(app)
    assert "Nothing to add" in said(app)
    assert "import" not in keys(app)
    assert "The e-mail address is missing." in html(app)
    assert len(people_and_pairs(parts, coordinator).members) == 3


def test_an_uploaded_file_is_read_in_its_own_letters(app: AppTest) -> None:
    at(signed_in(app), "people", "import")
    app.get("file_uploader")[0].set_value(("people.csv", LIST.replace("Ada", "Zoë").encode("cp1252"), "text/csv"))
    click(app, "look_at_list")
    assert "Windows-1252" in said(app)
    assert "Zoë Umeh" in html(app)


def test_a_file_that_is_no_list_is_refused_on_the_page(app: AppTest) -> None:
    at(signed_in(app), "people", "import")
    app.get("file_uploader")[0].set_value(("people.csv", b"PK\x03\x04", "text/csv"))
    click(app, "look_at_list")
    assert "This is a workbook, not a CSV file" in said(app)


# The programme


def test_a_coordinator_changes_the_programme_and_is_told_of_a_change_meanwhile(app: AppTest, parts: Parts, coordinator: str) -> None:
    at(signed_in(app), "programme", "settings")
    fill(app, What_you_call_it="upward mentoring")
    click(app, "save_programme")
    assert "The programme is changed." in said(app)
    fill(app, What_you_call_it="mutual mentoring")
    change_programme(parts, coordinator, settings(parts, label="reciprocal mentoring"), my_programme(parts, coordinator))
    click(app, "save_programme")
    assert "Somebody else changed the programme meanwhile" in said(app)
    assert "mutual mentoring" in {box.value for box in app.text_input}
    click(app, "reset_programme")
    assert "reciprocal mentoring" in {box.value for box in app.text_input}


def test_the_minimum_group_is_fixed_on_the_page_once_the_programme_has_started(app: AppTest, parts: Parts, coordinator: str) -> None:
    seen = my_programme(parts, coordinator)
    change_programme(parts, coordinator, settings(parts, starts=parts.today()), seen)
    at(signed_in(app), "programme", "settings")
    assert app.number_input[0].disabled


def test_everybody_can_read_who_sees_what_again(app: AppTest, showcase: Showcase) -> None:
    app.query_params["as"] = showcase.mentor
    app.run()
    click(app, "who_sees_what")
    assert "What the mentor wants from a session" in html(app)
    assert "welcomed" not in keys(app)
