"""What stands behind a typed number: its unit, a counting word, words that do not matter."""

from __future__ import annotations

import re
from itertools import islice

from bot.domain.grading.notation import Number
from bot.domain.grading.number_words import (
    FILLER,
    Stem,
    Why,
    compares,
    left_before,
    objection,
)
from bot.domain.grading.units import (
    Unit,
    find_unit,
    is_known,
    split_scale,
    tidy,
    with_prefix,
)

_CURRENCIES = frozenset({"usd", "eur", "gbp"})
_ENDS = " .,;!?()[]\"'*_`"
_LONGEST = 6
"""Words in a unit."""
_BREAK = re.compile(r"(?<=[^ ])(?=[ /])|$")
_NOISE = re.compile(
    r"\(?\b(?:rounded )?(?:to|with|in) (?:\d|one|two|three|four) (?:significant |decimal )?"
    r"(?:digit|figure|decimal|place)s?\b\)?"
    r"|\b[1-4]-?[dD]\b|\bor (?:so|thereabouts)\b|^-(?=[^\W\d])"
)


class Refused(Exception):
    """Leads from any step of the reading to its outcome; `found` is the piece that is meant."""

    def __init__(self, why: Why, found: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.found = found


def multiplier(written: str, unit: Unit, stem: Stem) -> float | None:
    """What turns a number with `written` behind it into the item's `unit`; None without a unit.

    Raises:
        Refused: Another number, another unit, or words that could change the meaning.
    """
    text = tidy(written).strip(_ENDS)
    if has_digit(text):
        raise Refused("several", written)
    kept = " ".join(word for word in text.split() if not FILLER.fullmatch(word.strip(_ENDS)))
    for candidate in dict.fromkeys((text, kept)):
        for head, rest in _splits(candidate):
            factor = _factor(head, unit)
            if factor is not None:
                _check(rest, unit, stem, head, written)
                return factor
    _check(text, unit, stem, "", written)
    return None


def written_unit(number: Number, unit: Unit, stem: Stem) -> str:
    """The unit behind the number, or the currency in front of it.

    Raises:
        Refused: Other words stand in front of it.
    """
    after = number.after.strip(_ENDS)
    several: Why | None = "several" if has_digit(after) else None
    currency = currency_of(left_before(number.before, unit, stem))
    if currency is None:
        raise Refused(several or "words", number.before)
    if not currency or not after:
        return currency or after
    first, _, rest = after.partition(" ")
    if split_scale(first)[0] != 1:
        return f"{first} {currency} {rest}"
    if several or is_known(first):
        raise Refused(several or "unit", after)
    return f"{currency} {after}"


def currency_of(left: list[str]) -> str | None:
    """The currency that is all of `left`, or nothing; None where other words stand there."""
    if not left:
        return ""
    unit = find_unit(left[0]) if len(left) == 1 else None
    return left[0] if unit and unit.dimension in _CURRENCIES else None


def without_noise(text: str) -> str:
    """`text` without remarks that are no part of a unit: "rounded to 3 digits", "1-D"."""
    return _NOISE.sub("", text).strip()


def has_digit(text: str) -> bool:
    """Whether a digit of any script stands in `text`."""
    return any(char.isdigit() for char in text)


def _splits(text: str) -> list[tuple[str, str]]:
    """Ways to part `text` into a unit and the rest, longest unit first."""
    ends = [end.start() for end in islice(_BREAK.finditer(text), _LONGEST)]
    if text not in {text[:end] for end in ends}:
        ends.append(len(text))
    parts = [(text[:end].strip(_ENDS), text[end:]) for end in reversed(ends)]
    return [(head, rest) for head, rest in parts if head]


def _check(rest: str, unit: Unit, stem: Stem, head: str, written: str) -> None:
    """Refuses what could change the meaning of a number with the unit `head`."""
    found = find_unit(head, unit) if head else None
    if why := objection(rest, unit, stem, named=found is not None):
        raise Refused(why, written)
    other = found and unit.dimension == "ratio" and found.factor != unit.factor
    if other and compares(rest):
        raise Refused("words", written)


def _factor(written: str, unit: Unit) -> float | None:
    """What to multiply by to get from the written unit to the item's; None if that is none."""
    found, scale = find_unit(written, unit) or with_prefix(written, unit), 1.0
    if found is None:
        scale, rest = split_scale(written)
        found = find_unit(rest, unit) if rest else Unit(unit.dimension, unit.factor)
    return scale * found.factor * found.scale / (unit.factor * unit.scale) if found else None
