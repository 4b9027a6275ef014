"""Translations: the texts of an item replaced by those of another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.banks.compiling import FaultyItem
from bot.banks.complaints import nearest
from bot.banks.findings import Complaint

_WHOLE = frozenset(
    {
        "question",
        "explanation",
        "details",
        "hints",
        "code",
        "formula_text",
        "follow_ups",
        "concepts",
        "misconceptions",
        "rubric",
        "red_flags",
        "examples",
    }
)
_BY_INDEX: Mapping[str, frozenset[str]] = {
    "options": frozenset({"text", "why"}),
    "traps": frozenset({"why"}),
}
_NAMING = frozenset({"id", "rev"})


def is_stale(overlay: Mapping[str, Any], original: Mapping[str, Any]) -> bool:
    """Whether the original has moved on since it was translated."""
    return int(overlay["rev"]) < int(original["rev"])


def merged(overlay: Mapping[str, Any], original: Mapping[str, Any]) -> dict[str, Any]:
    """The original with the overlay's texts; options and traps are matched by position.

    Raises:
        FaultyItem: The overlay touches more than texts, or its lists do not match.
    """
    result = dict(original)
    complaints: list[Complaint] = []
    for key, value in overlay.items():
        if key in _WHOLE:
            result[key] = value
        elif key in _BY_INDEX:
            try:
                result[key] = _matched(key, value, original.get(key, []))
            except FaultyItem as error:
                complaints += error.complaints
        elif key not in _NAMING:
            known = [*_NAMING, *_WHOLE, *_BY_INDEX]
            what = f"a translation cannot set `{key}`"
            complaints.append(Complaint((key,), what, nearest(key, sorted(known))))
    if complaints:
        raise FaultyItem(complaints)
    return result


def _matched(key: str, texts: Any, originals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not isinstance(texts, list) or len(texts) != len(originals):
        what = f"`{key}` does not match the original's {len(originals)} entries"
        raise FaultyItem([Complaint((key,), what, "translate every entry, in the same order")])
    allowed = _BY_INDEX[key]
    for index, entry in enumerate(texts):
        if not isinstance(entry, dict) or not entry.keys() <= allowed:
            what = f"`{key}[{index}]` sets more than texts"
            mend = f"a translation sets {' and '.join(sorted(allowed))} alone"
            raise FaultyItem([Complaint((key, index), what, mend)])
    return [{**base, **entry} for base, entry in zip(originals, texts, strict=True)]
