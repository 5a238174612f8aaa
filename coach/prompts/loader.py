"""Read a prompt: front matter that declares its variables, a fixed part first, then the part that takes the material.

The fixed part is the same for every draft, so that providers can cache it. A prompt is a trusted file or a
programme's own text; either way it is checked whole before anything is made from it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from coach.domain.drafts import DraftKind
from coach.errors import InputRefused
from coach.language.contacts import contacts

FOLDER = Path(__file__).parent
MOST_CHARACTERS = 40_000

# What code supplies for each kind of draft, and for the calls that make none; a prompt declares all of it, and its second part uses each at least once.
VARIABLES: dict[str, frozenset[str]] = {
    DraftKind.AGENDA: frozenset({"session", "goals", "actions", "wishes", "summary", "layout", "guidance"}),
    DraftKind.SUMMARY: frozenset({"session", "goals", "actions", "before", "notes"}),
    "answer": frozenset({"question", "guidance"}),
    "questions": frozenset({"sections"}),
    "wordings": frozenset({"question"}),
}
_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*\n(.*)\Z", re.DOTALL)
_PARTS = re.compile(r"\A\s*# Fixed part\s*\n(.*?)\n# Material\s*\n(.*)\Z", re.DOTALL)


class PromptInvalid(InputRefused):
    """A prompt cannot be used; the message says what is wrong with it and where."""


class _FrontMatter(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    kind: str
    about: str
    variables: list[str]


@dataclass(frozen=True)
class Prompt:
    """A validated prompt; `digest` is the SHA-256 (hex) of its whole text, recorded with every draft that it made."""

    kind: str
    name: str
    text: str
    fixed: str
    material: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the text as it was read."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def label(self) -> str:
        """Return the file and the start of its digest, as drafts record them."""
        return f"{self.name} {self.digest[:12]}"

    def messages(self, values: Mapping[str, str]) -> list[dict[str, str]]:
        """Return the messages of a model call; raise PromptInvalid naming a value that is missing."""
        # Imported here: nothing else needs it, and the builtin engine has no prompt.
        from langchain_core.messages import SystemMessage, convert_to_openai_messages
        from langchain_core.prompts import ChatPromptTemplate, HumanMessagePromptTemplate

        if missing := sorted(VARIABLES[self.kind] - set(values)):
            raise PromptInvalid(f"The prompt {self.name} was given no {', '.join(missing)}.")
        template = ChatPromptTemplate.from_messages(
            [SystemMessage(self.fixed), HumanMessagePromptTemplate.from_template(self.material, template_format="f-string")]
        )
        made: Any = convert_to_openai_messages(template.invoke(dict(values)).to_messages())
        return [{"role": str(m["role"]), "content": str(m["content"])} for m in made]


def shipped(kind: str) -> Prompt:
    """Return the prompt that ships for this kind of draft, or for another call."""
    path = FOLDER / f"{kind}.md"
    return read_prompt(path.read_text(encoding="utf-8"), kind, path.name)


def read_prompt(text: str, kind: str, name: str) -> Prompt:
    """Return the prompt in this text; raise PromptInvalid with one sentence that says what is wrong."""
    text = text.replace("\r\n", "\n")
    if len(text) > MOST_CHARACTERS:
        raise PromptInvalid(f"The prompt has {len(text)} characters; {MOST_CHARACTERS} are the most.")
    front, body = _split(text)
    declared = _declared(front, kind)
    parts = _PARTS.match(body)
    if parts is None or not parts[1].strip() or not parts[2].strip():
        raise PromptInvalid("The prompt needs two parts with text: “# Fixed part”, which is the same for every draft, then “# Material”.")
    used = _used(parts[2])
    if strange := sorted(used - declared):
        raise PromptInvalid(f"The part “# Material” uses {{{strange[0]}}}, which the front matter does not declare.")
    if twice := next((name for name in sorted(used) if parts[2].count(f"{{{name}}}") > 1), None):
        raise PromptInvalid(f"The part “# Material” uses {{{twice}}} more than once; once is enough.")
    if contacts(text):
        raise PromptInvalid(
            "The prompt holds an address, a link or a telephone number, which would go to the provider as it stands; take it out."
        )
    if unused := sorted(declared - used):
        raise PromptInvalid(f"The part “# Material” does not use {{{unused[0]}}}, so the model would not see it.")
    return Prompt(kind, name, text, parts[1].strip(), parts[2].strip())


def _split(text: str) -> tuple[str, str]:
    found = _FRONT.match(text)
    if found is None:
        raise PromptInvalid("The prompt needs front matter between two lines of three dashes, at its very start.")
    return found[1], found[2]


def _declared(front: str, kind: str) -> frozenset[str]:
    try:
        told = _FrontMatter.model_validate(yaml.safe_load(front))
    except (yaml.YAMLError, ValidationError, ValueError, AttributeError, RecursionError):  # YAML's readers raise more than their own
        raise PromptInvalid("The prompt’s front matter needs exactly “kind”, “about” and a list of “variables”.") from None
    if told.kind != kind:
        raise PromptInvalid(f"The prompt’s front matter says kind “{told.kind}”; here it should be “{kind}”.")
    wanted = VARIABLES[kind]
    if set(told.variables) != wanted or len(told.variables) != len(wanted):
        raise PromptInvalid(f"The prompt’s front matter should declare these variables, each once: {', '.join(sorted(wanted))}.")
    return wanted


def _used(material: str) -> set[str]:
    """Return the variables that a part uses; only plain names in braces are allowed, so that a value's insides stay out of reach."""
    try:
        fields = [(name, spec, turn) for _, name, spec, turn in Formatter().parse(material) if name is not None]
    except ValueError:
        raise PromptInvalid("A brace in the part “# Material” stands alone; write {{ or }} where you mean the character itself.") from None
    if odd := next((name for name, spec, turn in fields if not name.isidentifier() or spec or turn), None):
        raise PromptInvalid(f"“{{{odd}}}” in the part “# Material” is no variable; only a declared name may stand in braces.")
    return {name for name, _, _ in fields}
