"""Briefs whose people have awkward names, placed wherever a brief holds text."""

from dataclasses import dataclass
from random import Random

from coach.domain.brief import Brief

NAMES = (
    "Zoë Achterberg-Lunn", "Tadhg O’Rafferty", "Orlaith D'Arcy", "Joris van der Eyk", "Łukasz Wróblicki", "Thảo Đinh", "K. Selvanathan",
    "Imani J. Banks", "Mei-Xiu Tan", "Bo Li", "Will Grace", "Mark Rich", "May Page", "Hope Bright", "Bill Art", "Joy Price", "陈美玲", "Олена Коваленко",
    "محمد العلي", "देवी शर्मा", "Nguyễn Văn An", "Jean-Luc de la Tour", "María-José Núñez y Ortega", "Ünal Çelik", "Ann Ng", "Anna Nagy",
    "Dr. Sigrún Jónsdóttir", "Aïssata Doumbé", "Siobhán Ní Bhriain", "Xu Xu", "McAllister Quill", "Ole Gunnar Nordbø",
)  # fmt: skip
PHONES = ("+44 20 7946 0958", "020 7946 0958", "(212) 555-0142", "+49 30 901820", "0113 496 0999", "+1-202-555-0175")


@dataclass(frozen=True)
class Awkward:
    """A brief, and who and what must not be told from it."""

    brief: Brief
    people: tuple[str, ...]
    addresses: tuple[str, ...]
    phones: tuple[str, ...]


def awkward_brief(seed: int) -> Awkward:
    """Return the brief of this seed: mentor, mentee and a third person stand in its goals, actions, wishes and summary."""
    random = Random(seed)
    mentor, mentee, third = random.sample(NAMES, 3)
    phone, other = random.sample(PHONES, 2)
    address = f"{''.join(c for c in third.lower() if c.isascii() and c.isalnum()) or 'someone'}.{seed}@example.org"
    first = mentor.split()[-1 if "." in mentor.split()[0] else 0]
    brief = Brief.model_validate(
        {
            "pair": {"mentor": {"name": mentor, "role": "Analyst"}, "mentee": {"name": mentee, "role": "Finance director"}},
            "programme": {"name": "Upward", "label": "reverse mentoring", "route": f"{third}, {phone}"},
            "goals": [
                {"id": "posts", "title": f"Answer {third} in the open channel", "measure": f"answers that {mentee} posts", "target": "8",
                 "due": "2026-04-10", "status": "stalled", "last_discussed": "2026-02-06"},
                {"id": "floor", "title": f"Visit the floor with {mentor}", "measure": "visits", "status": "advanced"},
            ],
            "session": {"number": random.choice([1, 2, 4]), "date": "2026-03-06", "minutes": 45},
            "previous_summary": f"{mentee} wrote to {address}. {mentor}’s example helped. {third} moved the date; call {other}.",
            "actions": [{"text": f"Ring {third} on {phone}", "owner": "mentee", "due": "2026-02-27"},
                        {"text": f"Send {first} the figures, copy {address}", "owner": "mentor"}],
            "focus": f"I would like {mentee} to hear how the release went. Write down what {mentee}'s team needs.",
        }
    )  # fmt: skip
    return Awkward(brief, (mentor, mentee, third), (address,), (phone, other))
