"""Units as people write them, and what they are in an item's own unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.grading.unit_tables import (
    BASES,
    BINARY,
    COUNTED,
    FOREIGN,
    POINTS,
    PREFIXES,
    SCALES,
)

_LONGEST = 60
_FIRST = re.compile(r"[^ /]+")
_SHORT_RATES = {
    "fps": "frames/s",
    "rps": "/s",
    "qps": "/s",
    "tps": "/s",
    "bpb": "bits/byte",
    "bpc": "bits/character",
    "per cent": "percent",
    "per mille": "\u2030",
}
_SHORT_RATE = re.compile(rf"\b(?:{'|'.join(_SHORT_RATES)})\b", re.IGNORECASE)
_A_SECOND = re.compile(
    r"(?:^| )(?:per|an?|each|every) (?=(?:(?:milli|micro)?second|sec|minute|min|hour|day|week"
    r"|month|year)s?\b)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, how much of it in that dimension's base unit, its symbol.

    `scale` is the counting word in front ("million" in "million parameters").
    """

    dimension: str
    factor: float = 1.0
    symbol: str = ""
    scale: float = 1.0


def _spellings() -> Iterator[tuple[str, Unit]]:
    for base in BASES:
        for word in (*base.symbols, *base.names):
            yield word, Unit(base.dimension, base.factor, word)
        for prefixes in base.prefixes:
            for short, (long, size) in prefixes.items():
                factor = base.factor * size
                words = [short + s for s in base.symbols] + [long + n for n in base.names]
                yield from ((word, Unit(base.dimension, factor, word)) for word in words)


_EXACT: dict[str, Unit] = {}
_FOLDED: dict[str, list[Unit]] = {}
for _word, _unit in _spellings():
    _EXACT.setdefault(_word, _unit)
    _FOLDED.setdefault(_word.casefold(), []).append(_unit)
_DIMENSIONS = frozenset(base.dimension for base in BASES)


def unit_of_item(text: str) -> Unit:
    """The unit that an author names; one that is not in the tables is a label of its own."""
    text = tidy(text)
    if unit := find_unit(text):
        return unit
    scale, rest = split_scale(text)
    if rest != text:
        unit = unit_of_item(rest)
        return Unit(unit.dimension, unit.factor, text, scale)
    return _rate(text) or Unit(_label(text), symbol=text)


def find_unit(text: str, like: Unit | None = None) -> Unit | None:
    """The unit written as `text`; with `like`, one that measures the same.

    Letters in the wrong case are forgiven: then bytes come before bits, and large before small.
    """
    if len(text) > _LONGEST:
        return None
    text = tidy(text)
    if like is None:
        return _known(text)
    if like.dimension == "ratio" and like.factor == 1e-2 and text.casefold() in POINTS:
        return like
    label = Unit(_label(text), symbol=text)
    own = like if text.casefold() == like.symbol.casefold() else None
    folded = _FOLDED.get(text.casefold(), ())
    candidates = (_EXACT.get(text), own, *folded, _rate(text), _counted(text, like), label)
    return next((unit for unit in candidates if unit and unit.dimension == like.dimension), None)


def with_prefix(written: str, like: Unit) -> Unit | None:
    """The unit meant by a bare prefix, e.g. `G` in "16 G" where an item wants GiB."""
    if written not in PREFIXES:
        return None
    for prefix in PREFIXES:
        base = find_unit(like.symbol.removeprefix(prefix))
        if like.symbol.startswith(prefix) and base and base.dimension == like.dimension:
            infix = "i" if prefix in BINARY and len(written) == 1 else ""
            found = _EXACT.get(f"{written}{infix}{base.symbol}")
            return found if found and found.dimension == like.dimension else None
    return None


def split_scale(text: str) -> tuple[float, str]:
    """A counting word or letter at the start (1 without one), and what follows."""
    found = _FIRST.match(text)
    word = found[0] if found else ""
    scale = SCALES.get(word) or SCALES.get(word.lower().removesuffix("s"))
    return (scale, text[len(word) :].strip()) if scale else (1.0, text)


def tidy(text: str) -> str:
    """`text` with one spelling of rates and spaces."""
    text = " ".join(text.replace("\u00b5", "\u03bc").split())
    text = _SHORT_RATE.sub(lambda short: _SHORT_RATES[short[0].lower()], text)
    return re.sub(r" ?/ ?", "/", re.sub("(?:^| )per (?! )", "/", _A_SECOND.sub("/", text)))


def is_count(unit: Unit) -> bool:
    """Whether numbers in `unit` count something, or are plain: no physical unit is meant."""
    top = unit.dimension.partition("/")[0]
    return top not in _DIMENSIONS or (unit.dimension == "ratio" and unit.factor == 1)


def is_known(word: str) -> bool:
    """Whether `word` is a unit, of whatever it measures; single letters go by their case."""
    lone = len(word) < 2
    return word in _EXACT if lone else _known_word(word) is not None or word.lower() in FOREIGN


def _known(text: str) -> Unit | None:
    """The unit in the tables, or a rate of two such units."""
    above, slash, below = text.partition("/")
    if slash and not (_known_word(above) and _known_word(below)):
        return None
    return _rate(text) if slash else _known_word(text)


def _known_word(text: str) -> Unit | None:
    return _EXACT.get(text) or next(iter(_FOLDED.get(text.casefold(), ())), None)


def _rate(text: str) -> Unit | None:
    """A rate such as `MB/s` or `tokens/s`; what is not in the tables is a label."""
    above, slash, below = text.partition("/")
    if not slash:
        return None
    top, bottom = (_known_word(side) or Unit(_label(side)) for side in (above, below))
    return Unit(f"{top.dimension}/{bottom.dimension}", top.factor / bottom.factor, text)


def _counted(text: str, like: Unit) -> Unit | None:
    """A rate of what `like` counts, in short: `req/s` for `requests/s`, or just `/s`."""
    top, _, bottom = like.dimension.partition("/")
    above, slash, below = text.partition("/")
    per, what = _known_word(below), _label(above)
    same = above not in SCALES and (what in COUNTED or top.startswith(what))
    if not slash or top in _DIMENSIONS or per is None or per.dimension != bottom or not same:
        return None
    return Unit(like.dimension, 1 / per.factor, text)


def _label(text: str) -> str:
    word = text.casefold()
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
