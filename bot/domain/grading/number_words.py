"""The words around a typed number: which leave it as it is, and which could change it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.domain.grading.unit_tables import SCALES
from bot.domain.grading.units import Unit, is_count, is_known

FILLER = re.compile(
    r"about|almost|answer|approx|approximately|around|be|ca|circa|equals?|exactly|guess|i|i'd|i'm"
    r"|is|it|it's|its|just|maybe|my|nearly|only|or|probably|result|roughly|say|should|so|that's"
    r"|the|think|total|value|would",
    re.IGNORECASE,
)
_LEADING = frozenset(
    "a after amounts an are as at becomes bin by calculate calculated comes compute computed"
    " estimate estimated expect factor final from get gets getting give gives got has have hence"
    " i'll i've in index it'll make makes me n need needs nr number of on step take takes that"
    " then there there's therefore they this threshold thus to we we'd with x y yields you".split()
)
_TRAILING = frozenset(
    "a actually again all altogether an are as asked at average by calculated computed correct"
    " each estimate estimated every expected far final fully get give given have here in mean"
    " means need needed needs now of on once our overall precisely required respectively"
    " resulting round rounded same sharp sum summed sure than that them then there they this"
    " together large late long many much often tall wide was we when which with you".split()
)
_MORE = frozenset(
    "above better bigger deeper exceed exceeds extra faster further gain gains greater grow grows"
    " growth higher increase increased increases larger later longer more"
    " raise raises rise rises up wider".split()
)
_LESS = frozenset(
    "attenuate attenuates attenuation below cheaper cut decrease decreased decreases down drop"
    " drops earlier fall falls fell fewer less lower narrower reduce reduced reduces reduction"
    " save saved saves saving savings short shorter shrink shrinks shrunk slower small"
    " smaller".split()
)
_TURNING = frozenset(
    # negation, bounds, alternatives
    "and anti anything besides between beyond but cannot different either error except false if"
    " incorrect instead least max maximum minimum most neither never no non none nor not off or"
    " outside over till under unless unlike unsure until versus vs without wrong"
    # arithmetic and functions
    " cos cosine cubed divided double doubled erf exp factorial infinity into inverse ln log"
    " logarithm logit magnitude minus mod modulo multiplied neg negative orders phi pi plus power"
    " reciprocal relu root sigmoid sin sine softmax sqrt square squared tan tanh triple twice"
    # parts and numerals
    " crore dozen dozens eight eighth eighths eleven fifth fifths fifty five forty four fourth"
    " fourths half halves hundredth hundredths hundreds lakh mil mill milliard milliards mrd nine"
    " one point quarter quarters seven six sixty tens ten tenth tenths third thirds thirty"
    " thousandth thousandths three twelve twenty two zero".split()
)
_FOLD = frozenset({"times", "fold", "x"})
_PARTS = re.compile(
    r"\w+llionths?|[kKMGTB](?:tok|param|req|row|sampl|weight|step|user|flop|op)\w*"
)
_WORD = re.compile(r"[^\W\d_]{2,25}(?:['.-][^\W\d_]{1,25}){0,3}|[aIσ]|s\.[de]")
_MOST_WORDS = 16
_STRIPPED = "(),.;:!?\"'[]*_`"

Why = Literal["none", "several", "words", "unit", "range"]


@dataclass(frozen=True, slots=True)
class Stem:
    """What a question says: its words, and those of the sentence that asks."""

    words: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def says(self, word: str) -> bool:
        """Whether the question uses `word`, in the singular or in the plural."""
        return not self.words.isdisjoint({word, f"{word}s", word.removesuffix("s")})

    @property
    def falls(self) -> bool:
        """Whether it is about a decrease."""
        return not self.asked.isdisjoint(_LESS)

    @property
    def rises(self) -> bool:
        """Whether it is about an increase."""
        return not self.asked.isdisjoint(_MORE)


def stem_of(question: str) -> Stem:
    """The words of a question."""
    asked = re.split(r"[.!] ", question.rpartition("?")[0] or question)[-1]
    return Stem(_words_of(question), _words_of(asked))


def left_before(words: str, unit: Unit, stem: Stem) -> list[str]:
    """The words in front of a number that do not just say what the number is."""
    if re.search(r"\w ?[(\[]$", words):
        return [words]  # a function, such as σ(2)
    own = unit.dimension.partition("/")[0]
    return [
        word for word in unfilled(words) if not _names(word.strip(_STRIPPED).casefold(), own, stem)
    ]


def unfilled(words: str) -> list[str]:
    """The words in front of a number that are no filler."""
    return [word for word in re.split(r"[ ,.:]+", words) if word and not FILLER.fullmatch(word)]


def objection(text: str, unit: Unit, stem: Stem, *, named: bool) -> Why | None:
    """Why the words behind a number, and behind its unit if `named`, could change its meaning.

    A noun changes nothing where things are counted, or where the unit has been said.
    """
    free = named or is_count(unit)
    words = [word.strip(_STRIPPED) for word in text.replace("/", " /").split()]
    if len(words) > _MOST_WORDS:
        return "words"
    return next((why for word in words if (why := _fault(word, unit, stem, free=free))), None)


def _fault(word: str, unit: Unit, stem: Stem, *, free: bool) -> Why | None:
    lower = word.casefold()
    if word != "A" and (lower in _TRAILING or (lower != "or" and FILLER.fullmatch(lower))):
        return None
    if word.startswith("/"):
        return None if stem.says(lower[1:]) and not is_known(word[1:]) else "unit"
    if _turns(lower, stem):
        return "words"
    if not word or lower in _MORE | _LESS or (lower in _FOLD and is_count(unit)):
        return None
    strange = not _WORD.fullmatch(word) or _PARTS.fullmatch(word) or is_known(word)
    return "unit" if strange or not free else None


def _turns(word: str, stem: Stem) -> bool:
    """Whether `word` could turn a number into another, or tells the wrong direction."""
    if word in _LESS:
        return not stem.falls
    if word in _MORE:
        return stem.falls and not stem.rises
    return word in _TURNING or word.removesuffix("s") in SCALES or word.endswith("n't")


def _names(word: str, own: str, stem: Stem) -> bool:
    """Whether `word` in front of a number only says what the number is."""
    if word in _LEADING or not word:
        return True
    said = len(word) > 1 and (stem.says(word) or own.startswith(word.removesuffix("s")))
    return said and word not in _TURNING | _LESS | _MORE and not is_known(word)


def compares(text: str) -> bool:
    """Whether `text` says of two things which is more, as in "12 % higher"."""
    words = {word.strip(_STRIPPED).casefold() for word in text.split()}
    return not words.isdisjoint(_MORE | _LESS | {"as"})


def _words_of(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in re.findall(r"[^\W\d_]+", text))
