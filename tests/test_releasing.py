"""What leaves is word for word what a human approved, in the app, as Markdown and as DOCX, until it is withdrawn."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import ValidationError
from sqlalchemy import select, text

from coach.bootstrap import join_parts
from coach.domain.drafts import DraftState
from coach.domain.review import ApprovedDraft, Channel, review_digest
from coach.errors import ReviewRefused, StoreCorrupt
from coach.services import preparing, releasing, reviewing
from coach.services.parts import Parts
from coach.settings import Settings
from coach.store import releases
from coach.store.tables import revision
from tests.databases import unguarded


@dataclass(frozen=True)
class Desk:
    """The mentor's desk with one agenda on it."""

    parts: Parts
    mentor: str
    mentee: str
    session_id: str
    draft_id: str

    @property
    def page(self) -> reviewing.ReviewPage:
        return reviewing.open_draft(self.parts, self.mentor, self.draft_id)

    def approve(self) -> None:
        revision = self.page.revision
        reviewing.approve(self.parts, self.mentor, self.draft_id, revision.number, revision.sha256)

    def edit(self, **changed: object) -> None:
        revision = self.page.revision
        content = revision.content.model_dump(mode="json") | changed
        reviewing.save_edit(self.parts, self.mentor, self.draft_id, revision.number, content)

    def release(self) -> None:
        releasing.release_to_readers(self.parts, self.mentor, self.draft_id)

    def file(self, channel: Channel) -> bytes:
        taken: list[bytes] = []
        releasing.release_as_file(self.parts, self.mentor, self.draft_id, channel, taken.append)
        (data,) = taken
        return data

    def read_by(self, person: str) -> str | None:
        """Return the purpose of the agenda that this person reads, if there is one."""
        found = releasing.released_agenda(self.parts, person, self.session_id)
        return found.content.purpose if found else None

    def rows(self, table: str) -> list[Any]:
        with self.parts.database.read() as connection:
            return list(connection.execute(text(f'SELECT * FROM "{table}" ORDER BY {"released_at" if table == "release" else 1}')))  # noqa: S608

    def write(self, sql: str, **values: object) -> None:
        with self.parts.database.write() as connection:
            assert connection.execute(text(sql), values).rowcount


@pytest.fixture
def desk(parts: Parts, showcase: Any) -> Desk:
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click")
    return Desk(parts, showcase.mentor, showcase.mentee, showcase.session.id, draft_id)


def lines_of(markdown: str) -> list[str]:
    """Return the lines of an agenda as they read: without the marks of headings, list items, bold and escapes."""
    found = [re.sub(r"^(?:#+|-) ", "", line) for line in markdown.splitlines() if line.strip()]
    return [re.sub(r"\\(.)", r"\1", line.replace("**Purpose.**", "Purpose.")) for line in found]


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


# To readers, and back


def test_nothing_is_read_before_it_is_released(desk: Desk) -> None:
    assert desk.read_by(desk.mentee) is None
    desk.approve()
    assert desk.read_by(desk.mentee) is None
    assert desk.read_by(desk.mentor) is None


@pytest.mark.parametrize("channel", [None, Channel.MARKDOWN, Channel.DOCX])
def test_what_is_not_approved_is_not_released_in_any_way(desk: Desk, channel: Channel | None) -> None:
    releases, audit = desk.rows("release"), desk.rows("audit")
    with pytest.raises(ReviewRefused, match=r"waiting for review.*nothing was sent"):
        desk.file(channel) if channel else desk.release()
    assert (desk.rows("release"), desk.rows("audit")) == (releases, audit)


def test_both_people_of_the_pair_read_exactly_what_was_approved(desk: Desk) -> None:
    desk.edit(purpose="To listen first.")
    desk.approve()
    desk.release()
    approved = desk.page.revision.content
    for person in (desk.mentor, desk.mentee):
        seen = releasing.released_agenda(desk.parts, person, desk.session_id)
        assert seen is not None and seen.content == approved


def test_a_file_is_not_shown_to_readers_in_the_app(desk: Desk) -> None:
    desk.approve()
    desk.file(Channel.MARKDOWN)
    assert desk.read_by(desk.mentee) is None
    assert desk.page.draft.released is None
    assert [r.channel for r in desk.page.draft.releases] == [Channel.MARKDOWN]


def test_the_app_is_no_file(desk: Desk) -> None:
    desk.approve()
    releases = desk.rows("release")
    with pytest.raises(KeyError):
        desk.file(Channel.APP)
    assert desk.rows("release") == releases


def test_a_withdrawn_agenda_is_read_by_nobody_and_withdrawn_once(desk: Desk) -> None:
    desk.approve()
    desk.release()
    assert releasing.withdraw(desk.parts, desk.mentor, desk.draft_id) is True
    assert desk.read_by(desk.mentee) is None
    assert desk.read_by(desk.mentor) is None
    audit = desk.rows("audit")
    assert releasing.withdraw(desk.parts, desk.mentor, desk.draft_id) is False
    assert desk.rows("audit") == audit
    desk.release()
    assert desk.read_by(desk.mentee) == desk.page.revision.content.purpose


def test_readers_keep_the_old_agenda_until_the_edited_one_is_released(desk: Desk) -> None:
    desk.approve()
    desk.release()
    old = desk.page.revision.content.purpose
    desk.edit(purpose="To listen first.")
    assert desk.read_by(desk.mentee) == old
    desk.approve()
    assert desk.read_by(desk.mentee) == old
    desk.release()
    assert desk.read_by(desk.mentee) == "To listen first."
    first, second = desk.page.draft.releases
    assert (first.revision, second.revision) == (1, 2)
    assert first.withdrawn_at is not None and second.withdrawn_at is None


def test_a_discarded_draft_stays_with_its_readers_until_it_is_withdrawn(desk: Desk) -> None:
    desk.approve()
    desk.release()
    purpose = desk.page.revision.content.purpose
    reviewing.discard(desk.parts, desk.mentor, desk.draft_id)
    assert desk.read_by(desk.mentee) == purpose
    with pytest.raises(ReviewRefused, match="discarded"):
        desk.release()
    assert releasing.withdraw(desk.parts, desk.mentor, desk.draft_id) is True
    assert desk.read_by(desk.mentee) is None


def test_of_two_released_agendas_of_a_session_the_later_one_is_read(desk: Desk) -> None:
    other = preparing.draft_agenda(desk.parts, desk.mentor, desk.session_id, "another click")
    later = Desk(desk.parts, desk.mentor, desk.mentee, desk.session_id, other)
    later.edit(purpose="To listen first.")
    for each in (desk, later):
        each.approve()
        each.release()
    assert desk.read_by(desk.mentee) == "To listen first."


# As files


def test_the_markdown_file_is_the_approved_markdown(desk: Desk) -> None:
    desk.edit(purpose="To listen first: “¿qué?” – Łódź, 東京, 🌍.")
    desk.approve()
    assert desk.file(Channel.MARKDOWN) == desk.page.revision.markdown.encode()


@pytest.mark.stores("sqlite")
def test_the_docx_file_says_every_approved_line_and_nothing_else(desk: Desk) -> None:
    desk.edit(purpose="To listen first: “¿qué?” – Łódź, 東京, 🌍.")
    desk.approve()
    data = desk.file(Channel.DOCX)
    assert paragraphs(data) == lines_of(desk.page.revision.markdown)
    document = docx.Document(io.BytesIO(data))
    assert (document.tables, list(document.inline_shapes), list(document.comments)) == ([], [], [])
    for section in document.sections:
        margins = (section.header, section.footer, section.first_page_header, section.first_page_footer)
        assert all(paragraph.text == "" for margin in margins for paragraph in margin.paragraphs)


@pytest.mark.stores("sqlite")
def test_the_docx_file_has_the_headings_and_lists_of_the_approved_markdown(desk: Desk) -> None:
    desk.approve()
    document = docx.Document(io.BytesIO(desk.file(Channel.DOCX)))
    markdown = desk.page.revision.markdown
    styles = {"# ": "Title", "## ": "Heading 1", "### ": "Heading 2", "- ": "List Bullet"}
    meant = [
        next((style for mark, style in styles.items() if line.startswith(mark)), "Normal") for line in markdown.splitlines() if line.strip()
    ]
    assert [paragraph.style.name for paragraph in document.paragraphs] == meant
    assert [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold] == ["Purpose."]


@pytest.mark.stores("sqlite")
def test_the_properties_of_a_docx_file_name_nobody_beyond_the_title(desk: Desk) -> None:
    desk.approve()
    data = desk.file(Channel.DOCX)
    page = desk.page
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert properties.title == page.header[0]
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category", "identifier", "content_status"):
        assert getattr(properties, name) == "", name
    names = {word for person in (page.pair.mentor, page.pair.mentee) for word in person.name.split()}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in set(archive.namelist()) - {"word/document.xml", "docProps/core.xml"}:
            assert not [name for name in names if name.encode() in archive.read(part)], part


def test_a_delivery_that_fails_leaves_no_release(desk: Desk) -> None:
    desk.approve()
    releases, audit = desk.rows("release"), desk.rows("audit")

    def disk_full(_: bytes) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space left"):
        releasing.release_as_file(desk.parts, desk.mentor, desk.draft_id, Channel.DOCX, disk_full)
    assert (desk.rows("release"), desk.rows("audit")) == (releases, audit)
    assert desk.page.draft.state is DraftState.APPROVED


def test_each_file_is_recorded_with_the_approved_fingerprint(desk: Desk) -> None:
    desk.approve()
    before = len(desk.rows("release"))
    desk.file(Channel.MARKDOWN)
    desk.file(Channel.DOCX)
    found = desk.rows("release")[before:]
    assert [row.channel for row in found] == ["markdown", "docx"]
    assert {(row.draft_id, row.revision, row.sha256, row.released_by) for row in found} == {
        (desk.draft_id, 1, desk.page.revision.sha256, desk.mentor)
    }


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("character", ["\x01", "\x08", "\x1b", "\ufffe"], ids=ascii)
def test_a_control_character_does_not_keep_an_agenda_from_leaving_as_docx(desk: Desk, character: str) -> None:
    desk.edit(purpose=f"To lis{character}ten first.")
    desk.approve()
    assert any(line.startswith("Purpose. To lis") for line in paragraphs(desk.file(Channel.DOCX)))


@pytest.mark.stores("sqlite")
def test_two_long_names_do_not_keep_an_agenda_from_leaving_as_docx(desk: Desk) -> None:
    for person, name in ((desk.mentor, "Maximiliana"), (desk.mentee, "Bartholomew")):
        desk.write("UPDATE person SET name = :name WHERE id = :id", name=" ".join([name] * 12), id=person)
    draft_id = preparing.draft_agenda(desk.parts, desk.mentor, desk.session_id, "long names")
    long = Desk(desk.parts, desk.mentor, desk.mentee, desk.session_id, draft_id)
    long.edit(purpose="To listen first.", preparation=[])
    long.approve()
    assert paragraphs(long.file(Channel.DOCX)) == lines_of(long.page.revision.markdown)


# The type


@pytest.fixture
def ready(desk: Desk) -> ApprovedDraft:
    desk.approve()
    with desk.parts.database.read() as connection:
        return releases.approved(connection, desk.draft_id, "Agenda")


OTHER: dict[str, Callable[[ApprovedDraft], dict[str, object]]] = {
    "an approval of another hash": lambda r: {"approval": r.approval.model_copy(update={"sha256": "f" * 64})},
    "an approval of another revision": lambda r: {"approval": r.approval.model_copy(update={"revision": 2})},
    "an approval of another draft": lambda r: {"approval": r.approval.model_copy(update={"draft_id": "other"})},
    "a revision with another hash": lambda r: {"revision": r.revision.model_copy(update={"sha256": "f" * 64})},
    "a revision with another number": lambda r: {"revision": r.revision.model_copy(update={"number": 2})},
    "a revision of another draft": lambda r: {"revision": r.revision.model_copy(update={"draft_id": "other"})},
    "another draft": lambda r: {"draft_id": "other"},
    "other content": lambda r: {
        "revision": r.revision.model_copy(update={"content": r.revision.content.model_copy(update={"purpose": "Other."})})
    },
    "other markdown": lambda r: {"revision": r.revision.model_copy(update={"markdown": r.revision.markdown + " "})},
    "other readers": lambda r: {
        "revision": r.revision.model_copy(update={"audience": r.revision.audience.model_copy(update={"readers": ()})})
    },
    "one hash for both that is not theirs": lambda r: {
        "revision": r.revision.model_copy(update={"sha256": "f" * 64}),
        "approval": r.approval.model_copy(update={"sha256": "f" * 64}),
    },
}


def fields_of(ready: ApprovedDraft) -> dict[str, object]:
    return {name: getattr(ready, name) for name in ApprovedDraft.model_fields}


@pytest.mark.stores("sqlite")
def test_an_approved_draft_is_built_from_its_own_approval(ready: ApprovedDraft) -> None:
    assert ApprovedDraft(**fields_of(ready)) == ready


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("other", OTHER)
def test_an_approved_draft_cannot_be_built_with(ready: ApprovedDraft, other: str) -> None:
    with pytest.raises(ValidationError, match="the approval is not of this revision"):
        ApprovedDraft(**fields_of(ready) | OTHER[other](ready))


# A store that was tampered with


Change = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Tampered:
    """Change a draft's stored revision behind the triggers' back, as somebody with the file could."""

    desk: Desk
    settings: Settings

    def __call__(self, change: Change) -> None:
        with unguarded(self.settings) as connection:
            mine = revision.c.draft_id == self.desk.draft_id
            row = dict(connection.execute(select(revision).where(mine)).mappings().one())
            assert connection.execute(revision.update().where(mine).values(**change(row))).rowcount == 1


@pytest.fixture
def tamper(desk: Desk, settings: Settings) -> Tampered:
    return Tampered(desk, settings)


def in_json(column: str, **changed: object) -> Change:
    return lambda row: {column: json.dumps(json.loads(row[column]) | changed)}


TAMPERED = [
    pytest.param(in_json("content", purpose="Something that nobody approved."), id="content"),
    pytest.param(in_json("content", minutes=50), id="minutes"),
    pytest.param(lambda row: {"markdown": row["markdown"] + "Something that nobody approved."}, id="markdown"),
    pytest.param(in_json("audience", readers=["somebody"]), id="audience"),
    pytest.param(lambda row: {"content": "not JSON"}, id="content that is no JSON"),
    pytest.param(lambda row: {"content": "{}"}, id="content that is no agenda"),
]


@pytest.mark.parametrize("change", TAMPERED)
def test_a_tampered_revision_is_not_approved(desk: Desk, tamper: Tampered, change: Change) -> None:
    sha256 = desk.page.revision.sha256
    tamper(change)
    approvals, audit = desk.rows("approval"), desk.rows("audit")
    with pytest.raises(StoreCorrupt, match=r"cannot be approved|no longer matches"):
        reviewing.approve(desk.parts, desk.mentor, desk.draft_id, 1, sha256)
    assert (desk.rows("approval"), desk.rows("audit")) == (approvals, audit)


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("channel", [None, Channel.DOCX])
@pytest.mark.parametrize("change", TAMPERED)
def test_a_revision_tampered_with_after_its_approval_is_not_released(
    desk: Desk, tamper: Tampered, change: Change, channel: Channel | None
) -> None:
    desk.approve()
    tamper(change)
    releases, audit = desk.rows("release"), desk.rows("audit")
    with pytest.raises(StoreCorrupt, match="no longer matches"):
        desk.file(channel) if channel else desk.release()
    assert (desk.rows("release"), desk.rows("audit")) == (releases, audit)


def test_a_tampered_revision_with_a_fitting_fingerprint_is_still_not_what_was_approved(desk: Desk, tamper: Tampered) -> None:
    desk.approve()
    read = desk.page.revision
    content = read.content.model_copy(update={"purpose": "Something that nobody approved."})
    sha256 = review_digest(content, read.markdown, read.audience)
    tamper(lambda row: {"content": content.model_dump_json(), "sha256": sha256})
    releases = desk.rows("release")
    with pytest.raises(StoreCorrupt, match="no longer matches"):
        desk.release()
    assert desk.rows("release") == releases


def test_readers_do_not_see_a_revision_that_was_tampered_with_after_its_release(desk: Desk, tamper: Tampered) -> None:
    desk.approve()
    desk.release()
    tamper(in_json("content", purpose="Something that nobody approved."))
    try:
        seen = desk.read_by(desk.mentee)
    except StoreCorrupt:
        return
    assert seen != "Something that nobody approved."


# Text stays text

OUR_HEADINGS = {
    "To answer first", "Before we meet", "In the session", "Carried over from last time", "Left for later", "Before we part",
    "Guidance behind it",
}  # fmt: skip
OUR_TOKENS = {
    f"{name}_{way}" for name in ("heading", "paragraph", "bullet_list", "list_item", "strong") for way in ("open", "close")
} | {"inline", "text"}  # fmt: skip
LOOKS_LIKE = [
    "[click here](https://evil.example)", "![seen](https://evil.example/pixel.png)", "[a]: https://evil.example", "[text][a]",
    "<https://evil.example>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- hidden -->", "</div><h1>Big</h1>",
    "**loud**", "*soft*", "_soft_", "***both***", "`code`", "```", "~~~", "~~gone~~", "# Big", "## Also big", "#hashtag", "> said",
    "- item", "+ item", "* item", "- [ ] task", "1. first", "1986. A year", "2) second", "| a | b |", "***", "* * *", "===",
    ":red[warning]", ":material/delete:", ":smile:", "$x^2$", "$$x$$", ":blue-background[x]", "\\[not a link\\](x)", "ends with \\",
    "line one\n# line two", "line one\n\n- line two", "line one\u2028# line two", "    indented", "\tindented", "two  \nlines",
    "snake_case_name", "2 * 3 * 4", "a < b > c", "R&D", "50% & more", "{{ braces }}", "%s {0}", "[[ask nothing", "footnote[^1]", "x | y",
]  # fmt: skip
CHANGES_THE_WORDS = [
    pytest.param(words)
    for words, reason in (
        ("__loud__", "escape() leaves double underscores, so the words come out bold and without them"),
        ("(____) or (____)", "escape() leaves blanks, and two of them between brackets come out as bold"),
        ("R&amp;D", "escape() leaves ampersands, so entities are decoded"),
        ("&lt;b&gt; &#35; &copy;", "escape() leaves ampersands, so entities are decoded"),
    )
]
LOST_IN_A_HEADING = [pytest.param(words) for words in ("Learn C #", "What we call ##")]
LOST_IN_A_LIST = [pytest.param(words) for words in ("---", "___", "-", "+", "1.", "1)")]


def flat(words: str) -> str:
    return " ".join(words.split())


@dataclass(frozen=True)
class Parsed:
    """A Markdown file as CommonMark reads it: text as it reads, headings by level, and the kinds of tokens."""

    texts: list[str]
    headings: list[tuple[str, str]]
    kinds: set[str]
    bold: int


def parsed(markdown: str) -> Parsed:
    tokens = MarkdownIt("commonmark").parse(markdown)
    inline = [(tokens[i - 1], token) for i, token in enumerate(tokens) if token.type == "inline"]
    children = [child for _, token in inline for child in token.children or []]
    return Parsed(
        texts=[text_of(token) for _, token in inline],
        headings=[(opened.tag, text_of(token)) for opened, token in inline if opened.type == "heading_open"],
        kinds={token.type for token in tokens} | {child.type for child in children},
        bold=sum(child.type == "strong_open" for child in children),
    )


def text_of(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])


def assert_only_text(desk: Desk) -> tuple[Parsed, list[str]]:
    """Release as both files, hold both to our own structure, and return what they say."""
    desk.approve()
    markdown = parsed(desk.file(Channel.MARKDOWN).decode())
    word = desk.file(Channel.DOCX)
    assert markdown.kinds <= OUR_TOKENS
    assert [tag for tag, _ in markdown.headings].count("h1") == 1
    assert {said for tag, said in markdown.headings if tag == "h2"} <= OUR_HEADINGS
    assert [tag for tag, _ in markdown.headings].count("h3") == len(desk.page.revision.content.items)
    assert {tag for tag, _ in markdown.headings} <= {"h1", "h2", "h3"}
    assert markdown.bold == 1
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert b"<w:hyperlink" not in archive.read("word/document.xml")
        assert b'TargetMode="External"' not in archive.read("word/_rels/document.xml.rels")
    assert paragraphs(word) == markdown.texts
    return markdown, paragraphs(word)


@pytest.fixture(scope="module")
def shared_parts(loaded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """Parts that the tests of hostile text share: each drafts anew, and none depends on what another left."""
    home = tmp_path_factory.mktemp("text") / "home"
    home.mkdir()
    (home / "coach.db").write_bytes((loaded_home / "coach.db").read_bytes())
    parts = join_parts(Settings(home=home))
    yield parts
    parts.database.close()


@pytest.fixture
def draft_with(shared_parts: Parts) -> Iterator[Callable[..., Desk]]:
    """Draft an agenda whose pair, goals and focus say these words, and put the pair back afterwards."""
    with shared_parts.database.read() as connection:
        row = connection.execute(
            text(
                "SELECT s.id AS session_id, s.focus, s.pair_id, p.mentor_id, p.mentee_id, m.name AS mentor, e.name AS mentee FROM session s"
                " JOIN pair p ON p.id = s.pair_id JOIN person m ON m.id = p.mentor_id JOIN person e ON e.id = p.mentee_id"
                " WHERE m.email = 'priya.nandakeri@quillmere.example' AND NOT s.held"
            )
        ).one()
        goals = connection.execute(text("SELECT id, title FROM goal WHERE pair_id = :p"), {"p": row.pair_id}).all()

    def put(mentor: str, mentee: str, focus: str, titles: dict[str, str]) -> None:
        with shared_parts.database.write() as connection:
            for person, name in ((row.mentor_id, mentor), (row.mentee_id, mentee)):
                connection.execute(text("UPDATE person SET name = :name WHERE id = :id"), {"name": name, "id": person})
            connection.execute(text("UPDATE session SET focus = :focus WHERE id = :id"), {"focus": focus, "id": row.session_id})
            for goal, title in titles.items():
                connection.execute(text("UPDATE goal SET title = :title WHERE id = :id"), {"title": title, "id": goal})

    def draft(goal: str | None = None, name: str | None = None, focus: str | None = None, **edited: object) -> Desk:
        titles = {g.id: goal if goal is not None else g.title for g in goals}
        put(f"{name} Nandakeri" if name else row.mentor, f"{name} Holmgaard" if name else row.mentee, focus or row.focus, titles)
        key = f"{goal}{name}{focus}{edited}"
        desk = Desk(
            shared_parts,
            row.mentor_id,
            row.mentee_id,
            row.session_id,
            preparing.draft_agenda(shared_parts, row.mentor_id, row.session_id, key),
        )
        if edited:
            desk.edit(**edited)
        return desk

    yield draft
    put(row.mentor, row.mentee, row.focus, {g.id: g.title for g in goals})


@pytest.mark.parametrize("words", [*LOOKS_LIKE, *CHANGES_THE_WORDS])
def test_goals_names_and_typed_lines_come_out_as_they_were_written_and_a_focus_as_text(draft_with: Callable[..., Desk], words: str) -> None:
    focus = f"{words} is what we could talk about, and then the open channel."
    desk = draft_with(goal=words, name=words, focus=focus, purpose=words, preparation=[words], close=[words])
    markdown, word = assert_only_text(desk)
    title = f"Agenda: {flat(words)} Nandakeri and {flat(words)} Holmgaard"
    assert ("h1", title) in markdown.headings
    assert word[0] == title
    assert any(said.endswith(flat(words)) for tag, said in markdown.headings if tag == "h3")
    assert any(f"“{flat(words)}”" in line for line in word)
    assert word.count(flat(words)) == 2
    assert f"Purpose. {flat(words)}" in word


@pytest.mark.parametrize("words", LOST_IN_A_HEADING)
def test_a_goal_title_that_ends_as_a_heading_may_end_comes_out_whole(draft_with: Callable[..., Desk], words: str) -> None:
    markdown, _ = assert_only_text(draft_with(goal=words))
    assert any(said.endswith(words) for tag, said in markdown.headings if tag == "h3")


@pytest.mark.parametrize("words", LOST_IN_A_LIST)
def test_a_typed_line_that_is_nothing_but_a_mark_comes_out_as_that_mark(draft_with: Callable[..., Desk], words: str) -> None:
    _, word = assert_only_text(draft_with(preparation=[words], close=[words]))
    assert word.count(words) == 2
