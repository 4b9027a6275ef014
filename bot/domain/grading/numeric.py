"""Typed numbers: read as people write them, converted to the item's unit, and graded."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial

from bot.domain.grading.grade import Grade
from bot.domain.grading.notation import Number, OutOfRange, plain, read_number
from bot.domain.grading.number_words import Stem, Why, left_before, objection, stem_of, unfilled
from bot.domain.grading.units import Unit, find_unit, split_scale, unit_of_item
from bot.domain.grading.written_units import (
    Refused,
    currency_of,
    has_digit,
    multiplier,
    without_noise,
    written_unit,
)
from bot.domain.questions import NumericItem, Trap

MAX_ANSWER = 1_000
"""Characters; a longer text is no number."""

_MARKUP = " *_`"
_WRAPPING = "()[]\"'" + _MARKUP
_BOLD = re.compile(r"(\*\*|__)([^*_]+)\1")
_ASIDE = re.compile(r"(?P<own>[^()\d]{0,60}?) ?(?:\(|,? i\.?e\.?,? )(?P<again>[^()]{1,60})\)?")
_OUT_OF = re.compile(r"(out of|in) (?=\d)")
_SAME = 0.01
"""How far two numbers in one answer may lie apart, relatively, and be the same one rounded."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A number in the item's unit; `other` is its second reading where it can mean two things.

    `also` is the same number said once more, rounded or in another unit: "0.0446 (4.46 %)".
    `converted` says that the text named another unit than the item's.
    """

    value: float
    other: float | None = None
    also: float | None = None
    converted: bool = False

    @property
    def readings(self) -> tuple[float, ...]:
        """What it can mean, the most likely first."""
        return (self.value,) if self.other is None else (self.value, self.other)


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer that could not be read: nothing is scored, and the person is asked again.

    `why`: there is no number, there are several, it stands among words that could change its
    meaning, its unit is unknown or measures something else, or it is out of range. `found` is
    the piece of the answer that is meant.
    """

    why: Why
    found: str = ""


def parse_number(text: str, unit: str = "", question: str = "") -> Parsed | Unread:
    """The number in `text`, in the item's `unit` (empty for plain numbers and shares).

    Words of the `question` may stand beside it: "bin 176", "640 \u20ac per flat".
    """
    try:
        return _read(_number_in(text), unit_of_item(unit), stem_of(question))
    except OutOfRange:
        return Unread("range")
    except Refused as refusal:
        return Unread(refusal.why, _excerpt(refusal.found))


def grade_numeric(item: NumericItem, text: str) -> Grade | Unread:
    """Full marks within the item's tolerance, else none, with the reason of a trap."""
    parsed = parse_number(text, item.unit, item.question)
    if isinstance(parsed, Unread):
        return parsed
    right = partial(item.tolerance.allows, key=item.answer)
    if parsed.also is not None and right(parsed.also) != right(parsed.value):
        return Unread("several", _excerpt(text))
    for reading in parsed.readings:
        if right(reading):
            return Grade(1.0)
        if trap := _trap_of(item, reading):
            return Grade(0.0, (trap.why,))
    if parsed.converted:
        given = _excerpt(text)
        return Grade(0.0, (f"{given} = {parsed.value:.4g} {item.unit}".strip(),))
    return Grade(0.0)


def leading_quantity(text: str) -> float | None:
    """The number with which `text` begins, in its unit's base unit; None where there is none."""
    try:
        number = read_number(plain(text).strip(_WRAPPING + "~"))
    except OutOfRange:
        return None
    if number is None or currency_of(unfilled(number.before)) is None:
        return None
    scale, rest = split_scale(number.after)
    if unit := find_unit(number.after.partition(" ")[0]):
        return number.value * unit.factor
    unit = find_unit(rest.partition(" ")[0])
    return number.value * scale * (unit.factor if unit else 1.0)


def _number_in(text: str) -> Number:
    """The number on the last side of an equation, or of the whole text."""
    if len(text) > MAX_ANSWER:
        raise Refused("none")
    *sides, last = re.split(r"[=~]", plain(_BOLD.sub(r"\2", text).strip(_MARKUP)))
    if any(re.search(r"[,;](?: |$)", side) for side in sides[1:]):
        raise Refused("several")
    label, colon, value = last.rpartition(": ")
    number = read_number((last if not colon or has_digit(label) else value).strip(_WRAPPING))
    if number is None:
        raise Refused("none")
    return number


def _read(number: Number, unit: Unit, stem: Stem) -> Parsed:
    """The number in the item's unit, its repetition in brackets, or its share "out of"."""
    number = replace(number, after=without_noise(number.after))
    aside = _ASIDE.fullmatch(number.after) if has_digit(number.after) else None
    if aside and (again := read_number(aside["again"])):
        own = _in_unit(replace(number, after=aside["own"]), unit, stem)
        return _same(own, _in_unit(again, unit, stem), number.after)
    whole = _OUT_OF.match(number.after) if unit.dimension == "ratio" else None
    if whole and (total := read_number(number.after[whole.end() :])):
        return _share(number, total, unit, stem, counted=whole[1] == "in")
    return _in_unit(number, unit, stem)


def _same(one: Parsed, again: Parsed, found: str) -> Parsed:
    """What both say; refused where they differ by more than rounding."""
    for value in one.readings:
        for other in again.readings:
            if abs(value - other) <= _SAME * max(abs(value), abs(other)):
                return Parsed(value, also=other, converted=one.converted)
    raise Refused("several", found)


def _share(number: Number, total: Number, unit: Unit, stem: Stem, *, counted: bool) -> Parsed:
    """The share in "12 out of 100" or "1 in 8"; of whole numbers where it is `counted`."""
    whole = number.value == int(number.value) and total.value == int(total.value)
    fits = 0 < number.value <= total.value and (whole or not counted)
    if not fits or has_digit(total.after) or left_before(number.before, unit, stem):
        raise Refused("several", number.after)
    if why := objection(total.after, unit, stem, named=True):
        raise Refused(why, number.after)
    return Parsed(number.value / total.value / unit.factor)


def _in_unit(number: Number, unit: Unit, stem: Stem) -> Parsed:
    """The number converted from the unit that is written after it."""
    factor = multiplier(written_unit(number, unit, stem), unit, stem)
    if factor is None:
        return _bare(number, unit)
    other = None if number.other is None else number.other * factor
    return Parsed(number.value * factor, other, converted=factor != 1)


def _bare(number: Number, unit: Unit) -> Parsed:
    """A number without a unit is in the item's; it may be a share, or counted in ones."""
    if unit.dimension == "ratio" and unit.factor == 0.01 and abs(number.value) <= 1:
        return Parsed(number.value, number.value * 100)
    if unit.scale != 1 and number.other is None:
        return Parsed(number.value, number.value / unit.scale)
    return Parsed(number.value, number.other)


def _trap_of(item: NumericItem, value: float) -> Trap | None:
    """The nearest trap that `value` fell into."""
    hit = [trap for trap in item.traps if item.tolerance.allows(value, trap.value)]
    return min(hit, key=lambda trap: abs(trap.value - value), default=None)


def _excerpt(text: str) -> str:
    words = " ".join(text[:400].split())
    return words if len(words) <= 40 else f"{words[:39]}…"
