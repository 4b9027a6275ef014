"""Lint: whether a bank can be passed by tricks, item by item and as a whole.

On public sets a guesser that knows only tricks solves up to 95 % of the items. The thresholds
stand in the bank format; what fails must be mended, what warns should be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.questions import Bank, ChoiceItem, Item
from bot.workshop import bank_rules, item_rules
from bot.workshop.likeness import alike
from bot.workshop.remarks import Level, Remark, Report

TWINS, ALIKE = 0.85, 0.60


def lint(bank: Bank) -> Report:
    """Everything that there is to say about a bank that loads."""
    items = list(bank.items.values())
    remarks = [remark for item in items for remark in item_rules.remarks(item)]
    remarks += _near_duplicates(items)
    remarks.sort(key=lambda remark: (remark.item.source, remark.item.line))
    choices = [item for item in items if isinstance(item, ChoiceItem)]
    return Report(tuple(remarks), tuple(bank_rules.measures(bank.areas, choices)))


def _near_duplicates(items: Sequence[Item]) -> Iterator[Remark]:
    for pair in alike(items, ALIKE):
        level = Level.FAIL if pair.cosine > TWINS else Level.WARN
        what = f"reads like {pair.first.id} (cosine {pair.cosine:.2f})"
        yield Remark(level, "near-duplicate", pair.second, what, "drop one, or ask something else")
