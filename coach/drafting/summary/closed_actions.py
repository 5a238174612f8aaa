"""Find which earlier actions the notes report as done."""

import re
from collections.abc import Sequence

from coach.domain.brief import Brief
from coach.domain.sessions import Owner
from coach.domain.summary import ClosedAction, Evidence, Sensitive
from coach.drafting.summary.action_doubts import is_unreal
from coach.drafting.summary.people import Author, Who
from coach.drafting.summary.scene import Scene, read_scene
from coach.drafting.summary.undertakings import straight
from coach.language.quotes import overlaps
from coach.language.stems import stems
from coach.language.utterances import Utterance

ENOUGH = 0.6  # of an action's words of meaning stand in the sentence, with its labels, that reports it
_DONE = re.compile(
    r"\b(?:done|did|sent|went|finished|completed?|sorted|shared|posted|booked|asked|rang|wrote|written|submitted|circulated|published|met|visited|attended|took|taken|made|came through|arrived|read|gave|given|put|moved|set up|signed|closed|cleared|drafted"
    r"|ticked|delivered|installed|got|held|ran|tried|spoke|spoken|talked|told|showed|shown|agreed|approved|launched|cut|fixed|already|on the wall|is up|is out|is live|went out|\w{3,}ed)\b|✅|✔|☑",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:not|no|never|nobody|nothing|none|hasn't|haven't|hadn't|didn't|isn't|wasn't|won't|can't|cannot|couldn't|doesn't|don't|yet|still|nearly|almost|half|some of|part of|only|meant to|supposed to|going to|will|'ll|should|would|was to|were to|to do|forgot|forgotten|late"
    r"|except|apart from|cancelled|postponed|moved to|pushed|waiting|stuck|before our last|last month|again)\b|\?|\bif\b",
    re.IGNORECASE,
)


def closed_actions(
    brief: Brief, utterances: Sequence[Utterance], sensitive: Sequence[Sensitive] = (), author: Author = "mentor"
) -> tuple[ClosedAction, ...]:
    """Return the open actions of a brief that the notes report as done, each with the sentence that says so."""
    scene = read_scene(brief, utterances, author)
    private = [(passage.start, passage.end) for passage in sensitive]
    read = [(i, u, stems(f"{u.text} {' '.join(u.path)}")) for i, u in enumerate(scene.utterances) if u.is_own]
    found: list[ClosedAction] = []
    for action in brief.open_actions:
        wanted = stems(action.text) - _names(brief)
        for i, utterance, said in read:
            if not wanted or len(wanted & said) < max(1 if len(wanted) == 1 else 2, ENOUGH * len(wanted)):
                continue
            if overlaps(utterance.start, utterance.end, private) or not reports_done(scene, i, action.owner):
                continue
            quote = Evidence(quote=utterance.text, start=utterance.start, end=utterance.end)
            found.append(ClosedAction(text=action.text, evidence=(quote,)))
            break
    return tuple(found)


def _names(brief: Brief) -> set[str]:
    return stems(f"{brief.pair.mentor.name} {brief.pair.mentee.name}")


def reports_done(scene: Scene, i: int, owner: Owner | None) -> bool:
    """Tell whether a sentence says as a fact, without a but, that something was done, and by whom it should be."""
    utterance = scene.utterances[i]
    text = straight(utterance.text)
    following = straight(scene.following(i))
    if (
        utterance.mark == "open"
        or is_unreal("", text)
        or _NOT_DONE.search(text)
        or re.match(r"\W*(?:but|not|except|well,? (?:i|we)|no\b)", following, re.IGNORECASE)
    ):
        return False
    if utterance.mark != "done" and not _DONE.search(text):
        return False
    doer = re.match(r"\W*(?P<doer>i|he|she)\b", text, re.IGNORECASE)
    if doer is None or owner not in (Owner.MENTOR, Owner.MENTEE):
        return True
    word = doer["doer"].lower()
    speaker = scene.speaker(i)
    who = speaker if word == "i" else scene.cast.pronoun(word, speaker, scene.in_talk)
    return who is Who(owner.value)
