"""Open questions for each box, about what was done or seen, specific to this pair.

Candidates are written for every box; three to six of them are kept, at least one for each box that leads somewhere.
"""

from coach.domain.brief import BriefAction, BriefGoal
from coach.domain.sessions import GoalStatus, Owner
from coach.drafting.agenda.plan import Box, Plan
from coach.drafting.agenda.recall import recall
from coach.drafting.agenda.subjects import ask, subject_of_wishes, uncharged
from coach.drafting.agenda.topics import NEAR, SessionKind, Topic
from coach.drafting.voice import Voice

MOST, LEAST = 6, 3


def questions_by_box(plan: Plan) -> list[list[str]]:
    """Return the questions of each box of the plan, in its order; three to six in all."""
    candidates = [_candidates(plan, box) for box in plan.boxes]
    kept: list[list[str]] = [[] for _ in candidates]
    _keep(plan, candidates, kept, [_room(box) for box in plan.boxes], MOST)
    _keep(plan, candidates, kept, [MOST] * len(candidates), LEAST)  # a very short session still needs something to talk about
    return kept


def _keep(plan: Plan, candidates: list[list[str]], kept: list[list[str]], room: list[int], most: int) -> None:
    """Move candidates into kept, first questions of long boxes first, until there are `most` in all."""
    by_length = sorted(range(len(candidates)), key=lambda i: -plan.boxes[i].minutes)
    for depth in range(max(map(len, candidates), default=0)):
        for i in by_length:
            fits = depth < min(len(candidates[i]), room[i]) and sum(map(len, kept)) < most
            if fits and not any(candidates[i][depth] in questions for questions in kept):
                kept[i].append(candidates[i][depth])


def _room(box: Box) -> int:
    """Return how many questions a box has time for: one for about four minutes, one at least, three at most."""
    return max(2 if box.key == "actions" else 1, min(3, box.minutes // 4))


def _candidates(plan: Plan, box: Box) -> list[str]:
    voice, brief = plan.voice, plan.brief
    role = brief.pair.mentee.role
    if box.key == "actions":
        return _about_actions(brief.open_actions, voice, plan)
    if box.topic is not None:
        return _about_topic(plan, box, box.topic)
    return {
        "rules": [
            f"What would you need to know about how we treat what is said here before you could be frank with {voice.mentor}, {voice.mentee}?",
            f"Which subjects do we leave out, and how will either of us say “not today”, given that {_jobs(plan)}?",
        ],
        "hopes": [
            f"What would you like to see more clearly by the end of this, {voice.mentee}, that {_rarely_told(role)}?",
            "What worries each of us about turning the usual order round, and what would ease it?",
        ],
        "first_goals": [
            f"What could you do differently in your work, {voice.mentee}, that people around you would notice, and how would we count it?"
        ],
        "open_topic": [
            f"What have you done or seen since we last met, {voice.mentee}, that you would not have noticed before?",
            f"Which moment of the last weeks would you like to look at from where {voice.mentor} stands?",
            f"What should we agree to work on, {voice.mentee}, and how would each of us see that it moves?",
        ],
        "outcomes": [f"What do you do differently now from before we began, {voice.mentee}, and who has noticed?"],
        "carry": [f"What carries on when our sessions stop, {voice.mentee}, who looks after it, and when is it looked at again?"],
        "credit": [f"What did each of us bring to this, and where will you, {voice.mentee}, name {voice.mentor}’s part in it?"],
    }.get(box.key, [])


def _jobs(plan: Plan) -> str:
    mentor, mentee = plan.brief.pair.mentor, plan.brief.pair.mentee
    if mentor.role and mentee.role:
        return f"one of us works as {mentor.role} and the other as {mentee.role}"
    return "one of us has more power here than the other"


def _rarely_told(role: str) -> str:
    return f"people rarely tell you as {role}" if role else "people rarely tell you"


def _about_actions(actions: tuple[BriefAction, ...], voice: Voice, plan: Plan) -> list[str]:
    """Ask about what was promised: what the mentee or both took on, the most overdue first, then the mentor's, the coordinator's, nobody's."""
    today = plan.brief.session.date
    turns = (Owner.MENTEE, Owner.BOTH, Owner.MENTOR, Owner.COORDINATOR)
    owned = sorted((a for a in actions if a.owner), key=lambda a: (max(1, turns.index(a.owner or Owner.BOTH)), a.due is None, a.due))
    who = {Owner.MENTOR: f"{voice.mentor} took on", Owner.MENTEE: f"{voice.mentee}, you took on", Owner.BOTH: "We both took on"}
    found = []
    for action in owned[:2]:
        words = action.text.rstrip(".?! ")
        when = "" if action.due is None else f" ({'was due' if today and action.due < today else 'due'} {voice.day(action.due)})"
        if action.owner is Owner.COORDINATOR:
            found.append(f"Who asks the coordinator what became of “{words}”{when}?")
        elif action.owner is not None:
            found.append(f"{who[action.owner]} “{words}”{when}: what happened, and what do we keep, change or drop?")
    unowned = [a for a in actions if a.owner is None]
    return found[:1] + [f"Who takes “{a.text.rstrip('.?! ')}”, and by when?" for a in unowned[:1]] + found[1:]


def _about_topic(plan: Plan, box: Box, topic: Topic) -> list[str]:
    voice = plan.voice
    found: list[str] = []
    if topic.goal is not None:
        if plan.kind is SessionKind.FIRST:
            found += _first_look(topic.goal, voice)
        elif plan.kind is SessionKind.LAST:
            found += _outcome(topic.goal, voice)
        else:
            found += [_by_status(topic.goal, voice), _count(topic.goal, voice), _due(plan, topic.goal), _lookout(topic.goal, voice)]
    if topic.wishes:
        subject = subject_of_wishes(topic.wishes, voice)
        role = plan.brief.pair.mentee.role
        plain = [] if topic.goal and not uncharged(topic.wishes, voice) else _plain_focus(topic, voice, plan.kind)
        own = [*(ask(q, voice, role) for q in subject.questions), *_plain_focus(topic, voice, plan.kind)[2:]] if subject else plain
        found = own[:1] + found[:1] + own[1:] + found[1:] if topic.goal else own
    if plan.kind is SessionKind.MIDDLE:
        found = _with_recalled(plan, topic, found)
    return [question for question in found if question]


def _with_recalled(plan: Plan, topic: Topic, found: list[str]) -> list[str]:
    """Put a question on the last summary after the first one of the topic that it is about."""
    goals = tuple(t.goal for t in plan.topics if t.goal is not None)
    recalled = recall(plan.brief.previous_summary, plan.brief.goals, goals, plan.voice.mentee)
    if recalled is None:
        return found
    home = recalled.goal if recalled.goal in goals else (plan.topics[0].goal)
    if topic.goal != home:
        return found
    question = f"Our last summary says “{recalled.words}”: {recalled.ask}, {plan.voice.mentee}?"
    return [*found[:1], question, *found[1:]]


def _plain_focus(topic: Topic, voice: Voice, kind: SessionKind) -> list[str]:
    plain = uncharged(topic.wishes, voice)
    shown = "; ".join(wish.shown(200) for wish in (plain if topic.goal else plain[1:])[:3])
    if shown:
        verb = "brings this" if topic.goal else "also brings this"
        first = f"{voice.mentor} {verb}: {shown}{'' if shown.endswith(('?', '!')) else '.'} What have you seen or done about it so far, {voice.mentee}?"
    elif plain:
        first = f"What have you seen or done about this so far, {voice.mentee}, and what would you like to hear from {voice.mentor}?"
    else:
        first = f"{voice.mentor} would like to describe something as it was seen from there; what was it like from where you stand, {voice.mentee}?"
    if kind is SessionKind.LAST:
        return [first, f"What of this carries on when our sessions stop, {voice.mentee}, and who will see to it?"]
    return [
        first,
        "What would each of us notice if this went well, and what is the smallest step towards it before we meet again?",
        f"What should {voice.mentor} look out for until we next meet, {voice.mentee}, so that we both see whether this moves?",
    ]


def _by_status(goal: BriefGoal, voice: Voice) -> str:
    since = f" since {voice.day(goal.last_discussed)}" if goal.last_discussed else ""
    match goal.status:
        case GoalStatus.STALLED:
            return f"“{goal.title}” has not moved{since}: what did you try, what stopped it there, and what would be a smaller first step, {voice.mentee}?"
        case GoalStatus.SET_BACK:
            return f"What was happening around you when “{goal.title}” lost ground{since}, and what would you do differently on the next such day?"
        case GoalStatus.ADVANCED:
            return f"“{goal.title}” has moved: what did you do differently, {voice.mentee}, and how did people respond?"
        case GoalStatus.ACHIEVED:
            return f"“{goal.title}” is reached: what would make it slip again, and who besides you would notice?"
        case _ if goal.last_discussed:
            return f"We last spoke about “{goal.title}” on {voice.day(goal.last_discussed)}: what have you done or seen about it since, {voice.mentee}?"
        case _:
            return f"Where does “{goal.title}” stand, {voice.mentee}: what have you done or seen about it so far?"


def _count(goal: BriefGoal, voice: Voice) -> str:
    if goal.measure and goal.target:
        return f"Counting “{goal.measure}”, how far are you from “{goal.target}” today, {voice.mentee}, and which occasion shows it best?"
    if goal.measure or goal.target:
        return f"Where does “{goal.measure or goal.target}” stand today, {voice.mentee}, and which occasion shows it best?"
    return f"How would each of us see that “{goal.title}” has moved, and what could we count?"


def _lookout(goal: BriefGoal, voice: Voice) -> str:
    return f"What should {voice.mentor} look out for until we next meet, {voice.mentee}, so that we both see whether “{goal.title}” moves?"


def _due(plan: Plan, goal: BriefGoal) -> str:
    today = plan.brief.session.date
    if goal.status is GoalStatus.ACHIEVED or goal.due is None or (today is not None and goal.due - today > NEAR):
        return ""
    if today is not None and goal.due < today:
        return f"“{goal.title}” was due on {plan.voice.day(goal.due)}: what do we do with it now, a new date, a smaller target or an end, and why?"
    return (
        f"“{goal.title}” is due on {plan.voice.day(goal.due)}: what has to happen before then, and what will you move to make room for it?"
    )


def _first_look(goal: BriefGoal, voice: Voice) -> list[str]:
    counted = f" (counted as “{goal.measure}”)" if goal.measure else ""
    return [
        f"What made you choose “{goal.title}”{counted}, {voice.mentee}, and what does it look like on an ordinary day now?",
        f"Who besides us would notice if “{goal.title}” came true, and what would they see?",
    ]


def _outcome(goal: BriefGoal, voice: Voice) -> list[str]:
    title = f"“{goal.title}”"
    match goal.status:
        case GoalStatus.ACHIEVED:
            reached = f" ({goal.target})" if goal.target else ""
            first = f"{title} is reached{reached}: what did you do that made it work, {voice.mentee}, and what keeps it going without our sessions?"
        case GoalStatus.STALLED | GoalStatus.SET_BACK:
            first = f"{title} did not get as far as we wanted: what did we learn from it, {voice.mentee}, and what happens to it now?"
        case GoalStatus.NOT_DISCUSSED:
            first = f"We did not get to {title}: who carries it on, {voice.mentee}, or what makes it right to let it go?"
        case _:
            against = f" against “{goal.target}”" if goal.target else ""
            first = f"Where did {title} end up{against}, and which moment shows the change best, {voice.mentee}?"
    return [first, _count(goal, voice) if goal.measure and goal.status is not GoalStatus.NOT_DISCUSSED else ""]
