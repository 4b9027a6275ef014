"""The two typefaces of the pictures: which characters they have, and how wide these are.

Fira Sans (Latin, Greek, Cyrillic, Vietnamese; three weights) sets what it can; whatever it lacks
(Hebrew, Arabic, Armenian, Georgian, arrows) is set wholly in DejaVu Sans, which has one weight.
The files come with the packages fontpkg-fira-sans and ziafont, never from the system, so that a
picture is the same everywhere. ziafont could measure, too, but takes 1.3 s to open Fira Sans.
Tables: https://learn.microsoft.com/typography/opentype/spec/
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

Weight = Literal["light", "regular", "bold"]

FIRA, DEJAVU = "Fira Sans", "DejaVu Sans"
CSS_WEIGHT: dict[Weight, int] = {"light": 300, "regular": 400, "bold": 600}
_FILES: dict[Weight, str] = {"light": "Light", "regular": "Regular", "bold": "SemiBold"}
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Categories that only steer: line ends, joiners, marks that turn the direction of text."""


@dataclass(frozen=True, slots=True)
class Font:
    """What measuring needs of a TrueType file."""

    family: str
    path: Path
    glyphs: dict[int, int]
    """Code point → glyph."""
    advances: tuple[int, ...]
    """Widths by glyph; every glyph past the end is as wide as the last one."""
    units: int
    """Units of width in one em."""

    def has(self, text: str) -> bool:
        """Whether each character has a glyph."""
        return all(ord(character) in self.glyphs for character in text)

    def width(self, text: str) -> float:
        """Of the text in em, without kerning (which would make it a little narrower)."""
        last = len(self.advances) - 1
        total = sum(
            self.advances[min(self.glyphs.get(ord(character), 0), last)] for character in text
        )
        return total / self.units


def font_files() -> list[str]:
    """The paths of all files, for resvg."""
    return [str(font_of(FIRA, weight).path) for weight in _FILES] + [
        str(font_of(DEJAVU, "regular").path)
    ]


def font_for(text: str, weight: Weight) -> Font:
    """The font that sets this (tidy) text; one for the whole text, so that scripts join."""
    fira = font_of(FIRA, weight)
    return fira if fira.has(text) else font_of(DEJAVU, "regular")


def drawable(text: str) -> bool:
    """Whether every character has a glyph in the font that would set the text."""
    seen = "".join(c for c in _composed(text) if unicodedata.category(c) not in _UNSEEN)
    return font_for(seen, "regular").has(seen)


def tidy(text: str) -> str:
    """The text in one line and composed, without what XML forbids or what turns directions."""
    kinds = ((c, unicodedata.category(c)) for c in _composed(text))
    kept = (" " if kind in {"Cc", "Zl", "Zp"} else c for c, kind in kinds if kind != "Cf")
    whole = ("\ufffd" if unicodedata.category(c) in {"Cs", "Cn"} else c for c in kept)
    return " ".join("".join(whole).split())


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@cache
def font_of(family: str, weight: Weight) -> Font:
    """One of the files, read once (3–10 ms)."""
    if family == DEJAVU:
        path = _package("ziafont") / "fonts" / "DejaVuSans.ttf"
    else:
        path = _package("fontpkg_fira_sans") / "files" / f"FiraSans-{_FILES[weight]}.ttf"
    data = path.read_bytes()
    tables = _tables(data)
    (units,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (count,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    metrics = struct.unpack_from(f">{2 * count}H", data, tables[b"hmtx"])
    return Font(family, path, _characters(data, tables[b"cmap"]), metrics[::2], units)


def _package(name: str) -> Path:
    spec = find_spec(name)  # finds the folder without running the package
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The package {name}, which holds fonts, is not installed")
    return Path(spec.origin).parent


def _tables(data: bytes) -> dict[bytes, int]:
    """Tag → offset."""
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * n) for n in range(count))
    return {tag: offset for tag, _, offset, _ in records}


def _characters(data: bytes, cmap: int) -> dict[int, int]:
    """Code point → glyph, from the tables of the Unicode platforms (formats 4 and 12)."""
    glyphs: dict[int, int] = {}
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for n in range(count):
        platform, _, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * n)
        (kind,) = struct.unpack_from(">H", data, cmap + offset)
        if platform in {0, 3} and kind == 4:
            glyphs |= _segments(data, cmap + offset)
        elif platform in {0, 3} and kind == 12:
            glyphs |= _groups(data, cmap + offset)
    return glyphs


def _segments(data: bytes, at: int) -> dict[int, int]:
    """The mapping in a subtable of format 4."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    read = struct.Struct(f">{count}H").unpack_from
    ends, starts = read(data, at + 14), read(data, at + 16 + 2 * count)
    deltas, ranges = read(data, at + 16 + 4 * count), read(data, at + 16 + 6 * count)
    glyphs = {}
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if ranges[n]:
                place = at + 16 + 6 * count + 2 * n + ranges[n] + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", data, place)
            if mapped := (glyph + deltas[n]) & 0xFFFF if glyph or not ranges[n] else 0:
                glyphs[code] = mapped
    return glyphs


def _groups(data: bytes, at: int) -> dict[int, int]:
    """The mapping in a subtable of format 12."""
    (count,) = struct.unpack_from(">I", data, at + 12)
    glyphs: dict[int, int] = {}
    for n in range(count):
        start, end, first = struct.unpack_from(">III", data, at + 16 + 12 * n)
        glyphs |= {code: first + code - start for code in range(start, end + 1)}
    return glyphs
