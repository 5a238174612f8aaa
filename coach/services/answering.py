"""Answer a question from the programme's guidance; nothing of the question is kept or logged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.domain.brief import BriefPair, BriefPerson
from coach.domain.guidance import Citation, Contradiction, FoundPassage, Origin, Passage
from coach.domain.outcomes import SAID, Outcome
from coach.domain.people import Person
from coach.domain.text import one_line
from coach.drafting.answer.compose import chosen_passages, compose
from coach.drafting.watch import Watch
from coach.errors import AccessDenied, EngineFailed, InputRefused
from coach.language.stems import stems
from coach.retrieval.contradictions import contradictions, own_first, read_contested
from coach.retrieval.embed import StaticEmbedder
from coach.retrieval.search import Found
from coach.services.drafting import OPENAI
from coach.services.parts import Parts
from coach.services.signing_in import person_at_terminal
from coach.services.terminal_guidance import seen_unnamed
from coach.settings import load_settings
from coach.store import programmes

LONGEST_QUESTION = 500  # characters
# Passages that an answer is made from, that are shown, and that are held against each other.
SEARCHED, NEAREST, COMPARED = 8, 5, 15
SECONDS = 20.0  # that a model may take, all its calls together
WEAK = 0.3  # cosine of the static embeddings; below it lay all ten of our own questions on other matters, and eight of thirty on mentoring
RANKS = 60  # of reciprocal rank fusion, as Cormack, Clarke and Buettcher (2009) set it
EVERYWHERE = frozenset(stems("mentor mentee mentoring pair programme session senior junior"))  # words that tell no subject here
WHY = SAID | {
    Outcome.REFUSED: "The model declined to answer",
    Outcome.FILTERED: "The provider’s content filter stopped the model’s answer",
    Outcome.TRUNCATED: "The model’s answer was cut off before its end",
    Outcome.WRONG_SHAPE: "The model’s answer could not be used",
    Outcome.TOO_LONG: "The passages are longer than the model can read",
    Outcome.LIMITED: "The provider of the model is busy",
    Outcome.INTERNAL: "Something went wrong inside the coach while it asked the model",
}
WITHOUT = "what stands here was put together without it."
NOTHING_LEFT = f"Nothing of what the model wrote stands in the guidance; {WITHOUT}"


@dataclass(frozen=True)
class Answer:
    """Sentences, each followed by its key in brackets, and what they cite; the text is empty where the guidance does not cover the question.

    `nearest` are the best passages either way, `beyond` says whom to ask where the question is about something else, and `note` why a
    model that is set up did not answer.
    """

    text: str
    citations: tuple[Citation, ...]
    abstained: bool
    nearest: tuple[FoundPassage, ...]
    beyond: str
    contradictions: tuple[Contradiction, ...]
    by_model: bool
    note: str = ""


def ask(parts: Parts, actor: str, question: str) -> Answer:
    """Answer a question of somebody of a programme from what that programme sees; InputRefused where it is empty or too long."""
    with parts.database.read() as connection:
        person = programmes.person_by_id(connection, actor)
    if person is None:
        raise AccessDenied("Only people of the programme can ask its guidance.")
    return _answered(parts, person.programme_id, question, _couples(parts, person))


def ask_at_terminal(parts: Parts, email: str, question: str) -> Answer:
    """Answer a question at the terminal for the person of an address, or, where it is empty, from what every programme sees."""
    if email:
        person = person_at_terminal(parts, email)
        return _answered(parts, person.programme_id, question, _couples(parts, person))
    return _answered(parts, seen_unnamed(parts).programme_id, question, ())


def _answered(parts: Parts, programme_id: str | None, question: str, couples: Sequence[BriefPair]) -> Answer:
    question = one_line(question)
    if not question:
        raise InputRefused("The question is empty; ask in your own words.")
    if len(question) > LONGEST_QUESTION:
        raise InputRefused(f"The question has {len(question)} characters; {LONGEST_QUESTION} are the most. Ask it in a sentence or two.")
    found = parts.library.search(question, COMPARED, programme_id)
    if OPENAI not in parts.engines:
        return _builtin(question, found)
    return _by_model(parts, programme_id, question, found, couples)


def _builtin(question: str, found: Found, note: str = "") -> Answer:
    """Return the answer that sentences of the guidance make."""
    passages, disagree = _against_each_other(question, found.passages)
    chosen = chosen_passages(passages[:SEARCHED])
    shown = _that_touch(disagree, [one.passage for one in chosen])
    own = {side.passage.id for one in shown for side in one.sides if side.passage.origin is Origin.ADDED}
    # What a programme says itself on such a point is told first, also where the search ranks it far below.
    first = tuple(one for one in passages if one.passage.id in own and one not in chosen)
    composed = compose(question, (*first, *chosen), _near)
    if found.abstained or not composed.text:
        return Answer("", (), True, found.passages[:NEAREST], found.beyond, (), False, note)
    return Answer(composed.text, composed.citations, False, passages[:NEAREST], found.beyond, shown, False, note)


def _by_model(parts: Parts, programme_id: str | None, question: str, found: Found, couples: Sequence[BriefPair]) -> Answer:
    """Return the answer that a model words, or the builtin one with a note where its calls end without."""
    # Imported here: what only a model needs (templates, telephone formats) takes time to import.
    from coach.drafting.answer.model import Conversation
    from coach.drafting.openai_engine import OpenAIEngine

    engine = parts.engines[OPENAI]
    if not isinstance(engine, OpenAIEngine):
        return _builtin(question, found)
    talk = Conversation(engine.provider, engine.mode, question, couples, Watch(SECONDS))
    try:
        wider = _widened(parts, programme_id, found, talk.wordings()) if _is_weak(question, found) else found
        if wider.abstained:
            return _builtin(question, wider)
        passages, disagree = _against_each_other(question, wider.passages)
        adopted = talk.answer([one.passage for one in passages[:SEARCHED]])
    except EngineFailed as error:
        return _builtin(question, found, f"{WHY[Outcome(error.outcome)]}; {WITHOUT}")
    if not adopted.covered:
        return Answer("", (), True, wider.passages[:NEAREST], found.beyond, (), True)
    if not adopted.text:
        return _builtin(question, wider, NOTHING_LEFT)
    order = _in_order(passages, own_first(adopted.order, disagree))
    cited = {(c.document, c.section) for c in adopted.citations}
    shown = _that_touch(disagree, [passage for passage in adopted.order if (passage.document, passage.section) in cited])
    return Answer(adopted.text, adopted.citations, False, order[:NEAREST], found.beyond, shown, True)


def _against_each_other(question: str, found: Sequence[FoundPassage]) -> tuple[tuple[FoundPassage, ...], tuple[Contradiction, ...]]:
    """Return passages, a programme's own before what ships and contradicts it, with the contradictions on what the question is about."""
    passages = [one.passage for one in found[:COMPARED]]
    asked = stems(question) - EVERYWHERE or stems(question)
    every = contradictions(passages, read_contested(load_settings().knowledge / "contested.yaml"))
    about = tuple(c for c in every if asked & stems(" ".join([c.point, *(f"{side.holds} {side.quote}" for side in c.sides)])))
    return _in_order(found, own_first(passages, about)), about


def _that_touch(found: Sequence[Contradiction], passages: Sequence[Passage]) -> tuple[Contradiction, ...]:
    """Return the contradictions that concern an answer from these passages."""
    ids = {passage.id for passage in passages}
    return tuple(one for one in found if any(side.passage.id in ids for side in one.sides))


def _in_order(found: Sequence[FoundPassage], order: Sequence[Passage]) -> tuple[FoundPassage, ...]:
    """Return what was found in this order; what it leaves out comes last."""
    place = {passage.id: i for i, passage in enumerate(order)}
    return tuple(sorted(found, key=lambda one: place.get(one.passage.id, len(place))))


def _is_weak(question: str, found: Found) -> bool:
    """Tell whether other wordings may find more: the search abstains, or nothing that it found is near."""
    best = _near(question, [f"{one.passage.section}. {one.passage.text}" for one in found.passages[:3]])
    return found.abstained or max(best, default=0.0) < WEAK


def _widened(parts: Parts, programme_id: str | None, found: Found, wordings: Sequence[str]) -> Found:
    """Return the passages of several searches, fused by their ranks; a search that abstains finds nothing."""
    asked = parts.library.search_all({str(i): text for i, text in enumerate(wordings)}, COMPARED, programme_id) if wordings else {}
    useful = [one for one in (found, *asked.values()) if not one.abstained]
    return replace(found, passages=fused_by_rank([one.passages for one in useful])[:COMPARED], abstained=False) if useful else found


def fused_by_rank(rankings: Sequence[Sequence[FoundPassage]]) -> tuple[FoundPassage, ...]:
    """Return the passages of several rankings, best first, by the sum of their reciprocal ranks."""
    scores: dict[str, float] = {}
    passages: dict[str, Passage] = {}
    for ranking in rankings:
        for rank, one in enumerate(ranking, 1):
            scores[one.passage.id] = scores.get(one.passage.id, 0.0) + 1.0 / (RANKS + rank)
            passages[one.passage.id] = one.passage
    best = sorted(scores, key=lambda key: -scores[key])
    return tuple(FoundPassage(passage=passages[key], score=round(scores[key], 4)) for key in best)


def _near(question: str, texts: Sequence[str]) -> Sequence[float]:
    """Return the cosines of texts with a question, by the embeddings that need nobody else."""
    if not texts:
        return ()
    vectors = StaticEmbedder().embed([question, *texts])
    return [float(cosine) for cosine in vectors[1:] @ vectors[0]]


def _couples(parts: Parts, person: Person) -> tuple[BriefPair, ...]:
    with parts.database.read() as connection:
        pairs = programmes.pairs_of(connection, person.id)
    return tuple(BriefPair(mentor=_brief(pair.mentor), mentee=_brief(pair.mentee)) for pair in pairs)


def _brief(person: Person) -> BriefPerson:
    return BriefPerson(name=person.name, role=person.role)
