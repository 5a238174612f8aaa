"""Sentences of our own that take a position on a contested point, and some that take none."""

# By point: one list for each position in the order of knowledge/contested.yaml, and last the sentences that take no position.
SENTENCES: dict[str, tuple[list[str], ...]] = {
    "Who is the mentor": (
        [
            "In our programme, junior employees mentor senior executives.",
            "Senior leaders are mentored by early-career colleagues.",
            "Each director is paired with a younger employee who acts as the mentor.",
            "The mentor is the younger of the two.",
            "Here the mentee is always the more senior person.",
        ],
        [
            "Experienced staff mentor new joiners during their first year.",
            "Mentors are senior members of staff.",
            "Each newcomer is given a senior mentor.",
            "Mentors must have at least five years of experience.",
            "Junior engineers are mentored by a senior colleague.",
        ],
        [
            "In traditional mentoring, an experienced person guides a newer one.",
            "The mentor and the mentee meet in the canteen.",
            "Juniors are paired with senior leaders.",
            "Unlike reverse mentoring, mentors are more experienced.",
        ],
    ),
    "Whether roles may switch": (
        [
            "The roles do not switch during the programme.",
            "Agree not to swap roles.",
            "Mentor and mentee keep their roles throughout.",
            "The roles are fixed until the last session.",
            "Never switch roles.",
        ],
        [
            "Mentor and mentee may swap roles after three months.",
            "Half-way through, the two switch roles.",
            "You can also reverse the roles from time to time.",
            "In each session both take turns as mentor.",
        ],
        [
            "The pull to switch is strong.",
            "The two take turns at writing the minutes.",
            "A sign that you swap roles is a long lecture.",
            "His role at work has changed.",
        ],
    ),
    "Who leads and sets the agenda": (
        [
            "The mentor leads the sessions.",
            "Mentors should prepare the agenda.",
            "The agenda is prepared by the mentor.",
            "The junior mentor leads most of the session.",
        ],
        [
            "The mentee sets the agenda.",
            "Mentees should drive the relationship.",
            "Mentoring at our firm is mentee-led.",
            "The mentee is responsible for arrangements of meetings.",
        ],
        [
            "If the mentee sets the agenda, something has slipped.",
            "Send the agenda two days ahead.",
            "The mentee never leads the session.",
        ],
    ),
    "Who makes the first contact": (
        [
            "The mentor makes the first contact.",
            "Mentors should reach out to their mentees within a week.",
            "The mentor is expected to initiate contact.",
        ],
        [
            "The mentee makes the first move.",
            "Mentees should contact their mentor after the launch.",
            "The mentee must initiate the first contact.",
        ],
        [
            "The coordinator contacts both.",
            "A mentor should not contact the mentee at weekends.",
        ],
    ),
    "Whether goals need numbers": (
        [
            "Goals must be measurable.",
            "Set measurable goals in the first month.",
            "Every goal needs a number and a date.",
            "Objectives should have clear metrics.",
            "Put a number on each goal.",
        ],
        [
            "Goals should not be measurable.",
            "Avoid numeric targets.",
            "Goals are about learning, not numbers.",
            "Goals need not be quantified.",
            "Don't put numbers on what you want to learn.",
        ],
        [
            "Goals should be written down.",
            "Our goal is to reach a number of sites.",
            "Say how many goals you have.",
        ],
    ),
    "Whether goals should be SMART": (
        [
            "Use SMART goals.",
            "The pair writes its goals in the SMART format.",
            "All objectives should be SMART.",
        ],
        [
            "Goals need not be SMART.",
            "Do not force your goals into the SMART format.",
            "SMART goals are too rigid for this.",
            "Set a direction instead of SMART goals.",
        ],
        [
            "A smart person sets goals.",
            "Put your smartphone away when you talk about goals.",
        ],
    ),
    "How often a pair meets": (
        [
            "Pairs meet every two weeks.",
            "Sessions take place weekly.",
            "Meet every fortnight.",
            "We recommend weekly sessions.",
            "The usual rhythm is a meeting every two weeks.",
        ],
        [
            "Pairs meet once a month.",
            "Mentor and mentee meet for an hour every four weeks.",
            "Plan to meet at least once a month.",
            "One session a month is enough.",
            "Sessions are held monthly.",
        ],
        [
            "Pairs meet every two months.",
            "Mentor and mentee meet every six to eight weeks.",
            "Sessions take place quarterly.",
        ],
        [
            "The coordinator meets every pair once a month.",
            "Meet once or twice a month or weekly, as you like.",
            "The steering group meets monthly.",
            "Mentors do not meet every week.",
            "Peer meetings are held monthly.",
        ],
    ),
    "How long a pair lasts": (
        [
            "The programme runs for six months.",
            "A pair works together for four months.",
            "Six sessions in six months are usual.",
            "It is a six-month programme.",
        ],
        [
            "Mentoring relationships last a year.",
            "The programme runs for twelve months.",
            "The duration of a pair is nine months.",
            "We offer a one-year mentorship.",
        ],
        [
            "Six months after the start they list what they learned.",
            "The programme lasts six to twelve months.",
            "It takes a year to train.",
        ],
    ),
    "Whether there is an end date": (
        [
            "Set an end date at the start.",
            "Every pair needs an end date.",
            "Agree on a firm end date.",
            "Relationships should be time-limited.",
            "Our handbook recommends a provisional end date.",
        ],
        [
            "The relationship is open-ended.",
            "There is no fixed end date.",
            "The pair continues for as long as both find it useful.",
        ],
        [
            "When the end date comes, hold a closing session.",
            "The relationship should not be open-ended.",
        ],
    ),
    "Who makes the match": (
        [
            "The coordinator matches mentors and mentees.",
            "Pairs are assigned by the programme team.",
            "Matching is done by HR.",
            "The matching committee pairs people by interest.",
        ],
        [
            "Mentees choose their own mentor.",
            "Mentees select a mentor from the directory.",
            "Mentors and mentees find each other at an event.",
        ],
        [
            "Mentees cannot choose their own mentors.",
            "A good match takes time.",
            "The coordinator is asked about the match.",
        ],
    ),
    "Whether taking part is voluntary": (
        [
            "Participation is voluntary.",
            "Taking part should never be compulsory.",
            "Only volunteers take part.",
            "Nobody should be forced to join.",
            "Both people must be volunteers.",
        ],
        [
            "Participation is mandatory for directors.",
            "All senior leaders must take part.",
            "Mentoring is compulsory for new managers.",
        ],
        [
            "May taking part be compulsory for leaders?",
            "The training is mandatory.",
            "Volunteers run the kitchen.",
        ],
    ),
    "How far the line manager is involved": (
        [
            "Line managers should not be told what is discussed.",
            "The line manager has no role in the pair.",
            "Keep line managers out of the pair.",
        ],
        [
            "Line managers should be involved from the start.",
            "Keep your line manager informed of progress.",
            "The line manager approves the goals.",
            "Share your goals with your line manager.",
        ],
        [
            "Line managers should be thanked.",
            "Involve the line manager in finding the time.",
            "Do not match anyone with their own line manager.",
        ],
    ),
    "Whether a mentor gives advice": (
        [
            "Mentors should offer specific advice.",
            "The mentor gives advice and examples.",
            "A mentor can provide solutions.",
        ],
        [
            "Mentors do not give advice.",
            "A mentor asks questions instead of giving advice.",
            "Resist the urge to give advice.",
            "Mentors should avoid offering solutions.",
        ],
        [
            "Ask the coordinator for advice.",
            "Legal advice is given by the law department.",
        ],
    ),
    "How far confidentiality goes": (
        [
            "Everything said in sessions is strictly confidential.",
            "All conversations are confidential.",
            "Absolute confidentiality is a must.",
            "What is said stays between the two without exception.",
        ],
        [
            "Conversations are confidential unless somebody is at risk.",
            "Confidentiality ends where the law begins to ask.",
            "Nobody can promise complete confidentiality.",
            "Name the limits of confidentiality in the first session.",
            "There are exceptions to confidentiality.",
        ],
        [
            "Confidentiality matters.",
            "All confidential papers are shredded.",
            "Keep a confidential list.",
        ],
    ),
    "One-to-one or groups": (
        [
            "Mentoring is always one-to-one.",
            "Sessions are held one-on-one.",
            "Sessions take place in pairs.",
        ],
        [
            "Mentoring takes place in small groups.",
            "Sessions are held in groups of four.",
            "Each mentor leads a group of mentees.",
        ],
        [
            "Sessions can be one-to-one or in groups.",
            "Mentoring takes place on Mondays.",
        ],
    ),
    "What a pair reports to the coordinator": (
        [
            "The coordinator never reads notes.",
            "The programme team does not see the content of sessions.",
            "The coordinator has no access to your notes.",
        ],
        [
            "Mentors must submit a report after each session to the coordinator.",
            "Pairs send a short summary after every meeting.",
            "The coordinator reviews all session reports.",
        ],
        [
            "You should report harassment to the coordinator.",
            "The coordinator writes a report.",
            "Send nothing to the coordinator.",
        ],
    ),
    "Whether mentor and mentee come from one department": (
        [
            "Mentor and mentee must not work in the same department.",
            "Mentors should come from a different department.",
            "Pair people from different functions.",
            "Choose cross-departmental pairs.",
        ],
        [
            "Mentor and mentee come from the same department.",
            "Choose a mentor from the mentee's own team.",
            "Match partners within the same business unit.",
        ],
        [
            "The department pays.",
            "If the pair is in the same department, say so.",
        ],
    ),
    "Whether mentors are paid or rewarded": (
        [
            "Mentors should be paid for their time.",
            "Mentors receive a small stipend.",
            "Reward mentors with a gift.",
        ],
        [
            "Mentors are volunteers and are not paid.",
            "Mentors receive no payment.",
            "There is no reward for mentors.",
            "Mentoring is unpaid.",
        ],
        [
            "Mentees are paid a stipend.",
            "Pay attention to the mentor.",
            "If mentors are paid, say so.",
        ],
    ),
    "Whether a pair keeps notes": (
        [
            "Keep notes of every session.",
            "Mentees should keep a log.",
            "Both should take brief notes.",
        ],
        [
            "Do not take notes during sessions.",
            "No notes are taken.",
            "Never keep a record of your conversations.",
        ],
        [
            "Private notes belong to their author.",
            "She sent a note.",
            "Take note of the date.",
        ],
    ),
    "Whether sessions are recorded": (
        [
            "Do not record sessions.",
            "Sessions are never recorded.",
            "Recording conversations is not allowed.",
        ],
        [
            "Record every session so that others can learn.",
            "All sessions will be recorded.",
        ],
        [
            "Do not record sessions unless both agree.",
            "Record what you agreed.",
            "Keep a record of actions.",
        ],
    ),
    "Whether the senior helps with the junior mentor's career": (
        [
            "The mentee guides the mentor in career matters.",
            "In return, the leader also helps the mentor's career.",
        ],
        [
            "Career advice for the mentor is arranged separately.",
            "Do not use sessions for career guidance.",
        ],
        [
            "The mentor has a career in finance.",
            "If the mentee advises on the mentor's career, bring it back.",
        ],
    ),
    "Whether mentors need training": (
        [
            "Mentors must attend a training before the start.",
            "All mentors complete a two-hour training.",
            "Both sides should be trained.",
            "The plan asks for training on both sides.",
        ],
        [
            "Mentors do not need any training.",
            "No special training is required.",
            "Mentors need no formal training.",
        ],
        [
            "The training room is free.",
            "Mentors train for a marathon.",
        ],
    ),
    "In person or online": (
        [
            "The first session should be in person.",
            "Face-to-face meetings are essential.",
            "Meet in person for the first session.",
        ],
        [
            "Online sessions are just as effective as others.",
            "Video calls work as well.",
            "There is no need to meet in person.",
        ],
        [
            "Meet online or in person.",
            "In-person meetings are on Mondays.",
        ],
    ),
    "How many mentees one mentor has": (
        [
            "A mentor has only one mentee.",
            "Do not give one mentor two mentees.",
            "Run a second round rather than giving one junior two directors.",
        ],
        [
            "A mentor can take on up to three mentees.",
            "Mentors may have several mentees.",
        ],
        [
            "The mentees have several mentors.",
            "Two mentees were ill.",
        ],
    ),
}
