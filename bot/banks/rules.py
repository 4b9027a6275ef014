"""The rules of the format that go beyond keys and types, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.banks.complaints import name_of
from bot.banks.findings import Complaint, Where
from bot.banks.rules_by_type import type_faults
from bot.banks.schema import MAX_STRING, CheckModel, ItemModel
from bot.domain.expressions import ExpressionError, evaluate

POLL_QUESTION = 300
MAX_LINE_FEEDS = 2

_URL = re.compile(r"\b(?:https?|ftp)://|\bwww\.\w|\b(?:t|telegram)\.me/|\bmailto:", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_RAW_KEYS = frozenset({"code", "check", "answer", "where", "params", "unit", "examples"})
_CODE_SPAN = re.compile(r"`[^`]*`")

_CHECK_NEEDS: Mapping[str, str] = {"expr": "expr", "python": "code", "reviewed": "by"}
_CHECK_SUITS: Mapping[str, frozenset[str]] = {
    "stdout": frozenset({"single"}),
    "expr": frozenset({"numeric"}),
    "python": frozenset({"single", "multi", "numeric", "param"}),
    "examples": frozenset({"keyword", "behavioural"}),
    "reviewed": frozenset({"single", "multi", "numeric", "param", "keyword", "behavioural"}),
}


def text_faults(raw: Mapping[str, Any]) -> Iterator[Complaint]:
    """Faults of the strings themselves, anywhere in an item."""
    for where, text in _strings(raw, ()):
        faults = list(_string_faults(text))
        if not _RAW_KEYS & set(where):
            faults += _formula_faults(text)
        for what, mend in faults:
            yield Complaint(where, f"`{name_of(where)}` {what}", mend)


def item_faults(item: ItemModel) -> Iterator[Complaint]:
    """Faults of an item whose keys and types are right."""
    yield from _blank_texts(item)
    if item.poll and len(item.question) > POLL_QUESTION:
        what = f"`question` has {len(item.question)} characters"
        mend = f"at most {POLL_QUESTION} fit a native poll; shorten it or say poll = false"
        yield Complaint(("question",), what, mend)
    if (feeds := item.explanation.strip("\n").count("\n")) > MAX_LINE_FEEDS:
        what = f"`explanation` has {feeds} line feeds"
        yield Complaint(("explanation",), what, f"at most {MAX_LINE_FEEDS} are allowed")
    if item.check:
        yield from _check_faults(item, item.check)
    yield from type_faults(item)


def _strings(value: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _strings(inner, (*where, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _strings(inner, (*where, index))


def _string_faults(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > MAX_STRING:
        yield f"has {len(text)} characters", f"at most {MAX_STRING} are allowed"
    if control := _CONTROL.search(text):
        what = f"holds the control character U+{ord(control[0]):04X}"
        yield what, "remove it; of these only line feeds and tabs are allowed"
    if _URL.search(text):
        yield "holds a URL", "name the source in refs instead"


def _formula_faults(text: str) -> Iterator[tuple[str, str]]:
    if "$" not in text:
        return
    parts = _CODE_SPAN.sub("", text).split("$")
    if len(parts) % 2 == 0:
        mend = "a formula stands between two $; put a lone $ into `…`, or name the currency"
        yield "holds an unpaired $", mend
    elif any(not formula.strip() for formula in parts[1::2]):
        yield "holds an empty formula", "write something between the two $"


def _blank_texts(item: ItemModel) -> Iterator[Complaint]:
    for key in ("question", "explanation"):
        text = getattr(item, key)
        if text and not text.strip():
            yield Complaint((key,), f"`{key}` is blank", "write it")


def _check_faults(item: ItemModel, check: CheckModel) -> Iterator[Complaint]:
    if item.type not in _CHECK_SUITS[check.kind]:
        suits = ", ".join(sorted(_CHECK_SUITS[check.kind]))
        what = f'`check` of kind "{check.kind}" does not suit a {item.type} item'
        yield Complaint(("check",), what, f"it is for: {suits}")
    needed = _CHECK_NEEDS.get(check.kind)
    for key in ("expr", "code", "by"):
        if (getattr(check, key) is None) == (key == needed):
            what = f"`check.{key}` is missing" if key == needed else f"unknown key `check.{key}`"
            mend = f'a check of kind "{check.kind}" has ' + (
                f"the key {needed}" if needed else "no"
            )
            yield Complaint(("check",), what, mend if needed else f"{mend} other keys")
    if check.kind == "stdout" and not item.code:
        yield Complaint(("check",), "there is no `code` whose output could be checked", "add code")
    if check.kind == "expr" and check.expr is not None:
        try:
            evaluate(check.expr)
        except ExpressionError as error:
            yield Complaint(("check", "expr"), str(error), "write plain arithmetic")
