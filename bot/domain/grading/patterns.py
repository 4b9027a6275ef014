"""The pattern language of rubrics: phrases, `word*`, `{unordered words}~window`, `a|b`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.grading.text import normalise, read

MAX_PATTERN = 300
DEFAULT_WINDOW = 8
"""Words from the first to the last of a `{…}` without `~`."""

_ELEMENT = re.compile(r"\{(?P<inside>[^{}]*)\}(?:~(?P<size>\d+))?|(?P<slot>[^\s{}~]+)|(?P<bad>\S)")
_SILENT = frozenset("a an the is are was were be been being".split())


class PatternError(ValueError):
    """A pattern that breaks the syntax; says what is wrong and how to write it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words in a row that fill a slot; the last is the start of a word where `prefix`."""

    words: tuple[str, ...]
    prefix: bool = False


Slot = tuple[Wording, ...]
"""Alternatives, one of which has to be found."""


@dataclass(frozen=True, slots=True)
class Window:
    """Slots in any order, at most `size` words from the first word to the last."""

    slots: tuple[Slot, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Slots and windows that have to follow each other with function words between at most."""

    source: str
    elements: tuple[Slot | Window, ...]
    fuzzy: bool = True


def parse_pattern(source: str, *, fuzzy: bool = True) -> Pattern:
    """The pattern that an author wrote; `fuzzy` forgives typos in the answer.

    Raises:
        PatternError: The syntax is broken.
    """
    if len(source) > MAX_PATTERN:
        raise PatternError(f"a pattern of {len(source)} characters; at most {MAX_PATTERN} fit")
    elements: list[Slot | Window] = []
    for hit in _ELEMENT.finditer(normalise(source)):
        if hit["bad"]:
            raise PatternError(f'"{source}": stray {hit["bad"]}; write {{words in any order}}~8')
        if hit["slot"]:
            elements.append(_slot(hit["slot"], source))
        else:
            elements.append(_window(hit["inside"], hit["size"], source))
    spoken = [e for e in elements if isinstance(e, Window) or not _is_silent(e)] or elements
    if not spoken:
        raise PatternError(f'"{source}" holds no word')
    return Pattern(source, tuple(spoken), fuzzy)


def _window(inside: str, size: str | None, source: str) -> Window:
    slots = [_slot(part, source) for part in inside.split()]
    spoken = tuple(slot for slot in slots if not _is_silent(slot)) or tuple(slots)
    if not spoken:
        raise PatternError(f'"{source}": nothing between {{ and }}')
    words = int(size[:4]) if size else max(DEFAULT_WINDOW, 2 * len(spoken))
    least = sum(min(len(wording.words) for wording in slot) for slot in spoken)
    if not least <= words <= 99:
        raise PatternError(f'"{source}": a window of {words}; it has to be {least} to 99 words')
    return Window(spoken, words)


def _slot(written: str, source: str) -> Slot:
    return tuple(_wording(part, source) for part in written.split("|"))


def _wording(written: str, source: str) -> Wording:
    stem, star, rest = written.partition("*")
    if rest:
        raise PatternError(f'"{source}": a * stands at the end of a word only')
    words = (stem,) if star and stem.isalnum() else read(stem).words
    if not words:
        raise PatternError(f'"{source}": "{written}" holds no word')
    if star and len(words[-1]) < 2:
        raise PatternError(f'"{source}": two letters at least before *')
    return Wording(words, bool(star))


def _is_silent(slot: Slot) -> bool:
    return all(wording.words[0] in _SILENT and len(wording.words) == 1 for wording in slot)
