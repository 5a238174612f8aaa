"""What a coordinator says of somebody who takes part, and the rules for it."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from coach.domain.people import Person, Programme, RoleName
from coach.domain.text import one_line

LONGEST = 200
INVENTED = ".example"  # an ending that no real address has (RFC 2606)
LONGEST_ADDRESS = 254  # the most that mail can carry
ADDRESS = re.compile(r"[^\W][^\s@<>()\[\],;:\"\\]*@[^\W_](?:[^\s@<>()\[\],;:\"\\]*[^\W_])?\.[^\W\d_]{2,}")


def address(value: Any) -> Any:
    """Return an e-mail address as it is kept and compared: on one line, in small letters."""
    return one_line(value).lower() if isinstance(value, str) else value


def is_address(text: str) -> bool:
    """Tell whether a text is an e-mail address, and nothing around it."""
    return len(text) <= LONGEST_ADDRESS and text.isprintable() and ".." not in text and ADDRESS.fullmatch(text) is not None


OneLine = Annotated[str, BeforeValidator(one_line)]
Address = Annotated[str, BeforeValidator(address)]


class PersonDetails(BaseModel):
    """Who somebody is and what they do in the programme; `role` is the job title."""

    model_config = ConfigDict(frozen=True)

    name: OneLine
    email: Address
    role: OneLine = ""
    department: OneLine = ""
    region: OneLine = ""
    roles: frozenset[RoleName] = frozenset()

    def problem(self) -> str | None:
        """Return in one sentence why this cannot be kept, or None."""
        if not self.name:
            return "The name is missing."
        if not self.email:
            return "The e-mail address is missing."
        if not is_address(self.email):
            return f"“{self.email[:LONGEST]}” is not an e-mail address; write it like name@company.example."
        for what, text in (("name", self.name), ("job title", self.role), ("department", self.department), ("region", self.region)):
            if len(text) > LONGEST:
                return f"The {what} has {len(text)} characters; {LONGEST} are the most."
        return None if self.roles else "Say what the person is here: mentor, mentee or coordinator."


class Member(BaseModel):
    """A person of a programme with the roles that they hold."""

    model_config = ConfigDict(frozen=True)

    person: Person
    roles: frozenset[RoleName]

    @property
    def details(self) -> PersonDetails:
        """Return what a coordinator says of them."""
        return PersonDetails(**self.person.model_dump(include={"name", "email", "role", "department", "region"}), roles=self.roles)


def not_invented(programme: Programme, email: str) -> str | None:
    """Return in one sentence why the sample cannot take an address, or None: anybody may act in it, so nobody real belongs there."""
    if not programme.sample or email.endswith(INVENTED):
        return None
    return f"This demonstration takes invented people only: write an e-mail address that ends in {INVENTED}."
