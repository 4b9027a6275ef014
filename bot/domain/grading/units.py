"""Units as people write them, and what they are in an item's own unit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BIG = {
    "k": ("kilo", 1e3),
    "M": ("mega", 1e6),
    "G": ("giga", 1e9),
    "T": ("tera", 1e12),
    "P": ("peta", 1e15),
    "E": ("exa", 1e18),
    "Z": ("zetta", 1e21),
}
_BINARY = {
    "Ki": ("kibi", 2.0**10),
    "Mi": ("mebi", 2.0**20),
    "Gi": ("gibi", 2.0**30),
    "Ti": ("tebi", 2.0**40),
    "Pi": ("pebi", 2.0**50),
}
_SMALL = {
    "c": ("centi", 1e-2),
    "m": ("milli", 1e-3),
    "\u03bc": ("micro", 1e-6),
    "u": ("micro", 1e-6),
    "n": ("nano", 1e-9),
    "p": ("pico", 1e-12),
}
_PREFIXES = {**_BINARY, **_BIG, **_SMALL}
_LONGEST = 60

SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "K": 1e3,
    "million": 1e6,
    "mio": 1e6,
    "mn": 1e6,
    "M": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "B": 1e9,
    "G": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "T": 1e12,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, how much of it in that dimension's base unit, its symbol.

    `scale` is the counting word in front ("million" in "million parameters").
    """

    dimension: str
    factor: float = 1.0
    symbol: str = ""
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class _Base:
    dimension: str
    factor: float
    symbols: tuple[str, ...]
    names: tuple[str, ...]
    prefixes: tuple[dict[str, tuple[str, float]], ...] = ()


_BASES = (
    _Base("data", 8, ("B",), ("byte", "bytes"), (_BIG, _BINARY)),
    _Base("data", 1, ("bit", "b"), ("bit", "bits"), (_BIG, _BINARY)),
    _Base("data", 1 / math.log(2), (), ("nat", "nats")),
    _Base("time", 1, ("s", "sec", "secs"), ("second", "seconds"), (_SMALL,)),
    _Base("time", 60, ("min", "mins"), ("minute", "minutes")),
    _Base("time", 3600, ("h", "hr", "hrs"), ("hour", "hours")),
    _Base("time", 86_400, ("d",), ("day", "days")),
    _Base("time", 604_800, ("wk",), ("week", "weeks")),
    _Base("frequency", 1, ("Hz",), ("hertz",), (_BIG, _SMALL)),
    _Base("length", 1, ("m",), ("metre", "metres", "meter", "meters"), (_BIG, _SMALL)),
    _Base("mass", 1, ("g",), ("gram", "grams"), (_BIG, _SMALL)),
    _Base("mass", 1e6, ("t",), ("tonne", "tonnes")),
    _Base("power", 1, ("W",), ("watt", "watts"), (_BIG, _SMALL)),
    _Base("energy", 1, ("J",), ("joule", "joules"), (_BIG, _SMALL)),
    _Base("energy", 3600, ("Wh",), ("watt-hour", "watt-hours"), (_BIG, _SMALL)),
    _Base("voltage", 1, ("V",), ("volt", "volts"), (_BIG, _SMALL)),
    _Base("current", 1, ("A",), ("ampere", "amperes", "amp", "amps"), (_BIG, _SMALL)),
    _Base("operations", 1, ("FLOP", "FLOPs"), (), (_BIG,)),
    _Base("operations/time", 1, ("FLOPS",), (), (_BIG,)),
    _Base("data/time", 1, ("bps",), (), (_BIG, _BINARY)),
    _Base("level", 1, ("dB",), ("decibel", "decibels")),
    _Base("angle", 1, ("rad",), ("radian", "radians")),
    _Base("angle", math.pi / 180, ("\u00b0", "deg"), ("degree", "degrees")),
    _Base(
        "ratio",
        1e-2,
        ("%", "pct", "pp"),
        ("percent", "per cent", "percentage point", "percentage points"),
    ),
    _Base("ratio", 1e-3, ("\u2030",), ("per mille",)),
    _Base("ratio", 1e-6, ("ppm",), ()),
    _Base("ratio", 1, ("", "x", "*"), ("times", "fold")),
    _Base("usd", 1, ("$", "US$", "USD"), ("dollar", "dollars")),
    _Base("eur", 1, ("\u20ac", "EUR"), ("euro", "euros")),
    _Base("gbp", 1, ("\u00a3", "GBP"), ("pound", "pounds")),
)


def _spellings() -> Iterator[tuple[str, Unit]]:
    for base in _BASES:
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
    label = Unit(_label(text), symbol=text)
    own = like if text.casefold() == like.symbol.casefold() else None
    folded = _FOLDED.get(text.casefold(), ())
    candidates = (_EXACT.get(text), own, *folded, _rate(text), label)
    return next((unit for unit in candidates if unit and unit.dimension == like.dimension), None)


def with_prefix(written: str, like: Unit) -> Unit | None:
    """The unit meant by a bare prefix, e.g. `G` in "16 G" where an item wants GiB."""
    if written not in _PREFIXES:
        return None
    for prefix in _PREFIXES:
        base = find_unit(like.symbol.removeprefix(prefix))
        if like.symbol.startswith(prefix) and base and base.dimension == like.dimension:
            infix = "i" if prefix in _BINARY and len(written) == 1 else ""
            return find_unit(f"{written}{infix}{base.symbol}", like)
    return None


def split_scale(text: str) -> tuple[float, str]:
    """A counting word or letter at the start (1 without one), and what follows."""
    word, _, rest = text.partition(" ")
    scale = SCALES.get(word) or SCALES.get(word.lower().removesuffix("s"))
    return (scale, rest.strip()) if scale else (1.0, text)


def tidy(text: str) -> str:
    """`text` with one spelling of rates and spaces."""
    text = " ".join(text.replace("\u00b5", "\u03bc").split()).replace("fps", "frames/s")
    return re.sub(r" ?/ ?", "/", text.replace(" per second", "/s").replace(" per ", "/"))


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


def _label(text: str) -> str:
    word = text.casefold()
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
