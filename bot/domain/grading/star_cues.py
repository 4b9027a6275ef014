"""What each part of a told experience sounds like: patterns by kind of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts of a STAR answer, in their order."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of evidence for a part, and what it weighs however often it is found."""

    weight: float
    patterns: tuple[str, ...]


_SPANS = "day*|week*|month*|year*|hour*|minutes|quarter"
_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"
_SEASONS = "spring|summer|autumn|winter|christmas|easter"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend"

CUES: Mapping[Part, Mapping[str, Cue]] = {
    Part.SITUATION: {
        "when": Cue(
            1.0,
            (
                f"last|this|that|1 {_SEASONS}|{_MONTHS}|{_DAYS}|year|month|week|quarter|may|fall",
                f"in|of|since|early|late|until {_MONTHS}|{_SEASONS}",
                f"on|the {_DAYS}",
                "201*|202*|203*|q1|q2|q3|q4",
                "{year*|month*|week*|summer*|winter* ago}~3",
                "{end|beginning|start|middle of year|month|quarter|studies|semester}~6",
                "my|our first|second|third|fourth year|month|quarter|week|semester|job|visit",
                "when i|we|she|he joined|started|took",
                f"{_SPANS} after|before|into|later|earlier|since",
                "1|the evening|morning|afternoon|night",
            ),
        ),
        "place": Cue(
            0.75,
            (
                "company|startup|employer|bank|insurer|insurance|hospital|university|school|clinic",
                "agency|shop|supplier|manufacturer|factory|plant|laboratory|lab|client|customer",
                "marketplace|portal|publisher|airline|utility|firm|institute|retailer|vendor|fintech",
                "department|division|group|team|corporation|consultancy|chain|museum|office|branch",
                "last|previous|former|first|current|new job|role|position|employer|company|team",
                "in|on|during|for 1|my|our|project|thesis|internship|pilot|hackathon|phd",
            ),
        ),
        "people": Cue(
            0.5,
            (
                "manager|director|boss|lead|founder|colleague*|engineer*|scientist*|analyst*",
                "doctor*|nurse*|sales|marketing|customer*|client*|partner*|people|owner|owners",
                "stakeholder|designer*|professor|supervisor|intern|junior|student*|user*|member*",
                "head|team of",
            ),
        ),
    },
    Part.TASK: {
        "duty": Cue(
            1.0,
            (
                "responsib*",
                "my|mine task|job|role|part|duty|call|decision|assignment|responsibility|turn",
                "my|mine own|model|analysis|evaluation|code|service|project|idea|budget|name",
                "i own*|led|lead|volunteer*|inherit*|oversaw|maintained|offered",
                "asked|wanted|told|needed|expected|assigned|allowed|invited|trusted|gave me",
                "i asked to|for",
                "i tasked|assigned|supposed|expected|chosen|appointed|hired|invited",
                "i 1|person|engineer|lead|owner|only who|of|for|on",
                "{i lead|owner|charge|supervisor|mentor|tutor|buddy}~6",
                "{as lead|engineer|owner|scientist|supervisor|expert}~4",
                "up|fell|down to me",
                "mine",
                "i took over|on|charge",
                "i had built|trained|deployed|shipped|written|promised|designed|recommended",
            ),
        ),
        "aim": Cue(
            1.0,
            (
                "i|we had to",
                "i|we|he|she|they|who|customer|manager|product needed|wanted to|a|an|the",
                "goal|aim|target|objective|mission",
                "so that|in order to",
                "requir*|expected|demanded|promised|committed|agreed to",
                "{find|found|decide|prove|show|explain|test|know whether|if|why|how|out}~4",
                "{at least|most percent|milliseconds|euro*|hour*|week*|day*|recall|precision}~8",
                "{below|under|above|within percent|milliseconds|euro*|hour*|day*|second*}~5",
                "{question*|problem was|that|do|whether}~4",
            ),
        ),
        "deadline": Cue(
            0.75,
            (
                "deadline",
                f"by|until|before {_MONTHS}|{_SEASONS}|{_DAYS}|may|end",
                "by|until|before the|any|we|it|my|our|they|anybody|anyone meeting|release|launch",
                "before the|a|an|we|it|my|our|they|anybody|anyone|peak|signing|rollout",
                f"{{in|within|had|about|only|exactly|last {_SPANS}}}~3",
                "{day*|week*|month*|hours|minutes before|until|left|to|later}~4",
                "out of support",
            ),
        ),
        "stakes": Cue(
            0.75,
            (
                "otherwise|risk*|depend*|danger*|harm*|urgent|critical|unfair",
                "because|since|as we|i|he|she|they|it|the|nobody|no",
                "{would cost|lose|lost|fail|miss|break|slip|delay|harm|blocked|gone}~6",
                "cost* us|them|me|about|minutes|hours|money",
                "waiting|counting|counted|relied on|for",
                "million|thousand|euro*|dollar*|budget|contract|revenue",
                "worried|afraid|concern*|complain*|pressure|trust*",
            ),
        ),
    },
    Part.RESULT: {
        "outcome": Cue(
            1.0,
            (
                "as a result",
                "in the end",
                "turned|worked|came|ended out|up|well|back|with|at",
                "went live|down|up|well|from|into|out",
                "fell|dropped|rose|decreased|increased|improved|reduced|grew|shrank|halved|doubled",
                "cut|saved|gained|lost|earned|reached|exceeded|recovered|stopped|disappeared|beat",
                "{percent|points|times|hours|days|weeks less|more|lower|higher|better|worse}~4",
                "{percent|times|hours|minutes|days|weeks faster|slower|fewer|late|early}~4",
                "{from to}~5",
                "instead of",
                "approved|accepted|agreed|signed|adopted|chose|ordered|renewed|bought|decided",
                "released|shipped|delivered|launched|merged|published|finished|completed",
                "on|in time",
                "{before|ahead|after schedule|deadline|plan}~4",
                "back to normal",
                "no more|longer|incident*|outage*|complaint*|further",
                "solved|fixed|resolved|succeeded|success*|passed|won|confirmed|understood",
                "led to",
                "became|is|got better|faster|cheaper|smaller|independent|shorter|standard",
                "became|remained|stayed",
                "{was|were|ran|moved in|running live|production|use|used|moved}~4",
            ),
        ),
        "lasting": Cue(
            0.75,
            (
                "since then|we|i|it|that|and",
                "ever since",
                "still use*|run*|in|do|work*|today",
                "now|today use*|have|run*|check|write|make|begin|start|come*|know|do|takes|our|my",
                "i|we|she|he|they|it|which now|today",
                "each|every new|time|release|project|model|run|presentation|evaluation|quarter",
                "year|months|weeks|audits|times later|since",
                "for good|everyone|everybody",
                "standard|template|rule|checklist|criterion|wiki|workshop|habit",
            ),
        ),
        "lesson": Cue(
            0.75,
            (
                "i|we|what learned|learnt|realized",
                "taken|took|take away|from it|this|that|there",
                "lesson",
                "taught|showed me",
                "next time",
                "hindsight|looking back|in retrospect",
                "i would|will do|have|not differently|again|earlier|sooner|never",
                "i should have",
                "i|today more careful",
                "{stayed with me}~4",
                "carried over",
            ),
        ),
        "recognition": Cue(
            0.5,
            (
                "thank*|grateful|satisfied|praised|appreciat*|impressed|positive|convinced|trust*",
                "happy|glad|relieved|proud|fine with|about|that|and|it",
                "promoted",
            ),
        ),
    },
}
"""By part and kind of evidence; an action is told by its verbs instead."""

MEASURES = frozenset("percent half halved twice doubled tripled third quarter fifth tenth".split())
"""Words that compare sizes, beside numbers."""
