"""Who is here: chosen at this machine alone, or vouched for by an identity provider; never by what an address says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.people import RoleName
from coach.errors import AccessDenied, InputRefused
from coach.services.parts import Parts
from coach.services.people import add_person
from coach.services.provider_file import provider_file
from coach.services.signing_in import Visitor, act_as, choice, local_visitor, note_welcomed, provider_visitor, roles_of, vouched_for
from coach.store import programmes
from coach.ui import here
from tests.conftest import NOON, Showcase
from tests.coordinators import FOUNDER, HERE, acts, change, founded, person
from tests.processes import ROOT, run_coach

LATER = NOON + timedelta(hours=1)
CLAIMS = {
    "is_logged_in": True,
    "email": FOUNDER.email,
    "email_verified": True,
    "iss": "https://idp.example",
    "sub": "rosa",
    "exp": LATER.timestamp(),
}


# At this machine


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501", "[::1]"])
@pytest.mark.parametrize("address", [None, "127.0.0.1", "::1"])
def test_a_request_to_a_loopback_host_from_this_machine_is_at_this_machine(host: str, address: str | None) -> None:
    assert local_visitor({"Host": host, "User-Agent": "x"}, address).at_this_machine
    assert local_visitor({"Host": host, "Origin": f"http://{host}"}, address).at_this_machine


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, None),
        ({"Host": ""}, None),
        ({"Host": "coach.example"}, None),
        ({"Host": "localhost.attacker.example:8501"}, None),
        ({"Host": "127.0.0.1.attacker.example"}, None),
        ({"Host": "[2001:db8::1]:8501"}, None),
        ({"Host": "localhost"}, "192.0.2.7"),
        ({"Host": "localhost", "X-Forwarded-For": "192.0.2.7"}, None),
        ({"Host": "localhost", "x-forwarded-host": "coach.example"}, None),
        ({"Host": "localhost", "Forwarded": "for=192.0.2.7"}, None),
        ({"Host": "localhost", "X-Real-Ip": "192.0.2.7"}, None),
        ({"Host": "localhost", "Via": "1.1 proxy"}, None),
        ({"Host": "localhost", "Origin": "https://coach.example"}, None),
        ({"Host": "localhost:8501", "origin": "http://192.0.2.7:8501"}, "127.0.0.1"),
        ({"Host": "localhost", "Origin": "null"}, None),
        ({"Host": "localhost", "Origin": "http://[localhost"}, None),
        ({"Host": "localhost", "Origin": "http://localhost@coach.example"}, None),
    ],
)
def test_anything_that_comes_from_elsewhere_or_through_a_proxy_is_not(headers: dict[str, str], address: str | None) -> None:
    assert not local_visitor(headers, address).at_this_machine


def test_at_this_machine_everybody_can_be_chosen_and_from_elsewhere_only_the_sample(parts: Parts, showcase: Showcase) -> None:
    rosa = founded(parts)
    assert [m.person for m in choice(parts, HERE).members] == [rosa]
    assert act_as(parts, HERE, rosa.id) == rosa
    elsewhere = choice(parts, Visitor())
    assert (elsewhere.members, elsewhere.real_programme, elsewhere.can_set_up) == ((), True, False)
    assert elsewhere.sample is not None
    assert act_as(parts, Visitor(), showcase.mentor) == showcase.pair.mentor
    for unknown in (rosa.id, "nobody", ""):
        with pytest.raises(AccessDenied, match="cannot be chosen here"):
            act_as(parts, Visitor(), unknown)


# By a provider's word


def test_a_verified_address_finds_its_person_however_it_is_written(parts: Parts) -> None:
    rosa = founded(parts)
    visitor = provider_visitor(CLAIMS | {"email": " Rosa.Lindqvist@BRACKWATER.example "}, NOON)
    assert vouched_for(parts, visitor) == rosa


def test_a_provider_that_says_nothing_of_verification_is_believed_only_where_it_is_set_so(parts: Parts) -> None:
    rosa = founded(parts)
    silent = {k: v for k, v in CLAIMS.items() if k != "email_verified"}
    assert provider_visitor(silent, NOON).unverified
    assert provider_visitor(CLAIMS | {"email_verified": False}, NOON, trusting=True).unverified
    assert vouched_for(parts, provider_visitor(silent, NOON, trusting=True)) == rosa


def test_the_page_trusts_a_silent_provider_once_the_setting_says_so(
    app: AppTest, parts: Parts, vouch: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    founded(parts)
    silent = {k: v for k, v in CLAIMS.items() if k != "email_verified"} | {"exp": (datetime.now(UTC) + timedelta(hours=1)).timestamp()}
    monkeypatch.setattr(here, "claims", lambda: silent)
    assert keys(app.run()) == {"leave"}
    monkeypatch.setenv("COACH_OIDC_TRUST_EMAIL", "true")
    assert keys(app.run()) == {"welcomed"}


@pytest.mark.parametrize(
    "email",
    [
        "rosa.lindqvist@brac\u212awater.example",
        "rosa.lindqvist@brack\u0000water.example",
        "rosa. lindqvist@x.example\n",
        "\u2003r@x.example",
    ],
)
def test_an_address_that_would_have_to_be_changed_to_be_known_names_nobody(parts: Parts, email: str) -> None:
    founded(parts)
    assert provider_visitor(CLAIMS | {"email": email}, NOON).unverified


def test_once_signed_in_a_person_is_known_by_the_providers_id_whatever_their_address(parts: Parts) -> None:
    rosa = founded(parts)
    assert vouched_for(parts, provider_visitor(CLAIMS, NOON)) == rosa
    assert vouched_for(parts, provider_visitor(CLAIMS | {"email": "new@brackwater.example"}, NOON)) == rosa
    assert vouched_for(parts, provider_visitor(CLAIMS | {"sub": "another"}, NOON)) is None
    assert vouched_for(parts, provider_visitor(CLAIMS | {"iss": "https://other.example"}, NOON)) is None
    assert acts(parts, rosa.id).count("person.bound") == 1


def test_one_identity_never_becomes_two_people(parts: Parts) -> None:
    rosa = founded(parts)
    ida = add_person(parts, rosa.id, person("Ida Mole", RoleName.MENTOR))
    assert vouched_for(parts, provider_visitor(CLAIMS, NOON)) == rosa
    assert vouched_for(parts, provider_visitor(CLAIMS | {"email": "ida.mole@brackwater.example"}, NOON)) == rosa
    found = vouched_for(parts, provider_visitor(CLAIMS | {"email": "ida.mole@brackwater.example", "sub": "ida"}, NOON))
    assert found is not None and found.id == ida


@pytest.mark.parametrize(
    "changed",
    [
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email": None},
        {"email": ""},
        {"iss": None},
        {"sub": ""},
        {"sub": "s" * 300},
        {"is_logged_in": False},
        {"exp": NOON.timestamp()},
        {"exp": (NOON - timedelta(days=1)).timestamp()},
        {"exp": None},
        {"exp": "soon"},
        {"exp": float("nan")},
    ],
)
def test_a_word_that_is_unverified_run_out_or_incomplete_names_nobody(changed: dict[str, Any]) -> None:
    assert provider_visitor(CLAIMS, NOON).email == FOUNDER.email
    assert provider_visitor(CLAIMS | changed, NOON).email is None


def test_an_address_that_nobody_has_finds_nobody_and_one_of_the_sample_neither(parts: Parts, showcase: Showcase) -> None:
    for email in ("eve@brackwater.example", showcase.pair.mentor.email, "%"):
        assert vouched_for(parts, provider_visitor(CLAIMS | {"email": email}, NOON)) is None
    assert vouched_for(parts, provider_visitor({}, NOON)) is None


def test_where_a_provider_decides_nobody_can_be_chosen_not_even_of_the_sample(parts: Parts, showcase: Showcase) -> None:
    rosa = founded(parts)
    visitor = provider_visitor(CLAIMS, NOON)
    found = choice(parts, visitor)
    assert (found.members, found.sample) == ((), None)
    for person_id in (rosa.id, showcase.mentor):
        with pytest.raises(AccessDenied):
            act_as(parts, visitor, person_id)


# The welcome


def test_who_has_read_who_sees_what_is_kept_once_and_accounted_for(parts: Parts) -> None:
    rosa = founded(parts)
    note_welcomed(parts, rosa.id)
    note_welcomed(parts, rosa.id)
    assert act_as(parts, HERE, rosa.id).welcomed == parts.today()
    assert acts(parts, rosa.id) == ["person.added", "person.welcomed"]
    assert roles_of(parts, rosa.id) == {RoleName.COORDINATOR}
    with pytest.raises(AccessDenied):
        note_welcomed(parts, "nobody")


# The pages


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("COACH_HOME", str(home))
    return AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)


@pytest.fixture
def vouch(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let a provider vouch for somebody, until a moment from now."""
    monkeypatch.setenv("COACH_SIGN_IN", "oidc")

    def say(**changed: object) -> None:
        until = datetime.now(UTC) + timedelta(hours=1)
        monkeypatch.setattr(here, "claims", lambda: CLAIMS | {"exp": until.timestamp()} | changed)

    say(is_logged_in=False)
    return say


def keys(app: AppTest) -> set[str]:
    assert not app.exception
    return {str(b.key) for b in app.button}


def said(app: AppTest) -> str:
    return " ".join(str(m.value) for kind in (app.info, app.warning, app.error, app.success, app.markdown) for m in kind).replace("\\", "")


def test_at_this_machine_a_person_is_chosen_reads_who_sees_what_and_is_gone_after_a_reload(
    app: AppTest, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa = founded(parts)
    monkeypatch.setattr(here, "visitor", lambda: HERE)
    app.run()
    app.button(key="sign_in_member").click().run()
    assert keys(app) == {"welcomed"}
    assert "never sees notes, drafts, feedback or reflections" in said(app)
    app.button(key="welcomed").click().run()
    assert "add_people" in keys(app)
    assert "as" not in app.query_params
    again = AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)
    again.query_params["as"] = rosa.id
    again.run()
    assert "sign_in_member" in keys(again)
    assert "add_people" not in keys(again)


def test_from_another_machine_real_people_cannot_be_chosen_and_the_page_says_what_helps(app: AppTest, parts: Parts) -> None:
    founded(parts)
    app.run()
    assert "sign_in_member" not in keys(app)
    assert "COACH_SIGN_IN=oidc" in said(app)
    assert "sign_in_mentor" in keys(app)


def test_somebody_chosen_at_this_machine_is_out_once_the_visitor_is_elsewhere(
    app: AppTest, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa = founded(parts)
    note_welcomed(parts, rosa.id)
    monkeypatch.setattr(here, "visitor", lambda: HERE)
    app.run()
    app.button(key="sign_in_member").click().run()
    assert "change_person" in keys(app)
    monkeypatch.setattr(here, "visitor", Visitor)
    app.run()
    assert "change_person" not in keys(app)


def test_a_verified_person_is_signed_in_and_signed_out_when_the_word_runs_out(
    app: AppTest, parts: Parts, vouch: Callable[..., None]
) -> None:
    rosa = founded(parts)
    note_welcomed(parts, rosa.id)
    assert keys(app.run()) == {"login"}
    vouch()
    assert {"add_people", "change_person"} <= keys(app.run())
    assert "sign_in_mentor" not in keys(app)
    vouch(exp=NOON.timestamp() - 10**9)
    app.run()
    assert keys(app) == {"login"}
    assert "Your sign-in has run out" in said(app)


def test_a_click_after_the_word_ran_out_does_nothing(app: AppTest, parts: Parts, vouch: Callable[..., None]) -> None:
    rosa = founded(parts)
    vouch()
    app.run()
    assert keys(app) == {"welcomed"}
    app.session_state["until"] = NOON - timedelta(days=9_000)
    app.button(key="welcomed").click().run()
    with parts.database.read() as connection:
        found = programmes.person_by_id(connection, rosa.id)
    assert found is not None
    assert found.welcomed is None


def test_an_unknown_address_is_told_to_ask_the_coordinator(app: AppTest, parts: Parts, vouch: Callable[..., None]) -> None:
    founded(parts)
    vouch(email="eve@brackwater.example")
    assert keys(app.run()) == {"leave"}
    assert "Nobody here has the e-mail address" in said(app)
    vouch(email=FOUNDER.email, email_verified=False)
    assert keys(app.run()) == {"leave"}
    assert "has not verified your e-mail address" in said(app)


def test_an_address_in_the_query_signs_nobody_in_where_a_provider_decides(
    app: AppTest, showcase: Showcase, vouch: Callable[..., None]
) -> None:
    app.query_params["as"] = showcase.mentor
    assert keys(app.run()) == {"login"}


def test_the_first_coordinator_is_whoever_sets_up_the_empty_folder_under_their_verified_address(
    app: AppTest, parts: Parts, vouch: Callable[..., None]
) -> None:
    vouch(email="first@brackwater.example")
    app.run()
    assert not [field for field in app.text_input if field.label == "Your e-mail address"]
    for label, value in (("Your name", "Fay First"), ("Name of the programme", "Brackwater Listens")):
        next(field for field in app.text_input if field.label == label).input(value).run()
    app.text_area[0].input("Ines Faro, 5501").run()
    app.button(key="set_up").click().run()
    assert keys(app) == {"welcomed"}
    with parts.database.read() as connection:
        fay = programmes.person_by_email(connection, "first@brackwater.example")
    assert fay is not None
    assert roles_of(parts, fay.id) == {RoleName.COORDINATOR}


def test_the_second_of_two_founders_is_told_and_keeps_what_they_typed(app: AppTest, parts: Parts, vouch: Callable[..., None]) -> None:
    vouch(email="second@brackwater.example", sub="second")
    app.run()
    for label, value in (("Your name", "Sol Second"), ("Name of the programme", "Brackwater Upward")):
        next(field for field in app.text_input if field.label == label).input(value).run()
    app.text_area[0].input("Ines Faro, 5501").run()
    founded(parts)
    app.button(key="set_up").click().run()
    assert keys(app) == {"leave"}
    assert "There is a programme here already" in said(app)
    assert {"Sol Second", "Brackwater Upward", "Ines Faro, 5501"} <= {str(line.value) for line in app.text}


def test_a_button_to_a_page_that_was_lost_meanwhile_leads_to_the_first_page_and_says_so(
    app: AppTest, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa = founded(parts)
    both = add_person(parts, rosa.id, person("Both Ways", RoleName.MENTEE, RoleName.COORDINATOR))
    note_welcomed(parts, both)
    monkeypatch.setattr(here, "visitor", lambda: HERE)
    app.run()
    app.selectbox(key="choose_member").select(both).run()
    app.button(key="sign_in_member").click().run()
    change(parts, rosa.id, both, person("Both Ways", RoleName.MENTEE))
    app.session_state["lead_to"] = ("people", {"part": "people"})
    app.run()
    assert not app.exception
    assert "is no longer yours, because your roles have changed" in said(app)
    assert "Today" in [title.value for title in app.title]
    app.run()
    assert "is no longer yours" not in said(app)


def test_somebody_with_several_roles_has_the_pages_of_all_of_them(app: AppTest, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    rosa = founded(parts)
    both = add_person(parts, rosa.id, person("Both Ways", RoleName.MENTEE, RoleName.COORDINATOR))
    note_welcomed(parts, both)
    monkeypatch.setattr(here, "visitor", lambda: HERE)
    app.run()
    app.selectbox(key="choose_member").select(both).run()
    app.button(key="sign_in_member").click().run()
    assert not app.exception
    assert {"overview", "people", "programme", "today", "pair", "agenda", "help"} <= set(app.session_state["pages"])
    assert "prepare" not in app.session_state["pages"]


def test_a_mentor_has_none_of_the_coordinators_pages(app: AppTest, showcase: Showcase) -> None:
    app.query_params["as"] = showcase.mentor
    app.run()
    assert not app.exception
    assert not {"overview", "people", "programme"} & set(app.session_state["pages"])


# The provider's file

GOOD = {
    "redirect_uri": "https://coach.example/oauth2callback",
    "cookie_secret": "c" * 32,
    "client_id": "coach",
    "client_secret": "hush",
    "server_metadata_url": "https://idp.example/.well-known/openid-configuration",
}


def written(home: Path, auth: dict[str, str]) -> Path:
    home.mkdir(exist_ok=True)
    path = home / "secrets.toml"
    path.write_text("[auth]\n" + "".join(f'{key} = "{value}"\n' for key, value in auth.items()), encoding="utf-8")
    return path


def test_a_complete_file_is_handed_over(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    assert provider_file(tmp_path) == path


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        *(({key: ""}, f"“{key}” is missing") for key in GOOD),
        ({"cookie_secret": "short"}, "shorter than 32 characters"),
        ({"redirect_uri": "https://coach.example/"}, "does not end in /oauth2callback"),
    ],
)
def test_an_incomplete_file_is_refused_by_the_name_of_what_is_wrong_and_never_its_value(
    tmp_path: Path, changed: dict[str, str], message: str
) -> None:
    written(tmp_path, GOOD | changed)
    with pytest.raises(InputRefused, match=message) as refused:
        provider_file(tmp_path)
    assert "hush" not in str(refused.value)
    assert "short," not in str(refused.value)


def test_the_app_does_not_start_with_a_provider_that_is_not_named(tmp_path: Path) -> None:
    ran = run_coach(tmp_path / "new", "serve", extra={"COACH_SIGN_IN": "oidc"})
    assert ran.code == 1
    assert "COACH_SIGN_IN=oidc needs the file" in ran.err
    (tmp_path / "new").mkdir(exist_ok=True)
    (tmp_path / "new" / "secrets.toml").write_text("[auth", encoding="utf-8")
    assert "cannot be read as TOML" in run_coach(tmp_path / "new", "serve", extra={"COACH_SIGN_IN": "oidc"}).err
