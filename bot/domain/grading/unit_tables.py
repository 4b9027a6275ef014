"""The units and counting words that are known, and how they are written."""

from __future__ import annotations

import math
from dataclasses import dataclass

BIG = {
    "k": ("kilo", 1e3),
    "M": ("mega", 1e6),
    "G": ("giga", 1e9),
    "T": ("tera", 1e12),
    "P": ("peta", 1e15),
    "E": ("exa", 1e18),
    "Z": ("zetta", 1e21),
}
BINARY = {
    "Ki": ("kibi", 2.0**10),
    "Mi": ("mebi", 2.0**20),
    "Gi": ("gibi", 2.0**30),
    "Ti": ("tebi", 2.0**40),
    "Pi": ("pebi", 2.0**50),
}
SMALL = {
    "c": ("centi", 1e-2),
    "m": ("milli", 1e-3),
    "\u03bc": ("micro", 1e-6),
    "u": ("micro", 1e-6),
    "n": ("nano", 1e-9),
    "p": ("pico", 1e-12),
}
PREFIXES = {**BINARY, **BIG, **SMALL}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "K": 1e3,
    "million": 1e6,
    "mio": 1e6,
    "mn": 1e6,
    "mln": 1e6,
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
class Base:
    """A unit without prefix, its spellings, and the prefixes that it takes."""

    dimension: str
    factor: float
    symbols: tuple[str, ...]
    names: tuple[str, ...]
    prefixes: tuple[dict[str, tuple[str, float]], ...] = ()


BASES = (
    Base("data", 8, ("B", "byte", "bytes"), ("byte", "bytes"), (BIG, BINARY)),
    Base("data", 1, ("bit", "b", "bits"), ("bit", "bits"), (BIG, BINARY)),
    Base("data", 1 / math.log(2), (), ("nat", "nats")),
    Base("time", 1, ("s", "sec", "secs"), ("second", "seconds"), (SMALL,)),
    Base("time", 60, ("min", "mins"), ("minute", "minutes")),
    Base("time", 3600, ("h", "hr", "hrs"), ("hour", "hours")),
    Base("time", 86_400, ("d",), ("day", "days")),
    Base("time", 604_800, ("wk",), ("week", "weeks")),
    Base("time", 2_629_800, ("mo", "mos"), ("month", "months")),
    Base("time", 31_557_600, ("yr", "yrs"), ("year", "years")),
    Base("frequency", 1, ("Hz",), ("hertz",), (BIG, SMALL)),
    Base("length", 1, ("m",), ("metre", "metres", "meter", "meters"), (BIG, SMALL)),
    Base("mass", 1, ("g",), ("gram", "grams"), (BIG, SMALL)),
    Base("mass", 1e6, ("t",), ("tonne", "tonnes")),
    Base("power", 1, ("W",), ("watt", "watts"), (BIG, SMALL)),
    Base("energy", 1, ("J",), ("joule", "joules"), (BIG, SMALL)),
    Base("energy", 3600, ("Wh",), ("watt-hour", "watt-hours"), (BIG, SMALL)),
    Base("voltage", 1, ("V",), ("volt", "volts"), (BIG, SMALL)),
    Base("current", 1, ("A",), ("ampere", "amperes", "amp", "amps"), (BIG, SMALL)),
    Base("operations", 1, ("FLOP", "FLOPs"), (), (BIG,)),
    Base("operations/time", 1, ("FLOPS",), (), (BIG,)),
    Base("data/time", 1, ("bps",), (), (BIG, BINARY)),
    Base("level", 1, ("dB",), ("decibel", "decibels")),
    Base("angle", 1, ("rad",), ("radian", "radians")),
    Base("angle", math.pi / 180, ("\u00b0", "deg"), ("degree", "degrees")),
    Base(
        "ratio",
        1e-2,
        ("%", "pct", "pp"),
        ("percent", "percentage point", "percentage points"),
    ),
    Base("ratio", 1e-3, ("\u2030",), ()),
    Base("ratio", 1e-6, ("ppm",), ()),
    Base("ratio", 1, ("", "x", "*"), ("times", "fold")),
    Base("usd", 1, ("$", "US$", "USD"), ("dollar", "dollars")),
    Base("eur", 1, ("\u20ac", "EUR"), ("euro", "euros")),
    Base("gbp", 1, ("\u00a3", "GBP"), ("pound", "pounds")),
)

POINTS = frozenset({"p.p", "p.p.", "ppt", "ppts", "pt", "pts", "point", "points", "%-points"})
"""How people abbreviate percentage points; elsewhere these words are nouns."""

COUNTED = frozenset({"call", "item", "job", "op", "query", "querie", "req", "request", "tok"})
"""What rates count, beside the item's own noun, without the plural's s."""

FOREIGN = frozenset(
    "amu bar baud bpm calorie calories candela celsius centuries century cm\u00b2 decade decades"
    " dpi ev f fahrenheit farad feet foot ft gallon gallons henry in\u00b2 inch inches kcal kelvin"
    " km/h kmh knots lb lbs lumen lux m\u00b2 mach mile miles mol mole mols mph newton newtons"
    " octave octaves ohm ohms ounce ounces oz pa pascal pixels/inch qpm rpm sqm semitone"
    " semitones tesla torr tpm volts yard yards yen cent cents chf rupees yuan rph".split()
)
"""Units that are not converted, so that no number passes with one of them."""
