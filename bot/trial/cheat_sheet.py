"""What the simulated members of a trial's groups know of open questions: the bank's examples."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from bot.domain.questions import Item, KeywordItem, NumericItem, ParamItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.domain.questions import Bank

GOOD, POOR = 0.75, 0.45
"""Examples that earn so much at least are right answers, those with so little at most wrong."""


class CheatSheet:
    """Answers to the questions of a bank, found by what is asked."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    @cached_property
    def _known(self) -> dict[str, tuple[list[str], list[str]]]:
        return {_plain(stem): found for stem, found in _all_answers(self._bank.items)}

    def __call__(self, message: str) -> tuple[list[str], list[str]]:
        """Right and wrong answers to the question that a message asks; none if it is unknown."""
        words = _plain(message)
        stem = max((stem for stem in self._known if stem in words), key=len, default="")
        right, wrong = self._known.get(stem, ([], []))
        return list(right), list(wrong)


def _all_answers(items: Mapping[str, Item]) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    for item in items.values():
        match item:
            case KeywordItem():
                yield item.question, _examples(item)
            case NumericItem():
                yield item.question, _numbers(item)
            case ParamItem():
                for variant in item.variants:
                    yield variant.question, _numbers(item.dealt(variant.index))


def _examples(item: KeywordItem) -> tuple[list[str], list[str]]:
    right = [example.answer for example in item.examples if example.min >= GOOD]
    wrong = [example.answer for example in item.examples if example.max <= POOR]
    return right, wrong


def _numbers(item: NumericItem) -> tuple[list[str], list[str]]:
    """The number as three people would write it, and the errors that others make."""
    right = _rounded(item)
    wrong = [f"{trap.value:.4g}" for trap in item.traps]
    return [right, f"= {right}", f"{right} {item.unit}".strip()], wrong


def _rounded(item: NumericItem) -> str:
    """The key with as few digits as its tolerance asks for; whole numbers are whole."""
    if item.answer.is_integer():
        return str(int(item.answer))
    for digits in range(2, 8):
        shown = f"{item.answer:.{digits}g}"
        if item.tolerance.allows(float(shown), item.answer):
            return shown
    return str(item.answer)


def _plain(text: str) -> str:
    """Letters and digits alone: a message is formatted, its source is marked up."""
    return " ".join(re.findall(r"\w+", text.casefold()))
