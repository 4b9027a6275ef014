"""Words that tell a story of one's own work from a wish, a rule or an advertisement."""

from __future__ import annotations

TIMELESS = frozenset("bet cut hit let put quit read set shed shut split spread".split())
"""Pasts that look like their present: they tell something only beside clearer ones."""

IRREGULAR_PASTS = TIMELESS | frozenset(
    "ate became began bent bought bound broke brought built burnt came caught chose clung"
    " crept dealt did dreamt drew drove dug fed fell felt flew forbade forgot fought found"
    " froze gave got grew had heard held hid hung kept knew laid lay led left lent lit lost"
    " made meant met overcame oversaw paid proved ran rang rebuilt redid reran resent reset"
    " rethought rewrote rode rose said sang sat saw sent shook shot showed slept slid sold"
    " sought spent spoke stood struck stuck swam taught thought threw told took tore undercut"
    " understood undertook undid was went were withdrew woke won wore wrote".split()
)
"""Simple pasts; a regular one ends in -ed."""

CLEAR_PASTS = (
    IRREGULAR_PASTS
    - TIMELESS
    - frozenset("bent bound built burnt fed found lent lit made meant paid proved stuck".split())
)
"""Simple pasts that are neither present forms nor, as a rule, participles after a noun."""

PAST_PARTICIPLES = frozenset(
    "been begun broken chosen done drawn driven fallen flown forgotten given gone grown hidden"
    " known ridden risen run seen shown spoken stolen sworn taken thrown torn withdrawn woken worn"
    " written rewritten overcome come become".split()
)
"""Participles that are no simple pasts; `have` stands before them."""

NO_PASTS = frozenset(
    "hundred embed red bed sacred sled wed naked tired excited interested unused detailed limited"
    " advanced related based biased distributed supervised unsupervised aged alleged supposed"
    " committed dedicated motivated experienced skilled talented trusted oriented paced".split()
)
"""Words in -ed that are no verbs, or hardly ever those of a story."""

PASTS_IN_EED = frozenset("agreed disagreed freed guaranteed refereed".split())
"""The few pasts among words like `need` and `speed`."""

EMPTY_VERBS = frozenset(
    "was were had felt thought believed wanted knew liked loved hoped needed seemed stayed"
    " remained enjoyed preferred lived happened meant hated feared cared leveraged empowered"
    " aligned fostered championed inspired motivated thrived excelled embraced exceeded maximized"
    " ideated pivoted unlocked spearheaded utilized engaged".split()
)
"""States, attitudes and self-praise: no steps at all."""

LIGHT_VERBS = frozenset(
    "did got became worked joined tried learned learnt saw noticed realized helped supported"
    " participated contributed collaborated managed handled dealt went used made decided took"
    " owned understood assumed suspected expected said kept started began agreed disagreed came"
    " spent stood focused continued received ensured faced struggled succeeded failed improved"
    " optimized facilitated coordinated delivered achieved drove streamlined accelerated"
    " enabled".split()
)
"""Verbs that say little about what was done."""

MODALS = frozenset("would will should might may shall must ought".split())
CONDITIONS = frozenset("if suppose imagine assuming provided whenever".split())
OTHERS = frozenset(
    "he she they it you who which there everyone everybody nobody somebody someone anyone".split()
)
"""Subjects that are neither the speaker nor the speaker's group."""

JOINERS = frozenset("and then or but".split())
ADVERBS = frozenset(
    "also then first second third finally afterwards later next just even both had have having has"
    " never therefore so once again meanwhile still now only soon already thus twice instead ever"
    " since always usually often simply actually all".split()
)
"""What may stand between a subject, or the joiner before it, and its verb; so may -ly."""

AUXILIARIES = frozenset("have had be been was were is are do did could".split())
ABILITY = frozenset("not see only hardly".split())
"""After `could`, what makes it a past rather than a wish."""

NO_NOUNS = frozenset("feel feels become becomes remain remains".split())
"""Verbs before an adjective in -ed."""
