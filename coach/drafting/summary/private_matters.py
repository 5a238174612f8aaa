"""Tell of one sentence of notes which private matter it carries, if any: health, family, a complaint, a confidence, a disclosure.

A subject that the pair works on is no private matter: "mental health first aiders trained" is a goal, "her panic attacks" are not.
What may be either counts only where it is said of a person. What a goal of the pair is about counts only so, too.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from coach.domain.summary import SensitiveKind
from coach.language.folding import QUOTES, plain_case
from coach.language.names import names
from coach.language.stems import stems

_LEAD = r"(?<![\w-])"
_RELATION = (
    r"(?:step-?|grand-?)?(?:mum|mom|mam|mummy|mother|dad|daddy|father|parents?|wife|husband|ex|ex-(?:wife|husband|partner)|son|daughter|kids?|child|children|brother|sister|siblings?"
    r"|nan|nana|gran|granny|grandad|grandma|uncle|aunt|auntie|niece|nephew|cousin|mother-in-law|father-in-law|in-laws|boyfriend|girlfriend|fianc[eé]e?|partner|spouse|baby|toddler|twins|teenager"
    r"|eldest|youngest|little (?:one|boy|girl)|better half|marriage|family)"
)
_OWNER = r"(?:my|his|her|their|your|our|[A-Z][\w-]*'s)"
_PERSON = r"(?:i|he|she|they|we|who|[A-Z][\w'-]*)"
_BEING = (
    r"(?:'m|'s|'ve|'d|'re| am| is| are| was| were| has| have| had| got| gets| needs| takes| suffers| went| goes| feels?| told me (?:he|she|they)(?:'s| is| was| has| had|'d)?)"
    r"(?: (?:been|just|still|also|now|not|only|really|having|had|got|getting|in|on|off|to|into|for|with|from|about|back|a|an|the|his|her|their|my|some|very|quite|so|again|having to|going|waiting|due)){0,5}"
)

# Matters of health that hardly ever are said of anything but a person.
_ILLNESS = (
    r"cancer|tumou?rs?|biops(?:y|ies)|chemo\w*|radiotherapy|miscarr\w+|stillb\w+|ivf|fertility treatment|pregnan\w+|(?:expecting|having) (?:a baby|twins|her (?:first|second|third))"
    r"|anti-?depressants?|panic attacks?|anxiety attacks?|suicid\w*|self-harm\w*|diagnos(?:ed|is)|relapsed?|rehab|epilep\w*|seizures?|heart attack|(?:had|having|suffered) a stroke"
    r"|dementia|alzheimer\w*|parkinson\w*|diabet\w+|insulin|multiple sclerosis|crohn\w*|endometriosis|menopaus\w*|perimenopaus\w*|bipolar|ptsd|anorexi\w*|bulimi\w*|eating disorder"
    r"|(?:clinically )?depress(?:ed|ion)|burn(?:t|ed|ing)?[ -]?out|(?:nervous |a |another )breakdown|(?:signed|been) off (?:sick|work|with)|signed off (?:for|until|by (?:the|his|her) (?:doctor|gp))|off sick|sick(?:ness)? leave"
    r"|sick note|fit note|stress leave|medical leave|off with (?:stress|depression|anxiety|burnout|her|his)|medication|therapist|counsell?(?:or|ing)|psychiatrist|psychologist|hospice|hospitali[sz]ed"
    r"|(?:in|into|to|from) hospital|a&e|mri|ct scan|mental health|migraines?|insomnia|alcoholi\w+|(?:my|his|her|their) drinking|aa meetings?|kidney\w*|dialysis|transplant|sepsis|pneumonia|long covid"
    r"|multiple sclerosis|ms diagnosis|lupus|arthritis|angina|pacemaker|hysterectomy|mastectomy|hip replacement|knee replacement|hearing aids?|losing (?:his|her|my|their) (?:sight|hearing)|tinnitus"
    r"|(?:is|are|was|were|in|burst into|close to) tears|cried|crying|wept|sobb(?:ed|ing)"
)
# Words that are about somebody's health only where they are said of a person.
_AILING = (
    r"ill(?:ness)?|unwell|poorly|(?:really |very |properly |been |so |feeling |off )sick|surgery|operation|an op|scan results?|scan on|(?:a|the|her|his|my) scan|biopsy|lump|blood pressure|blood tests?|tests? results?|test results|gp|doctors?|consultant's|specialist|treatment"
    r"|pills?|tablets|therapy|physio|panick\w*|anxiety|anxious all the time|adhd|autis\w*|dyslexi\w*|dyspraxi\w*|neurodivergent|disab(?:led|ility)|stress(?:ed)? (?:out|rash|leave)|sleeping|slept|not sleep\w*|exhausted to|chest pains?"
    r"|heart|stroke|condition|symptoms?|injury|fracture\w*|slipped disc|bad back|his back|her back|my back|drink(?:ing)? (?:too much|again|a lot|every)|sober|hormones?|hrt|period pains?|hot flushes|health|diet pills|weight loss jabs?"
)
_WORK_OF_HEALTH = re.compile(
    r"[ -](?:first[- ]?aid\w*|training|trained|awareness|courses?|polic(?:y|ies)|campaigns?|champions?|week|day|networks?|apps?|survey\w*|workshops?|charit\w+|fundrais\w+|research|screening|wards?|units?|clinics?|patients?|drugs?"
    r"|trials?|services?|teams?|departments?|friendly|nurses?|sessions?|cafe|café|leads?|strategy|budget|provision|groups?|e-?learning|module|webinar|talk|posters?|leaflets?|pathway|data|rate|figures|records?|room|passport)\b",
)
_GENERAL = re.compile(
    r"\b(?:patients?|customers?|users?|clients?|candidates?|applicants?|staff|employees?|people|someone|anyone|somebody|residents?|colleagues?|workers?|readers?|visitors?|drivers?|tenants?|guests?)(?: who (?:has|have|had|is|are))?(?: (?:with|on|having|in|after|for|using)| who)?(?: \w+)? $",
)
_TROUBLE = (
    r"ill|unwell|poorly|sick|hospital|hospice|(?:in|into) (?:a|the) home|care home|nursing home|dying|died|dies|passed|death|funeral|dementia|cancer|stroke|surgery|operation|had a fall|fell|diagnos\w+|custody|court|divorc\w+|separat\w+|split\w*|left (?:him|her|me|them)"
    r"|moved? out|moving out|walked out|thrown? out|kicked out|affair|arrest\w*|prison|jail|police|rehab|drinking|drugs?|debts?|lost (?:his|her|their|a|the) (?:job|baby|house)|redundan\w+|expelled|excluded|suspended|refus\w+ school|struggl\w+"
    r"|not speak\w+|isn't speak\w+|aren't speak\w+|estranged|visa|trouble|crisis|caring for|carer|looking after|anxiety|depress\w+|bullied|self-harm\w*|pregnan\w+|miscarr\w+|adopt\w+|ivf|falling apart|on the rocks|breaking up|broke up|rough|hard time|hard on|bad way|in pieces|cope|special needs|autis\w+|adhd"
    r"|unemployed|in a bad|not well|isn't well|worse|memory|treatment|therapy|counsell\w+|problems|fight\w*|row|rows|argu\w+|violent|hits|hit|scared|leaving (?:him|her|me)|disab\w+|chemo\w*|operation|deteriorat\w+|end of life|palliative|ashes|will reading|inheritance"
)
_HOME = (
    r"divorc\w+|custody|bereave\w+|(?:going|went|been) to (?:a|the|his|her|my) funeral|(?:his|her|my|their|the) funeral|(?:split|broke|broken|breaking|splitting) up|(?:marriage|relationship) (?:is|was|has|problems|trouble|counsell\w+)"
    r"|(?:trouble|problems|things|stuff|situation|pressure|difficult\w*) at home|separated from (?:his|her|my)|separating|(?:is|was|has|have|had) (?:just )?lost (?:his|her|my|their) (?:"
    + _RELATION
    + r")|stopped speaking to (?:his|her|my)"
    r"|(?:is|'s|are|'re|been) (?:a |the |his |her |sole |main )*carer (?:for|of)|in care proceedings|social services|maintenance payments|(?:domestic|coercive) (?:abuse|violence|control)|women's refuge|home life|money (?:worries|troubles?|problems)|bankrup\w+|eviction|foster\w* (?:a child|kids)|adopting"
)

# Judging words: what somebody is, or always does, that nobody would want to read of themselves.
_JUDGED = (
    r"useless|lazy|incompetent|hopeless|clueless|arrogant|a bully|bully(?:ing)?|bullies|toxic|a nightmare|a snake|a liar|lying|lies|lied|two-faced|rude|a dinosaur|a joke|an idiot|idiotic|stupid|thick|a fool|impossible|a control freak|controlling|patroni[sz](?:ing|es)|condescend\w+|manipulat\w+|vindictive"
    r"|petty|dishonest|untrustworthy|unreliable|unprofessional|out of (?:his|her|their) depth|dead ?wood|dead weight|checked out|past it|self-serving|selfish|a narcissist\w*|sexist|racist|homophobic|a misogynist|passive[- ]aggressive|sly|slippery|spiteful|jealous|backstabb\w+|poisonous|unbearable|insufferable"
    r"|the problem|the (?:real |main |only )?(?:bottleneck|blocker)|a bottleneck|not up to (?:it|the job)|no good|weak manager|a terrible \w+|terrible|awful|dreadful|horrible|a coward|spineless|a pain|drunk|a gossip|not fit to|unfit to|a tyrant|terrif\w+|frighten\w+|moody|(?:so |too )?defensive|difficult|hard work|a dictator"
    r"|a waste of space|waste of space|not pulling (?:his|her|their) weight|the worst \w+|a mess|a disaster|checked-out|asleep at the wheel|empire[- ]building|a creep|creepy|sneaky|disloyal|unhinged|a menace|a piece of work|full of (?:it|himself|herself)|a dragon|cold|all talk|a micro-?manager"
)
_DOES_ILL = (
    r"(?:never|doesn't|does not|won't|can't|cannot|refuses to) (?:ever )?(?:listen\w*|pull(?:s|ed)? (?:his|her|their) weight|do(?:es)? (?:any|a stroke|his|her|their)|manage|take responsibility|own|give credit|say thank|turn up|delegate|trust|cope|lead|be trusted|stand (?:him|her))"
    r"|takes? (?:all )?(?:the )?credit|took (?:all )?(?:the )?credit|steal(?:s|ing)? (?:my|his|her|their|our|other people's|the) (?:ideas?|work|credit)|stole (?:my|his|her|their|our) (?:ideas?|work)|undermin(?:es|ed|ing)|sabotag\w+|belittl\w+|humiliat\w+|bull(?:ies|ied)|shout(?:s|ed|ing) at|yell(?:s|ed|ing) at|scream(?:s|ed|ing) at|snap(?:s|ped) at|bad-?mouth\w*"
    r"|micro-?manag\w+|talks? over|talked over|cut(?:s)? (?:me|him|her|people|everyone) off|hog(?:s|ged)|dragg?(?:s|ed|ing) (?:his|her|their) (?:feet|heels)|has it in for|had it in for|sit(?:s|ting)? on (?:everything|things|approvals)|hides? behind|play(?:s|ing) (?:politics|games|favourites|favorites)|back-?stab\w*|gossip(?:s|ed|ing)|cheat(?:s|ed|ing)|fiddl(?:es|ed|ing)|throws? (?:people|him|her|me|everyone) under"
    r"|treats? (?:people|him|her|them|us|me|everyone|the|staff|juniors) (?:like|as if|badly)|makes? (?:everyone|people|her|his|him|my|their)(?: life)? (?:cry|miserable|a misery|hell|scared)|walks? all over|lies to|lied to|blames? (?:everyone|everybody|others|her|him|me|us|the team)|bites? (?:people|your|his|her)|rolls? (?:his|her|their) eyes"
    r"|drives? (?:him|her|me|everyone|people) (?:mad|nuts|up the wall|crazy|away)|freez(?:es|ing) (?:him|her|me|people) out|picks? on|ignores? (?:everyone|her|him|us|me)|looks? down on|got the job because|only got|doesn't deserve|coasting|coasts|slacks?|skives?|should (?:be|have been) (?:sacked|fired|let go|gone)|needs to go|shouldn't be (?:in|managing|a)"
)
_FEELS_ABOUT = r"can't stand|cannot stand|couldn't stand|hates?|hated|loathes?|despises?|doesn't trust|don't trust|does not trust|didn't trust|can't trust|fed up (?:with|of)|sick of|had enough of|scared of|afraid of|terrified of|dreads?|can't (?:work|deal|cope) with|cannot work with|fell out with|at war with|complain(?:ed|s|ing) about|moan(?:ed|s|ing) about|vent(?:ed|ing)? about|rant(?:ed|ing)? about|has no time for|no respect for|furious (?:with|at)|livid (?:with|at)|angry (?:with|at)|wants rid of|thinks the world would be better without"

_SECRET = (
    r"(?:strictly |just |only |keep (?:this|it|that) |stays? |that's |this is )+between (?:us|you and me|the two of us|ourselves|him and me|her and me|me and (?:him|her)|these four walls)|between (?:us|you and me|ourselves)(?=[:,;.]| ?[-–—]| only| for now|$)|(?:keep|kept|keeping) (?:this|that|it|the \w+|all this|all of this) (?:\w+ )?(?:to (?:yourself|myself|ourselves|himself|herself)|quiet|secret|under wraps|private|confidential|in here|in this room|in the room|off the notes)"
    r"|in (?:strict |strictest |the strictest |total |full )?confidence|(?:strictly |highly |is |it's |that's |this is |totally |all |as |very |completely )confidential|confidentially|off the record|(?:a|his|her|my|the|big|our) secret|secretly|sworn? (?:me |us )?to secrecy|under wraps|under embargo|hush[- ]hush|mum's the word|on the qt|on the quiet|entre nous"
    r"|(?:do not|don't|didn't|please don't|not to|never|mustn't|must not|can't|shouldn't|nobody (?:is )?to|no one (?:is )?to|asked me not to|begged me not to|told me not to|wants me not to|i'm not to|i am not to|won't|not going to|promised not to) (?:please )?(?:ever )?(?:tell|mention|repeat|pass (?:this|that|it) on|share (?:this|that|it|with)|breathe|say (?:anything|a word|it to|this to|that to)|write (?:this|that|it) (?:down|up)|minute (?:this|that|it)|put (?:this|that|it) (?:in|on|anywhere)|spread|let (?:it|this|that|on|anyone|\w+ know)|forward|quote|include (?:this|that))"
    r"|not for (?:anybody|everyone|general|(?:the |any |wider |general |other )?(?:summary|notes|minutes|report|sharing|circulation|repeating|repetition|anyone|others|coordinator|the programme|public|onward))|(?:not|never) to be (?:shared|repeated|passed on|minuted|told|mentioned|written)|(?:stays|stay|staying|must stay|leave (?:it|this|that)) (?:in (?:this|the) room|here|with (?:me|us|you)|private|within these)|goes no (?:further|farther)|go(?:ing)? no further"
    r"|(?:hasn't|has not|haven't|have not|hadn't|not) (?:yet )?(?:told (?:anyone|anybody|a soul|his|her|the|my|them|people|work|hr|\w+)|been announced|announced|gone public|said anything to)|(?:nobody|no one|no-one|none of (?:them|the team)|noone)(?: else)? (?:(?:here|at work|in the team|on the team|outside|there|yet) )*(?:knows|knew|else knows|is supposed to know|must know|should know|may know|is to know|has been told)|not (?:public|official|announced|common knowledge|out) yet|before (?:it's|it is|they) announce\w*|isn't public|is not public"
    r"|told (?:me|him|her) (?:privately|in private|quietly)|only (?:i|he|she|we|you|two people|three people) (?:know|knows)|you (?:didn't|never) hear (?:this|that|it) from|rumou?rs?|(?:i|we) shouldn't (?:be )?(?:know|say|writ|tell)\w*|shouldn't (?:really )?(?:have told|be telling|say)|trust(?:s|ed|ing)? (?:me|you|us) with (?:this|that|it)|(?:leak|leaked) (?:it|this)"
)
_PAY = (
    r"(?:my|his|her|their|own|[A-Z][\w-]*'s) (?:\w+ )?(?:salary|pay(?! attention)|bonus|wages?|package|pay ?rise|raise|pay slip|payslip|rating|performance rating|settlement|severance|pay grade|day rate)|(?:earn(?:s|ed|ing)?|paid|gets?|getting|makes|making|on) (?:about |only |just |around |like |over |under |nearly )?[£$€₹]? ?\d+(?:[.,]\d+)? ?(?:k|grand|lakhs?|thousand|lpa)\b"
    r"|(?:paid|earn(?:s|ing)?|earned) (?:\w+ )?(?:less|more) than|underpaid|pay (?:rise|cut|gap between (?:him|her|me))|asked for (?:a |more )?(?:raise|pay rise|money)"
)
_LEAVING = (
    r"job[- ]?hunt\w*|job search\w*|(?:looking|look) (?:for (?:another|a new|other) (?:job|role|work|post)s?|elsewhere|outside the (?:company|firm|business)|for something else|for a way out)|(?:thinking|think) (?:of|about) (?:leaving|quitting|resigning|moving on|packing it in|handing|going elsewhere|jumping ship)|(?:wants?|planning|plans|ready|intends?|decided|going|about|hoping) to (?:leave (?!the room|the meeting|it|early|room|space|time|a |work at|for the)|quit(?! smoking)|resign|hand in|jump ship|move on|go elsewhere)"
    r"|(?:hand(?:s|ed|ing)?|put(?:ting)?|gave|giving|give) in (?:his|her|my|their) (?:notice|resignation)|hand (?:his|her|my|their) notice in|(?:his|her|my|their) (?:notice|resignation)(?! board)|(?:has|had|'s|have|got|'ve) (?:already )?(?:resigned|quit)|(?:another|a|an|the|competing|counter|job) (?:job )?offer (?:from|elsewhere|at|on the table|in (?:writing|hand))|job offer|(?:a |the |with )?(?:recruiters?|head-?hunters?)|head-?hunt(?:ed|ing)"
    r"|(?:applied|applying|applies) (?:for (?:a |another |the )?(?:job|role|post|position)s?|to (?:a |the )?(?:competitor|rival)|elsewhere|outside|at [A-Z][\w-]*|to [A-Z][\w-]*)|interview(?:s|ed|ing)? (?:elsewhere|with (?:a |our |the )?(?:competitor|rival)|at (?:a |our |the )?(?:competitor|rival)|at [A-Z][\w-]*)|(?:first|second|final|third)[- ](?:round )?interview (?:at|with)|(?:his|her|my) (?:cv|resume|résumé) (?:is )?(?:out|round|around)|(?:updating|polishing|sending out|sent out) (?:his|her|my) (?:cv|resume|résumé)|early retirement|retir(?:es|ing|e) (?:in|early|next|at|before)|poach\w*"
)
_CUTS = r"redundanc(?:y|ies)|made redundant|being made redundant|lay-?offs?|laid off|laying off|job (?:cuts|losses)|jobs (?:are |will be )?(?:going|at risk|to go|cut)|(?:roles|posts|jobs|heads|people|positions)(?: are| will be|'re)? (?:going to go|to go|being cut|at risk|on the list)|cut(?:ting)? (?:\w+ ){1,3}(?:jobs|roles|posts|heads|people|positions)|let(?:ting)? (?:\w+ ){1,3}go (?:in|by|next|after|before)|at risk of redundancy|(?:shut(?:ting)?|clos(?:e|es|ing|ure of)|sell(?:ing)?|selling off|mothball\w*|offshor\w*|outsourc\w*) (?:down )?(?:the|our|that|of the) (?:\w+ )?(?:site|plant|office|depot|branch|unit|factory|team|division|warehouse|lab|store|shop|department)"
_REORG = r"re-?structur\w+|re-?org\w*|merger|takeover|take-over|acquisition|being (?:sold|bought|acquired|merged)|will be (?:sold|closed|shut|merged|cut)|closure|is (?:closing|shutting)"
_AHEAD = r"announce\w*|nobody knows|no one knows|not out yet|coming|planned|will be|going to be|before (?:christmas|summer|easter)|doesn't know|don't know|haven't been told|hasn't been told|leak\w*|hush|confiden\w*|secret|next (?:month|year|quarter|week)|in the (?:autumn|spring|summer|new year|fall)|on the cards"

# What was done to somebody: always a disclosure.
_WRONGED = (
    r"harass(?:ed|es|ing|er)|discriminated|discriminat(?:es|ing) against|retaliat(?:ed|es|ing)|victimi[sz](?:ed|es|ing)|sexual(?:ly)? (?:comment|remark|joke|harass|assault|advance|message|touch)\w*"
    r"|(?:sexually |physically )?assaulted|grop(?:ed|es|ing)|stalk(?:ed|s|ing) (?:me|her|him|them)|(?:hands?|arm) (?:on|round|around|up) (?:my|her|his) (?:leg|back|knee|waist|shoulders?|thigh|bum|bottom|neck|hip|skirt)"
    r"|(?:pinched|slapped|grabbed|kissed|cornered|groped|shoved) (?:me|her|him)\b|touch(?:ed|es|ing) (?:me|her|him|my|his)(?: \w+)? (?:leg|arm|hair|back|knee|waist|shoulder\w*|bum|inappropriately|without)"
    r"|(?:makes?|made|making) (?:advances|a pass)|racial slurs?|slurs?|the (?:n|p)-word|(?:racist|sexist|homophobic|antisemitic|islamophobic|transphobic|ageist|lewd|obscene|dirty|crude|filthy) (?:\w+ )?(?:joke|comment|remark|name|abuse|email|message|text|gesture|nickname|banter)s?"
    r"|(?:racially|verbally|physically|sexually) abus\w+|racial abuse|(?:unwanted|unwelcome|inappropriate) (?:touching|attention|advances?|contact|messages?|texts?|comments?|photos?|pictures?|jokes?|remarks?|behaviou?r)"
    r"|(?:being|been|was|is|'s|were|got|gets?|getting) (?:\w+ )?(?:bullied|harassed|victimi[sz]ed|groped|stalked|discriminated|singled out (?:for|because)|intimidated|racially|sexually)|bull(?:ied|ies|ying) (?:me|him|her|them)|hostile (?:work )?environment"
    r"|(?:asked|asks|asking) (?:me|her|him) (?:if|whether|when) (?:i|she|he)[^.;?!]{0,25}(?:kids|pregnant|children|bab\w+|a family)|ruin (?:my|his|her|their) career|(?:sent|sends|sending) (?:me|her|him) (?:a |an )?(?:\w+ )?(?:nudes?|naked|explicit|lewd|dirty)\w*"
    r"|(?:ask(?:ed|s|ing)?|invit(?:ed|es|ing)) (?:me|her|him) (?:back |up )?to (?:his|her|the) (?:room|hotel room|flat)|star(?:es|ing|ed) at (?:my|her) (?:chest|legs|body|breasts)|brush(?:es|ed|ing) (?:up )?against (?:me|her|him)"
    r"|(?:won't|doesn't|didn't|wouldn't|never) (?:hire|promote|send|put|let|pick|give)[^.;?!]{0,40}(?:women|mothers|mums|black|asians?|muslims?|pregnant|gay|disabled|foreigners|girls|over (?:50|fifty|60|sixty))"
    r"|(?:called|calls|calling|refer(?:s|red) to) (?:me|her|him|them|us) (?:as )?(?:a |an |the |\"|')*(?:\w+ )?(?:diversity hire|token \w+|girlie|sweetheart|coloured|terrorist|monkey|cripple|retard\w*|tranny|dyke|fag\w*|old (?:git|bag|woman)|baby machine|immigrant|ape|curry\w*)"
)
_MOCKED = r"comment(?:s|ed|ing|ary)?|remark(?:s|ed|ing)?|jokes?|joked|joking|mimic\w*|mock(?:s|ed|ing)|imitat\w+|laugh(?:s|ed|ing) at|makes? fun|made fun|making fun|teas(?:es|ed|ing)|impressions? of|nicknames?|jibes?|digs? (?:at|about)|taunt\w*|sneer\w*|banter|cracks? about|snigger\w*|aloud|leer\w*|insult\w*|quips?|noises"
_SELF = (
    r"(?:my|her|his|their) (?:\w+ )?(?:body|bodies|looks|figure|legs|chest|breasts|bum|dress|skirt|skin|hair|accents?|religion|faith|prayers?|praying|prayer \w+|race|colou?r|gender|sexuality|pregnancy|weight|headscarf|hijab|turban|disability|stammer|stutter|wheelchair|hearing aids?|english|bump|nationality|age|sari|country|people)"
    r"|being (?:a |an |too )?(?:woman|women|girl|mum|mother|lesbian|gay|trans|black|brown|asian|muslim|jewish|hindu|sikh|foreign\w*|disabled|deaf|old|pregnant|immigrant|autistic|african|indian|polish|irish|single mother)|(?:because|as|since) (?:i'm|she's|he's|i am|she is|he is|they're|she was|he was|i was) (?:a |an |the only )?(?:woman|girl|mother|mum|lesbian|gay|trans|black|brown|asian|muslim|jewish|hindu|sikh|foreign\w*|disabled|deaf|too old|pregnant|immigrant)"
    r"|where (?:i|she|he) (?:comes?|came|is|was) from|the way (?:i|she|he) (?:talks?|speaks?|looks?|dresses|walks?)|how (?:i|she|he) (?:talks?|speaks?|looks?|dresses)"
)
_COMPLAINED = (
    r"(?:complain(?:ed|ing|s|t)?|object(?:ed|ing|s)|report(?:ed|ing|s) (?:it|him|her|them|this|that|the \w+)|rais(?:ed|ing) (?:it|this|that|a|the|his|her|my|concerns?)[\w ]{0,25}|sp(?:oke|oken|eaking) (?:up|out)|(?:went|going|gone) to hr|told hr|grievance|said no|turned (?:him|her|them) down|refused (?:him|her|them|to)"
    r"|(?:blew|blowing) the whistle|whistle-?blow\w*|call(?:ed|ing) (?:it|him|her|them) out|stood up (?:to|for)|gave evidence|maternity leave|came out|told (?:him|her|them) (?:to stop|no|off)|asked (?:him|her|them) to stop|backed up|witness statement)"
)
_PUNISHED = (
    r"(?:cut|cuts|slashed|halved|changed|lost) (?:my|her|his|their|all|every|the) (?:\w+ )?(?:hours|shifts?|overtime|rota|days|bonus|budget|clients?|accounts?|project)|(?:took|taken|takes|moved|pulled|kicked|dropped|left|been|being|is|was|kept|keeps) (?:me |her |him |them )?(?:been |being )?(?:off|out of|from) (?:the|every|all|my|his|her|their|any|it|meetings?|rota)"
    r"|passed over|overlooked|demoted|(?:off|dropped from|left off|wiped from|missing from) the \w+|worst (?:shifts?|jobs?|slots?)|nothing but (?:nights|\w+)|(?:on|to|given) (?:permanent |all |only )?(?:nights|night shifts|weekends)|(?:rating|review|score|appraisal|marks?) (?:\w+ ){0,2}(?:dropped|cut|lowered|fell|went|down|marked)|punish\w*|sideline\w*|(?:frozen|freezing|froze|iced|shut|left|cut) (?:\w+ )?out"
    r"|excluded|not (?:been )?invited|uninvited|threaten\w*|contract (?:\w+ ){0,2}(?:not|ended|renewed)|(?:wasn't|not|isn't being) renewed|let go|sacked|fired|marked down|downgraded|(?:stopped|stops|won't|doesn't|hasn't|not) (?:talking|speaking|speak|spoken|talk|invit\w+)|blanked|transferred|written up|(?:a|given a|final|written) warning|disciplin\w+|nobody (?:talks|speaks)|made (?:my|her|his) life"
)
_THEN = r"since|after|because|once|when|ever since|for|as soon as|then|now|next day|following|later|suddenly|and|until|the (?:day|week|month) after"
_WRONG_NOUNS = r"harassment|discrimination|retaliation|victimi[sz]ation|bullying|racism|sexism|homophobia|transphobia|islamophobia|antisemitism|ableism"
_WRONG_SAID = re.compile(
    rf"(?:experienc\w+|suffer\w+|fac(?:ed|ing)|report(?:ed|ing|s)?|subject\w* to|victim of|complain\w* (?:of|about)|disclos\w+|witness\w*|about (?:the|his|her|my)|it(?:'s| is| was)|this is|that's|that is|calls? it|called it|amounts? to|a case of|pattern of|felt like|feels like|looks like|sounds like|clear|plain|outright|pure|sheer) (?:\w+ ){{0,2}}(?:{_WRONG_NOUNS})",
)
_AS_SUBJECT = re.compile(
    r"\b(?:training|course|module|policy|policies|workshop|awareness|survey|e-?learning|webinar|campaign|procedure|theme|themes|guidance|statistics|stats|charter|helpline|poster\w*|anti-\w+|zero tolerance|respect at work)\b",
    re.IGNORECASE,
)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{pattern})(?!\w)")


_BOSS = r"(?:my|his|her|their|[A-Z][\w-]*'s) (?:\w+ )?(?:boss|manager|director|supervisor|team ?lead|chair|ceo|cfo|coo|deputy|predecessor|successor|number two)"
_SOMEBODY = rf"(?:[A-Z][\w'-]*|{_BOSS})"
_COPULA = (
    r"(?: (?:\([^)]{1,30}\)|in \w+|from \w+|there|over there|at \w+|who))?(?:'s| is| was| are| can be| has been|'s been| being| as|:| =| -| –)"
    r"(?: (?:a|an|the|so|such|just|really|very|too|always|frankly|basically|totally|completely|still|being|been|only|clearly|honestly|quite|pretty|a bit|a complete|a total|an absolute|absolutely|complete|total|utter)){0,4} [\"']?"
)
_HARD = (
    r"useless|lazy|incompetent|clueless|arrogant|bully|a liar|two-faced|an idiot|control freak|patroni[sz]ing|condescending|manipulative|vindictive|dishonest|untrustworthy|unprofessional|out of (?:his|her|their) depth|dead ?wood|dead weight|self-serving|narcissist\w*|misogynist|passive[- ]aggressive"
    r"|spiteful|insufferable|spineless|a coward|waste of space|creepy|a creep|brick wall|weasel|snake|tyrant|empire[- ]build\w+|toxic|sexist|racist|an? (?:\w+ )?nightmare to|moron|prat|muppet|jobsworth|windbag|backstabber|brown-?nos\w+|not up to (?:it|the job)|dinosaur"
)

_STRONG_HEALTH = _compiled(_ILLNESS)
_OF_A_PERSON = _compiled(
    rf"{_PERSON}{_BEING} (?:\w+ ){{0,1}}?(?:{_AILING}|{_ILLNESS})|{_OWNER} (?:\w+ ){{0,2}}?(?:{_AILING}|{_ILLNESS}|op)"
)
_FAMILY = _compiled(
    rf"{_OWNER} (?:\w+ )?{_RELATION}\b[^.;!?]{{0,60}}?\b(?:{_TROUBLE})|(?:{_TROUBLE})\b[^.;!?]{{0,30}}? {_OWNER} (?:\w+ )?{_RELATION}"
)
_AT_HOME = _compiled(_HOME)
_JUDGEMENT = _compiled(rf"{_SOMEBODY}{_COPULA}(?:{_JUDGED})|{_SOMEBODY}(?: \w+){{0,2}}? (?:{_DOES_ILL})")
_AVERSION = _compiled(rf"(?:{_FEELS_ABOUT})(?: (?:that|the|poor|old|how|having|with|working|talking|to|by|being)){{0,3}} {_SOMEBODY}")
_HARSH = _compiled(rf"{_SOMEBODY}\b[^.;!?]{{0,90}}?\b(?:{_HARD})|(?:{_HARD})\b[^.;!?]{{0,25}} {_SOMEBODY}")
_SAID_OF_HIM = re.compile(
    rf"^\W*(?:(?:and|but|also|honestly|frankly|basically|apparently) )?(?:he|she|they)(?:{_COPULA}(?:{_JUDGED})|(?: \w+){{0,1}}? (?:{_DOES_ILL}))(?!\w)"
)
_SECRECY = _compiled(_SECRET)
_WAGES = _compiled(_PAY)
_GOING = _compiled(_LEAVING)
_CUTTING = _compiled(_CUTS)
_REORGANISED = _compiled(_REORG)
_BEFOREHAND = _compiled(_AHEAD)
_WRONG = _compiled(_WRONGED)
_MOCKING, _OF_SELF = _compiled(_MOCKED), _compiled(_SELF)
_OBJECTING, _PUNISHING = _compiled(_COMPLAINED), _compiled(_PUNISHED)
_SEQUEL = _compiled(rf"(?:{_THEN})")
_MOST_APART = 90  # characters between a remark and what it is about


@dataclass(frozen=True)
class Matter:
    """What a sentence carries: its kind and the stretch of it (code points) that says so."""

    kind: SensitiveKind
    start: int
    end: int


def small_but_names(text: str, people: Collection[str], things: Collection[str]) -> str:
    """Return a text of the same length in small letters, in which only names begin with a capital: not the pair's, not those of things."""
    straight = plain_case(text.translate(QUOTES))
    low = straight.lower() if len(straight.lower()) == len(straight) else "".join(c if len(c.lower()) != 1 else c.lower() for c in straight)
    letters = list(low)
    for name in names(straight):
        parts = {part.casefold() for part in re.split(r"[\W_]+", name.text)} - {"s", ""}
        if straight[name.start].isupper() and not name.text.isupper() and not parts & set(people) and not parts <= set(things):
            letters[name.start] = straight[name.start]
    return "".join(letters)


def matter_of(low: str, subjects: Collection[str], before: str = "") -> Matter | None:
    """Return the private matter of a sentence, gravest first, or None.

    `low` and `before` (the sentence before it) come from `small_but_names`; `subjects` are the stems of the pair's goals.
    """
    for find in (_disclosure, _health, _family, _complaint, _confidence):
        if found := find(low, subjects, before):
            return found
    return None


def _disclosure(low: str, subjects: Collection[str], before: str) -> Matter | None:
    found = _WRONG.search(low) or _WRONG_SAID.search(low)
    if found and not _AS_SUBJECT.search(low):
        return Matter(SensitiveKind.DISCLOSURE, *found.span())
    for mocking in _MOCKING.finditer(low):
        of_self = _OF_SELF.search(low, max(0, mocking.start() - _MOST_APART), mocking.end() + _MOST_APART)
        if of_self and " own " not in low[of_self.start() : of_self.end()]:
            return Matter(SensitiveKind.DISCLOSURE, min(mocking.start(), of_self.start()), max(mocking.end(), of_self.end()))
    objecting = _OBJECTING.search(low)
    if objecting and (punishing := _punished(low, objecting)):
        return Matter(SensitiveKind.DISCLOSURE, min(objecting.start(), punishing.start()), max(objecting.end(), punishing.end()))
    if low.lstrip().startswith(("since", "ever since", "and since", "then", "a week later", "the next", "after that", "now ", "and now")):
        punishing = _PUNISHING.search(low)
        if punishing and _OBJECTING.search(before):
            return Matter(SensitiveKind.DISCLOSURE, *punishing.span())
    return None


def _punished(low: str, objecting: re.Match[str]) -> re.Match[str] | None:
    """Return what was done to somebody for objecting, in the same sentence and joined to it by time or cause."""
    for punishing in _PUNISHING.finditer(low):
        first, last = sorted((objecting.span(), punishing.span()))
        joined = low[max(0, min(first[0], last[0]) - 20) : last[0]]
        if last[0] - first[1] <= _MOST_APART and first[1] <= last[0] and _SEQUEL.search(joined):
            return punishing
    return None


def _health(low: str, subjects: Collection[str], before: str) -> Matter | None:
    for pattern in (_OF_A_PERSON, _STRONG_HEALTH):
        for found in pattern.finditer(low):
            of_person = pattern is _OF_A_PERSON
            if _WORK_OF_HEALTH.match(low, found.end()) or _GENERAL.search(low[: found.start()].lower()):
                continue
            if not of_person and (stems(found.group()) & set(subjects) or _AS_SUBJECT.search(low)):
                continue
            return Matter(SensitiveKind.HEALTH, *found.span())
    return None


def _family(low: str, subjects: Collection[str], before: str) -> Matter | None:
    found = _FAMILY.search(low) or _AT_HOME.search(low)
    return Matter(SensitiveKind.FAMILY, *found.span()) if found else None


def _complaint(low: str, subjects: Collection[str], before: str) -> Matter | None:
    found = _JUDGEMENT.search(low) or _AVERSION.search(low) or _HARSH.search(low)
    if found is None and _NAMED.search(before):
        found = _SAID_OF_HIM.search(low)
    return Matter(SensitiveKind.THIRD_PERSON, *found.span()) if found else None


_NAMED = re.compile(rf"(?<!\w){_SOMEBODY}")


def _confidence(low: str, subjects: Collection[str], before: str) -> Matter | None:
    for pattern in (_SECRECY, _WAGES, _GOING, _CUTTING):
        found = pattern.search(low)
        if found and (pattern is _SECRECY or not stems(found.group()) & set(subjects)):
            return Matter(SensitiveKind.CONFIDENCE, *found.span())
    found = _REORGANISED.search(low)
    if found and _BEFOREHAND.search(low) and not stems(found.group()) & set(subjects):
        return Matter(SensitiveKind.CONFIDENCE, *found.span())
    return None


def is_mark_of_secrecy(low: str) -> bool:
    """Tell whether a sentence only asks for secrecy about what stands beside it: "Keep that to yourself." """
    found = _SECRECY.search(low)
    return found is not None and len(stems(low[: found.start()] + " " + low[found.end() :])) <= 2
