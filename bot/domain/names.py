"""Names as people give them, made harmless: no control or direction marks, 64 characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

NAME_LENGTH = 64
MARKS_IN_A_ROW = 2
"""Combining marks kept on one letter; “zalgo” piles up dozens."""


def display_name(first: str | None, last: str | None = None) -> str:
    """The name to show; empty where nothing visible is left of it."""
    joined = " ".join(part for part in (first, last) if part)
    visible = "".join(_limit_marks(char for char in joined if _is_harmless(char)))
    return " ".join(visible.split())[:NAME_LENGTH].strip()


def _is_harmless(char: str) -> bool:
    """Everything but controls, direction overrides (Cf), surrogates and private use."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _limit_marks(chars: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for is_mark, run in groupby(chars, key=_is_mark):
        together = list(run)
        kept.extend(together[:MARKS_IN_A_ROW] if is_mark else together)
    return kept


def _is_mark(char: str) -> bool:
    return unicodedata.combining(char) > 0
