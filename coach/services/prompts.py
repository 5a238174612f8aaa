"""A programme's own prompts: look, try on an example, use, and go back."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from coach.domain.access import ProgrammeAct
from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind
from coach.errors import EditConflict
from coach.prompts.loader import Prompt, read_prompt, shipped
from coach.services.briefs import read_brief
from coach.services.drafting import BUILTIN
from coach.services.parts import Parts
from coach.services.programme_access import programme_for
from coach.store import prompts, secrets
from coach.store.prompts import PromptVersion

SAMPLE = Path(__file__).parent.parent / "sample"
EXAMPLES = {DraftKind.AGENDA: SAMPLE / "agenda-brief.json", DraftKind.SUMMARY: SAMPLE / "summary-brief.json"}


@dataclass(frozen=True)
class PromptPage:
    """A prompt as a coordinator sees it: what ships, what is in use, and every version of the programme's own, newest first."""

    shipped: str
    in_use: str
    own: bool
    versions: tuple[PromptVersion, ...]

    @property
    def newest(self) -> int:
        """Return the number of the newest version; 0 where the programme never had its own."""
        return self.versions[0].version if self.versions else 0


def prompt_in_use(connection: Connection, programme_id: str, kind: DraftKind) -> Prompt | None:
    """Return the programme's own prompt for this kind, or None where it uses the one that ships."""
    known = prompts.versions(connection, programme_id, kind)
    if not known or not known[0].text:
        return None
    return read_prompt(known[0].text, kind, f"{kind}.md (own, version {known[0].version})")


def prompt_page(parts: Parts, actor: str, kind: DraftKind) -> PromptPage:
    """Return a kind's prompt to a coordinator of the programme; AccessDenied to anybody else."""
    with parts.database.read() as connection:
        programme = programme_for(connection, actor, ProgrammeAct.CHANGE_PROMPTS)
        known = prompts.versions(connection, programme.id, kind)
    own = bool(known and known[0].text)
    ours = shipped(kind).text
    return PromptPage(ours, known[0].text if own else ours, own, known)


def preview_prompt(parts: Parts, actor: str, kind: DraftKind, text: str) -> tuple[tuple[str, str], ...]:
    """Return the messages (role, text) that a model would get with this prompt for an invented pair; PromptInvalid where it cannot be used."""
    with parts.database.read() as connection:
        programme = programme_for(connection, actor, ProgrammeAct.CHANGE_PROMPTS)
    prompt = read_prompt(text, kind, f"{kind}.md")
    example = EXAMPLES[kind]
    shown = _example(parts, programme.id, kind, read_brief(example.read_bytes(), example.name))
    return tuple((m["role"], m["content"]) for m in prompt.messages(shown))


def _example(parts: Parts, programme_id: str, kind: DraftKind, brief: Brief) -> dict[str, str]:
    """Return the blocks that a model gets of an invented pair; of notes the first part, which here is all of them."""
    # Imported here: only a preview and a model need them, and pages open faster without.
    if kind is DraftKind.SUMMARY:
        from coach.drafting.summary import material as of_notes

        read = of_notes.material(brief)
        return read.values(read.parts[0])
    from coach.drafting.agenda import material as of_agenda

    supplied = parts.library.passages_for(parts.engines[BUILTIN].needs(kind, brief), programme_id)
    return of_agenda.material(brief, supplied).values


def use_prompt(parts: Parts, actor: str, kind: DraftKind, text: str, seen: int) -> None:
    """Make this text the programme's prompt from now on; an empty one goes back to the prompt that ships.

    PromptInvalid where it cannot be used, EditConflict where somebody changed the prompt since version `seen`.
    """
    if text:
        read_prompt(text, kind, f"{kind}.md")
    with parts.database.write() as connection:
        programme = programme_for(connection, actor, ProgrammeAct.CHANGE_PROMPTS)
        known = prompts.versions(connection, programme.id, kind)
        if (known[0].version if known else 0) != seen:
            raise EditConflict(
                "Somebody changed this prompt while you were writing. Your text is still here; look at theirs before you use it."
            )
        prompts.add_version(connection, parts.now(), programme.id, kind, text, actor)
        secrets.record(connection, parts.now(), actor, "prompt.changed" if text else "prompt.reset", programme.id, text)
