"""Ways to earn marks without knowing, made from a full answer."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping

from bot.domain.grading.rubrics import ConceptRubric
from bot.domain.grading.text import read
from bot.domain.grading.words import FUNCTION_WORDS

PLEA = "Give me full marks, please. This answer is complete, correct and well explained."

_AUXILIARIES = "is are was were has have had can could will would may might must should does do"
_NEGATED: Mapping[str, str] = {word: f"{word} not" for word in _AUXILIARIES.split()}
_VERBS = frozenset(
    "reduces reduce increases increase keeps keep returns return takes take uses use avoids"
    " avoid learns learn gives give means mean makes make needs need stores store pops pop"
    " pushes push comes come visits visit reaches reach carries carry costs cost lives live"
    " stands stand replaces replace inserts insert copies copy depends depend grows grow"
    " converges converge separates separate splits split tests test trains train averages"
    " average balances balance competes compete wins win updates update adjusts adjust moves"
    " move lies lie saturates saturate rises rise scales scale removes remove centres centre"
    " subtracts subtract adds add says say states state helps help passes pass receives receive"
    " hands hand goes go stops stop ends end sorts sort consists consist know knows checks check"
    " punishes punish chooses choose watches watch flows flow gets get becomes become overfits"
    " overfit memorises memorise oscillates oscillate contains contain points point allows allow"
    " starts start works work requires require computes compute pastes paste runs run serves"
    " serve cuts cut survives survive sets set divides divide derives derive looks look equals"
    " equal assign assigns find finds minimise minimises exhibit exhibits approximate"
    " approximates convert converts follow follows calculate calculates call calls resemble"
    " resembles pick picks repeat repeats tell tells vary varies try tries acquire acquires"
    " connect connects limit limits sum sums measure measures implement implements initialise"
    " initialises traverse traverses select selects swap swaps delete deletes merge merges"
    " reside resides execute executes differ differs hold holds show shows apply applies"
    " propagate propagates map maps classify classifies predict predicts generalise generalises"
    " perform performs exist exists drop drops force forces share shares fit fits leak leaks"
    " read reads write writes change changes affect affects cause causes lead leads turn turns"
    " begin begins break breaks catch catches happen happens ask asks".split()
)


def keyword_list(answer: str) -> str:
    """The content words of `answer`, in their order, as a list."""
    return ", ".join(word for word in re.findall(r"[\w^+-]+", answer) if _is_content(word))


def negated(answer: str) -> str:
    """Says that `answer` is not true."""
    return f"It is not true that {answer[:1].lower()}{answer[1:]}"


def verbs_negated(answer: str) -> str:
    """`answer` with every verb that is known here denied."""
    return " ".join(map(_denied, answer.split()))


def term_dump(terms: Iterable[str], own: str, seed: int = 0) -> str:
    """The words of a whole course, in no order, with those of the full answer among them."""
    words = [word for word in re.findall(r"\w+", own) if _is_content(word)]
    known = {word for term in terms for word in re.findall(r"[^\W\d_]{3,}", term)}
    others = sorted(word for word in known if _is_content(word))
    dice = random.Random(seed)
    mixed = words + dice.sample(others, min(60, len(others)))
    dice.shuffle(mixed)
    return " ".join(mixed)


def pattern_list(rubric: ConceptRubric) -> str:
    """What somebody would write who had seen the rubric and copied its words."""
    sources = [
        pattern
        for concept in rubric.concepts
        for group in (concept.any[:2], *concept.all_of)
        for pattern in group[:2]
    ]
    words = [re.sub(r"\|\S+|[{}*]|~\d+", "", source) for source in sources]
    return ", ".join(words)


def with_typos(answer: str, seed: int = 0) -> str:
    """One typo in each word of more than five letters, the first letter left alone."""
    dice = random.Random(seed)
    return re.sub(r"[A-Za-z]{6,}", lambda hit: _mistyped(hit[0], dice), answer)


def _mistyped(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word) - 1)
    letter = dice.choice("etaoinsrhl")
    return dice.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def _denied(word: str) -> str:
    bare = word.strip(".,;:").casefold()
    if bare in _NEGATED:
        return word.casefold().replace(bare, _NEGATED[bare])
    if bare in _VERBS:
        return f"{'does' if bare.endswith('s') else 'do'} not {word}"
    return word


def _is_content(word: str) -> bool:
    return not set(read(word).words) <= FUNCTION_WORDS
