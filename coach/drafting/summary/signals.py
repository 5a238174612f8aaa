"""Tell what a clause says about the way of a goal: reached, moved, stuck, lost, not talked about, or about something else."""

import re
from enum import StrEnum
from functools import lru_cache

from coach.language.clauses import PAST_WORD, Clause


class Signal(StrEnum):
    """What a clause says."""

    REACHED = "reached"  # the whole of it is done
    MOVED = "moved"  # something was done
    STUCK = "stuck"  # nothing was done, or it waits
    LOST = "lost"  # something gained was undone
    PLANNED = "planned"
    OPEN = "open"  # not finished: more to go, or the pair keeps it open
    SAME = "same"
    NEGATED = "negated"  # stuck for no other reason than a "not"
    SILENT = "silent"  # it was not talked about
    ELSEWHERE = "elsewhere"  # somebody else's, a joke, a story


_PATTERNS = {
    Signal.REACHED: r"\b(?:that(?:'s| is| makes| completes?) (?:the )?(?:full set|whole lot|lot|set|complete)|all accounted for|last (?:one|of them|two|three)(?:'s| is| are| went| came)? (?:in|up|out|live|done|went live)|wrapped up|over the line|(?:can|could|we'll|will|to) (?:close|cross off|strike|retire|tick off|draw a line under)(?: this| that| it)?|draw a line under|off the list|bang on target|the whole lot|nothing left to|signed and sealed|in force|they were the last|was the last (?:one|of)|none left|tally sheet is full|complete now|all (?:done|finished|complete\w*|sorted|out|live|in|up|of (?:it|them) (?:is|are|done))|(?:target|goal|number|limit|aim|it|that)(?:'s| is| was| has(?: \w+)? been| been)? (?:now )?(?:met|reached|hit|achieved|smashed|cracked|nailed|done and dusted)"
    r"|(?:met|reached|hit|achieved|made|beat|smashed) (?:the|our|her|his|their) (?:target|goal|number)|that's (?:the|your|our|his|her) (?:target|goal|number|lot|set)|done and dusted|(?:is|are|'s|'re) (?:all |now |finally )?(?:done|finished|complete|completed|sorted|closed|ready)|job done|signed off|in the bag|mission accomplished|tick(?:ed)? (?:it |that |this |them )?off"
    r"|(?:goal|that one|this one|it)(?:'s| is) (?:now )?(?:closed|finished|complete|completed|over|done)|closed(?: it| that one| this one)?$|(?:finished|done) with (?:that|this|it)|(?:run|ran) its course|complete set|full (?:set|house|marks|month|quarter|period)"
    r"|every (?:single|last) one|the (?:last|final) (?:one|of them)|(?:sixth|last|final)[\w ]{0,20} and (?:last|final)|no exceptions? (?:all|the whole|in|this)|(?:is|are|was|were|has been|have been|'s) (?:now )?(?:fully |finally |officially )?(?:published|approved|adopted|agreed with|signed|launched|live)\b|went live|gone live|went out to (?:everyone|everybody|all|the whole)|whole way through)",
    Signal.MOVED: r"\b(?:one down|chalked up|clocked(?: up)?|notched|knocked off|got through|made it (?:to|through)|pulled (?:it )?off|on (?:his|her|their|our) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|well on the way|getting there|on track|kept (?:it|at it|to it)|(?:is|are|been) sticking to|so far so good|went ahead|took place|showed up|signed up|sat in|under (?:his|her) belt|(?:passed|landed|cleared|rolled out)|moved across|switched on|had (?:his|her|their|its) first|since (?:then|june|may|we met|last time)[\w ,]{0,12} (?:he|she|they)(?:'s|'ve|'re| has| have| now)|every \w+ since|both \w+ since|put up|put (?:\w+ )?forward|went forward|so far|now (?:has|have|had|does|do|uses?|use|runs?|on|at)|first (?:one|ever|time)|another (?:one|two|three)|(?:one|two|three|four|five|\d+) more|that makes|makes it|makes (?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)|done (?:one|two|three|four|five|six|\d+)|brings? (?:it|us|him|her|the \w+) to|we're (?:on|at|up to)|(?:he|she|they)(?:'s|'re| is| are) (?:on|at|up to) (?=\w+)|up (?:from|to)|down (?:from|to)|risen|rose|climbed|crept|jumped|doubled|halved|improved|improving|better than|on the (?:wall|system|site|intranet|board|rota)|(?:on for|(?:was|were|is|are|been) on)(?= (?:for|in|at|every|each|all|both|the)|[.,;]|$)|is in|are in|is up|are up|in use|came through|arrived|started|begun|began|launched|in a row|running|on the trot|back to back|so that (?:counts|is|makes)|happened|half ?way|(?:is|are) (?:now )?(?:out|live|visible|open|working)|is real|under (?:his|her|their|our) belt|under way|underway|got (?:him|her|it|them|one|two|three|the|a) \w+)\b|✓|✔|✅",
    Signal.STUCK: r"\b(?:(?:hasn't|hasnt|haven't|not|never) (?:got|gotten) (?:round|around) to|on the to-?do list|no (?:further|nearer|closer|different|takers?|forrader|one bit|reply|answer yet|login|licence|slot|room|budget)|not a (?:dicky|single|peep|sausage|squeak)|in (?:his|her|the|my) (?:drafts?|drawer|boot|outbox|to-?do)|long grass|good intentions?|all talk|just talk|nobody bit|rescheduled|bumped|bounced to|snowed under|swamped|hit a (?:wall|snag)|brick wall|red tape|held up|in a queue|business case first|in (?:its|the|their) (?:box|boxes|wrapping|packaging|cellophane)|out of its box|as you were|ditto|nothing to report|nothing doing|hasn't kicked off|no movement|plateau\w*|stays at|holding at|kept (?:slipping|putting)|keeps (?:slipping|putting|finding|forgetting)|always (?:next|something)|chasing|chased|(?:waits|waited) (?:for|on)|wants? (?:paying|a|the) \w+ first|on (?:his|her|the) desk|lay in|slid off|out of office|got (?:pulled|dropped|bumped|shelved|lost)|dropped (?:our|the|his|her) (?:slot|item)|clashe[ds]|double[- ]booked|couldn't (?:make|get|find)|locked out|logged (?:him|her|them|me) out|no-?show|too late|missed (?:the|it|his|her) (?:deadline|window|slot|train)|undecided|not before|has yet|not (?:done|started|happen\w*|yet|moved|begun|ready|tried|touched|looked|opened|booked|sent|asked|going|one|a single|a thing|once|much|there)|no (?:progress|movement|news|change|update|reply|answer|sign|joy|luck|date|show|developer|further|new \w+|money|budget|figure|\w+ yet)|nothing (?:done|yet|moved|happened|there|new|since|to (?:show|report)|has|in|on|sent|doing|went|came|changed)|nobody(?:'s| has| in| is|'d)|no one(?:'s| has| in| is|'d)|never (?:got|went|did|happened|opened|sent|started|made|came|tried|has)|none (?:of|yet|so|since|done)|stuck|frozen|on (?:hold|ice)|parked|blocked|waiting (?:for|on)|awaiting|pending|pushed (?:to|back|out|the|it)|(?:has|have|been|was|were|got) (?:pushed|bumped|moved|postponed|delayed|cancelled|canceled)|postponed|put off|cancelled|canceled|called off|slipped(?: to| into| again)?|delayed|late (?:with|on)|forgot\w*|fell through|didn't (?:happen|get|go|do|make|come|work|manage|even|start|send|write|ask|try|open|book|take|post|finish)|did not (?:happen|get|go|do|make|come|work|start|send|write|ask|try|open|book|take|finish)|has(?:n't| not) |have(?:n't| not) |hasnt |havent |couldn't|could not|wouldn't|won't|can't|cannot|refus\w+|not able|unable|still (?:a|an|the|no|not|in|on|with|at|waiting|has|have|sitting|to|does|goes|zero|nil|stuck|only|none|his|her|all|everything|drafts?)|(?:sitting|sits|sat) (?:with|w/|on|in) (?:hr|legal|it|(?:the|his|her|my|their) (?:desk|inbox|drawer|request|pile|tray|queue|list|draft|form|paper|proposal|\w+ (?:desk|inbox|tray|bag)))|with (?:legal|hr|it|finance|procurement|comms|security|compliance|the lawyers)\b|in limbo|nowhere|gathering dust|un(?:signed|written|sent|booked|answered|tried|changed|done|paid|approved|read|used|tested|moved|resolved|clear)|(?:was|got|been|is) put (?:to|back|off)|never \w+|in the post|nothing in it|the key is with|everybody was for it|was planned|untouched|unopened|unread|unfinished|half[- ]?(?:finished|written|done)|not a (?:single|sausage|word|thing|peep)|too busy|no time (?:for|to|this)|ran out of|bogged|shelved|dragging|on (?:his|her|the|my) list|(?:everything|all|it|they) still|goes? (?:past|through) (?:him|her)|zero|nil|nought|zilch|nada|back burner|needs? (?:sign[- ]?off|approval|a|to|more)|depends on|until the|till (?:the|he|she)|wrong (?:plug|size|one|date|day|room)|broken|broke down|battery (?:was|is) (?:empty|dead|flat)|off due to|called away|hadn't|off sick|on leave|on holidays?|expired|lost the)",
    Signal.LOST: r"\b(?:(?:gone|going|went) backwards|fell off the wagon|old (?:habits|ways)|undo(?:ne|ing)|unpicked|is up again|shot back up|two (?:have )?dropped out|(?:\w+ )?(?:have|has) (?:left|quit|dropped out|pulled out|lapsed|gone back|stopped)|uninstalled|deleted the app|(?:streak|run|record) (?:is |was |got |has )?(?:ended|over|broke|broken|gone|stopped|ruined|finished)|broke (?:the|our|his|her) (?:run|streak|rule|record|limit|promise)|the run broke|back at square|start(?:ing)? (?:all )?over|from scratch|wiped out|handed (?:it|them) back|gone quiet|fizzled|died a death|by the wayside|lost its|closed again|worse than|fewer than (?:last|before|in)|down from|(?:only )?\w+ survived|went out without|slipped (?:back|from|down)|crept back|gave (?:it|them) up|took (?:it|them|\w+) back from|has been (?:withdrawn|removed|pulled|cancelled for good)|switched (?:it )?back|gone from the|(?:gone|went|going|go|slid|slipped|slipping|fell|fallen|dropped|back|reverted|crept|drifted|moved|switched|relapsed)(?: right| straight| all the way)? back(?: \w+){0,2} (?:to|on|into|in|up|down|from|at)|(?<!came )(?<!come )(?<!get )(?<!sent )back (?:to|on|at|up to|down to|in) (?:square|zero|nought|nothing|none|the old|old|his|her|paper|where|print\w*|e-?mail\w*|one|two|three|four|five|six|seven|eight|nine|ten|\d+)|reverted|relapsed?|regress\w*|undone|undid|wiped|scrapped|binned the|torn up|taken (?:down|away|off|out)|took (?:\w+ ){0,3}(?:down|away|off)|(?:tore|torn|tears|ripped) (?:\w+ ){0,2}up|pulled (?:out|it|the plug|down)|withdrew|withdrawn|dropped out|dropped off|quit|gave up|given up|packed it in|stopped (?:using|doing|coming|going|sending|asking|posting|reading|opening|the|it|attending|turning)|has stopped|have stopped|no longer|lapsed|abandoned|lost (?:two|three|four|\d+|ground|it|the|one)|we(?:'ve| have)? lost|worse(?:ned| than)?|gone up|went up (?:again|to)|crept up|shot up|climbed back|ballooned|(?:went|gone) (?:without|the wrong way|downhill|backwards?)|wrong way|backwards|broke (?:the|it|his|her|our)|broken (?:the|it|twice|again)|(?:limit|rule|promise|streak|run|ceiling|cap) (?:is |was |got |has been |'s )?(?:broken|gone|blown|bust|over)|promise gone|over (?:the|our|his|her|its) (?:limit|ceiling|cap|line|target)|still over|exceed\w*|overran|over[- ]?ran|overshot|blew (?:through|past|the)|from (?:nought|zero|scratch)|start(?:ing)? (?:again|over|from (?:zero|scratch|nought))|counting from|tumbled|sank|plunged|collapsed|unravel\w*|was down to|used to|switched (?:it |them )?off|turned (?:it |them )?off|turned the wrong|put (?:it|them) back|re-?instated|cancelled (?:his|her|the) (?:licence|subscription))\b",
    Signal.PLANNED: r"\b(?:will|'ll|shall|going to|gonna|plans? to|wants? to|would like|'d like|'d love|promis\w+|intends?|hopes? to|hoping|aims? to|keen|next (?:week|month|time|session|year|quarter)|by (?:mon|tue|wed|thu|fri|sat|sun|the end|end|next|then)\w*|soon|tomorrow|tmrw|one day|eventually|maybe|might|could|thinking (?:about|of)|think about|considering|in the pipeline|on the cards|lined up|due|scheduled|pencilled|booked in|(?:has|have) (?:agreed|promised|offered) to|to be (?:done|sent|booked|agreed))\b",
    Signal.OPEN: r"\b(?:to go|to come|left|remaining|rest (?:is|are|of)|not (?:\w+ )?(?:there|finished|done|closed|over|reached|complete|quite|enough|the target)|(?:isn't|aren't|ain't|is not) (?:\w+ )?(?:there|finished|done|over|it|sixty|enough)|not \w+ yet|yet to|stays? open|keep(?:s|ing)? (?:it|this|that|the goal) (?:open|going)|don't close|not clos\w+|won't close|leave (?:it|that|this) open|long way|halfway|half way|half ?way|only|short of|shy of|off (?:the )?target|out of reach|target(?:'s| is) \d+|still (?:to|some|missing|need\w*|over|short|above|below)|until (?:easter|christmas|xmas|summer|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|the end)\w*|so far|as yet|a start|month's not over|early days|one down|(?:miss|misses|missing) (?:one|two|three|four|five|\d+))\b",
    Signal.SAME: r"\b(?:same (?:\w+ ){0,2}(?:as|what|number|hours|figure|count|place|spot|total|level)|the same(?=$|[.,;!)])|no change|unchanged|hasn't (?:moved|changed|budged|shifted)|not (?:moved|changed|budged|shifted)|did not walk|where we (?:were|are)|as (?:before|it was|in|ever|last time)|(?:count|number|total|figure|it|still|that)(?: \w+)? (?:remains?|stays?|stands? still|stuck)|remains? (?:at )?(?:\d|the same|what|where|on|one|two|three|four|five|six|seven|eight|nine|ten)|still (?:at|on|only|just)|in june and all|flat(?:lined)?|standing still|marking time|no further(?: on)?|no forwarder)\b",
    Signal.SILENT: r"\b(?:didn't get that far|did not come up|didn't come up|never came up|not a word (?:on|about)|nothing (?:on|about) (?:this|that|it)(?: today)?|wasn't mentioned|was not mentioned|forgot to talk|for next time|ran over|bell went|had to dash|cut short|hour was up|before we (?:got|could get) to|no chance to|haven't touched (?:on )?this|not raised|nothing noted|to be (?:covered|discussed|picked up) next|pick (?:it|this|that) up next|leave (?:it|this|that) (?:for|to|till|until) next|didn't get into it|get into it|(?:ran|run|running|got|been|was|were)(?: \w+)? out of (?:time|clock|road|hour|steam)|no time(?:$|[.,;!]| left| for (?:it|this|that)(?: today)?| today)|out of time|(?:didn't|did not|didnt|never|not|couldn't|haven't|hasn't|won't)(?: \w+)? (?:get|got|getting|gotten|come|came|make it|reach|reached|have time|find time|manage)(?: \w+)? (?:to|round|around|up|on to|onto|into|time)(?: (?:it|this|that|there|ours|these|the last))?|next time|next session|time was up|hour was (?:over|up)|hour also was|skipped|not (?:discussed|covered|mentioned|touched on|talked about|today)|(?:didn't|did not|didnt|never) (?:discuss|cover|mention|talk|raise|touch|ask|come up|speak|bring)|no ?(?:one|body|1) brought|nobody (?:brought|mentioned|raised|asked)|not brought up|no mention|unmentioned|no other \w+ (?:was|were) mentioned|left (?:it|this|that) for|time (?:over|up|ran)|(?:ate|took|used) (?:up )?(?:the|all|our) (?:slot|time|hour|whole)|never (?:reached|got to|came up|touched)|(?:didn't|did not|never) get (?:as far as|on to|to)|keep (?:it|this|that) for|for another (?:day|time)|forgot to (?:ask|raise|mention|bring)|nothing (?:said|to report|on this)|n/?a\b|blank|not on the agenda|carried (?:over )?to next|moved on|that is all|parked (?:it|this|that)? ?(?:for|until|till) next)",
    Signal.ELSEWHERE: r"\b(?:in the film|on telly|old place|our competitor|read an? (?:article|piece|headline)|saw (?:the|a) headline|podcast about|\bnephew|joked?|the (?:sign|pub|film|band|song|book|novel|advert)s? (?:called|in|about)|at (?:his|her|my) (?:brother|sister|wife|husband|cousin|friend|mum|dad|old|last|previous)\w*|means? nothing for|beside the point|funny (?:thing|story)|for fun only|joke[ds]?|joking|joked about|pun\b|lol|haha|story about|a story|good story|told (?:me |us )?(?:a|the|his|her) story|anecdote|(?:brother|sister|mother|father|son|daughter|mum|dad|wife|husband|cousin|uncle|aunt|nephew|niece|friend|neighbour|flatmate|girlfriend|boyfriend)(?:-in-law)?(?:'s|s')?|(?:another|other|different) (?:company|firm|site|place|team's|shop|supermarket|office|department|lot|crowd|outfit)|diffrent|competitor\w*|rival\w*|their (?:company|firm|site)|nothing to do with (?:us|any|our|it|this)|another story|not (?:ours|us|our|the goal)|isn't ours|(?:bristol|birmingham) (?:lot|site)|on (?:tv|telly|netflix|the radio|the news)|in the (?:paper|papers|news)|film|novel|episode|football|match|weather|cake|biscuits|flapjacks|holiday in|how is your own|my own|mine is|that is me|that's me|for me personally|used to work|previous (?:job|employer|company)|old (?:job|employer|firm)|years ago|when (?:he|she|i) was (?:young|a))\b",
}  # fmt: skip
_COMPILED = {signal: re.compile(pattern) for signal, pattern in _PATTERNS.items()}


# Past words that tell what was said, thought or the case, and so move nothing.
_DEED = re.compile(
    rf"\b(?!(?:was|were|been|had|said|told|asked|spoke|talked|mentioned|thought|wondered|suggested|laughed|liked|loved|felt|knew|heard|smiled|reckoned|agreed|admitted|promised|offered|explained"
    rf"|remembered|forgot|hoped|wanted|meant|tried|noted|seemed|looked|worried|joked|chatted|discussed|planned|intended|supposed|pleased|excited|interested|bored|tired|surprised|annoyed|delighted"
    rf"|impressed|worried|scared|needed|used|moved on|called away|based|related|named|aged|limited|supposed|called|cancelled|postponed|delayed|refused|declined|rejected|turned down|understood"
    rf"|cost|let|put off|set off|cut off|left|read out|hurt|hit|quit|shut|lost|forgotten|stuck|dropped|failed|missed|broke|broken|fell|stopped|withdrew|withdrawn|compared|regarding|saw|seen|assured|swore|appeared|turned up|came up|happened to|showed me|told me|started with|began with|opened with|got in|came in|sat down|arrived late)\b){PAST_WORD}\b"
)
# What sounds like a "no" and says nothing of any goal.
_IDLE = re.compile(
    r"^\W*(?:(?:but|and|so|please|pls|lol|ha|well) )*(?:don't|do not|never mind|no (?:rush|hurry|worries|idea|need|thanks|thank you|ta|comment|offence|homework|problem|doubt|wonder|surprise|joke)\b"
    r"|not (?:bad|sure|my|our|for me|to worry|that i)|nobody (?:cares|minds|knows|noticed|asked)|who knows|i don't (?:know|mind|think so)|can't complain)"
)
_AUTHOR_TALKS = re.compile(
    r"^\W*(?:(?:and|but|so|then|also|anyway|ok|twice|well) )*(?:i|we) (?:\w+ly |just |then |also |did )?(?:had intended|saw|let|put in|figured|doubted|wrote|admit|had|learn|kept saying|keep saying|kept telling|said|say|told|tell|asked|ask|suggested|suggest|offered|thought|think|tried|wanted|meant|explained|mentioned|reminded|pushed|nudged|pointed|declined|proposed|wondered|agree|agreed|put that|wish|hope|feel|felt|laughed|like|love|know|began|started with|met|talked|chatted|ran|sat|were|had|got|went|am|do not|don't|did not|didn't|won't|will|'ll|can|could|would|should)\b|^\W*i'(?:m|ll|d)\b"
)


def signals(clause: Clause, by_author: bool = False) -> frozenset[Signal]:
    """Return what a clause says; one that asks says nothing, one that only intends moves nothing.

    Where its author tells what they themselves said (`by_author`), that is talk and no progress.
    """
    told = _signals(clause)
    if _IDLE.match(clause.low):
        return told & {Signal.SILENT, Signal.ELSEWHERE}
    if by_author and _AUTHOR_TALKS.match(clause.low):
        return told & {Signal.SILENT, Signal.ELSEWHERE, Signal.OPEN, Signal.SAME}
    return told


@lru_cache(maxsize=20_000)
def _signals(clause: Clause) -> frozenset[Signal]:
    if clause.has("question"):
        return frozenset(s for s in (Signal.SILENT, Signal.ELSEWHERE) if _COMPILED[s].search(clause.low))
    found = {signal for signal, pattern in _COMPILED.items() if pattern.search(clause.low)}
    if clause.is_fact and _DEED.search(clause.low):
        found.add(Signal.MOVED)
    if clause.is_open or clause.has("conditional"):
        found.discard(Signal.REACHED)
        if not clause.has("perfect"):
            found.discard(Signal.MOVED)
            found.discard(Signal.LOST)
        found.add(Signal.PLANNED if not clause.has("failed") else Signal.STUCK)
    if clause.has("doubt"):
        found -= {Signal.LOST, Signal.REACHED}
    if clause.has("negation", "not_yet") and "first time" not in clause.low:
        if Signal.LOST not in found or clause.has("not_yet"):
            found.discard(Signal.LOST)
        found -= {Signal.REACHED} if not _NOT_ONE_LEFT.search(clause.low) else set()
        found.discard(Signal.MOVED)
        if not found & {Signal.SILENT, Signal.OPEN, Signal.LOST, Signal.ELSEWHERE, Signal.REACHED}:
            if Signal.STUCK not in found:
                found.add(Signal.NEGATED)
            found.add(Signal.STUCK)
    return frozenset(found)


_NOT_ONE_LEFT = re.compile(
    r"\b(?:none (?:left|missing)|nothing left|without (?:exception|help|a)|no exceptions?|not one (?:missed|missing)|no misses)\b"
)
