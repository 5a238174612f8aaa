"""Propose the questions that sections of an added document answer; a coordinator edits them, and nothing is searched unseen."""

from collections.abc import Mapping, Sequence

from coach.domain.guidance import Origin, Passage
from coach.drafting.watch import Watch
from coach.errors import EngineFailed
from coach.language.folding import fold
from coach.language.sentences import words
from coach.retrieval.embed import StaticEmbedder
from coach.services.drafting import OPENAI
from coach.services.parts import Parts
from coach.services.programme_access import Acting, guidance_for

LEAST, MOST = 3, 6  # questions of a section; fewer are no sample of how people ask
READ = 1_200  # characters of a section that are compared and shown
NEIGHBOURS = 4  # passages whose questions are looked at
# Cosines of the static embeddings, from sections of our own about the same as a shipped one, and about something else.
NEAR, NEAR_QUESTION = 0.38, 0.25
AT_A_TIME, MOST_CALLS, SECONDS = 4, 5, 30.0  # sections a call, calls a document, seconds in all


def proposed(parts: Parts, actor: Acting, passages: Sequence[Passage], by_model: bool = True) -> Mapping[str, tuple[str, ...]]:
    """Return three to six questions for each section of these passages that some can be told for, none twice; AccessDenied unless one may add.

    A model that is set up is asked only with `by_model`: it takes long, and what stands in the passages leaves the machine, masked.
    """
    with parts.database.read() as connection:
        guidance_for(connection, actor)
    sections: dict[str, str] = {}
    for passage in passages:
        sections[passage.section] = f"{sections.get(passage.section, '')}\n\n{passage.text}".strip()[:READ]
    found = _by_model(parts, sections) if by_model and OPENAI in parts.engines else {}
    rest = {section: text for section, text in sections.items() if section not in found}
    taken = {_same(question) for questions in found.values() for question in questions}
    builtin = _from_shipped(parts, rest, taken)
    return {section: found.get(section) or builtin[section] for section in sections if section in found or section in builtin}


def _from_shipped(parts: Parts, sections: Mapping[str, str], taken: set[str]) -> dict[str, tuple[str, ...]]:
    """Return for sections the questions of the shipped passages that are nearest, word for word, where near enough."""
    near = _neighbours(parts, sections)
    asked = sorted({question for passages in near.values() for passage in passages for question in passage.questions})
    if not asked:
        return {}
    by_question = dict(zip(asked, StaticEmbedder().embed(asked), strict=True))
    by_section = dict(zip(near, StaticEmbedder().embed([f"{section}. {sections[section]}" for section in near]), strict=True))
    scored = sorted(
        (-float(by_question[question] @ by_section[section]), section, question)
        for section, passages in near.items()
        for question in sorted({question for passage in passages for question in passage.questions})
    )
    given: dict[str, list[str]] = {section: [] for section in near}
    taken = set(taken)
    for score, section, question in scored:
        if -score >= NEAR_QUESTION and len(given[section]) < MOST and _same(question) not in taken:
            given[section].append(question)
            taken.add(_same(question))
    return {section: tuple(questions) for section, questions in given.items() if len(questions) >= LEAST}


def _neighbours(parts: Parts, sections: Mapping[str, str]) -> dict[str, list[Passage]]:
    """Return for sections the shipped passages that say something like it, by the search and by their embeddings."""
    asked = {section: f"{section}. {text}" for section, text in sections.items()}
    found = parts.library.search_all(asked, NEIGHBOURS, None) if asked else {}
    near: dict[str, list[Passage]] = {}
    for section, answer in found.items():
        candidates = [one.passage for one in answer.passages if one.passage.origin is Origin.SHIPPED and one.passage.questions]
        texts = [f"{passage.section}. {passage.text}"[:READ] for passage in candidates]
        vectors = StaticEmbedder().embed([asked[section], *texts])
        kept = [passage for passage, cosine in zip(candidates, vectors[1:] @ vectors[0], strict=True) if cosine >= NEAR]
        if kept and not answer.abstained:
            near[section] = kept
    return near


def _by_model(parts: Parts, sections: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the questions that a model writes; of calls that end without, and of sections after the last call, there are none."""
    # Imported here: what only a model needs (templates, telephone formats) takes time to import.
    from coach.drafting.answer.propose import questions_for
    from coach.drafting.openai_engine import OpenAIEngine

    engine = parts.engines[OPENAI]
    if not isinstance(engine, OpenAIEngine):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    watch = Watch(SECONDS)
    names = list(sections)
    for start in range(0, min(len(names), AT_A_TIME * MOST_CALLS), AT_A_TIME):
        part = {name: sections[name] for name in names[start : start + AT_A_TIME]}
        try:
            written = questions_for(engine.provider, engine.mode, part, watch)
        except EngineFailed:
            break  # another call would most likely end the same way
        taken = {_same(question) for questions in found.values() for question in questions}
        for name, questions in written.items():
            fresh = tuple(question for question in questions if _same(question) not in taken)
            taken |= set(map(_same, fresh))
            if len(fresh) >= LEAST:
                found[name] = fresh[:MOST]
    return found


def _same(question: str) -> str:
    """Return what two questions share that are the same but for case and marks."""
    return " ".join(words(fold(question)))
