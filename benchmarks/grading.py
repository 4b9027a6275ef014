"""How long grading takes: a usual answer, and 4,096 hostile characters."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from bot.banks.loader import load_bank
from bot.content import content_folder
from bot.domain.grading.concepts import compile_rubric
from bot.domain.grading.star import compile_star
from bot.domain.questions import BehaviouralItem, KeywordItem

HOSTILE = (
    "a" * 4096,
    "stop training " * 292,
    "not " * 1024,
    "(" * 4096,
    "²" * 4096,
    "I would " * 512,
    "\\alpha{" * 585,
)


def measure_grading() -> None:
    """Prints medians and the worst case over all free-text items."""
    items = load_bank(content_folder("question_banks")).items.values()
    usual: list[float] = []
    hostile: list[float] = []
    for item in items:
        if isinstance(item, KeywordItem):
            grade: Callable[[str], object] = compile_rubric(item.rubric, item.question).grade
        elif isinstance(item, BehaviouralItem):
            grade = compile_star(item).grade
        else:
            continue
        usual += [_milliseconds(grade, example.answer) for example in item.examples]
        hostile += [_milliseconds(grade, text) for text in HOSTILE]
    print(
        f"grading a usual answer: {statistics.median(usual):.2f} ms (worst {max(usual):.1f}); "
        f"4,096 hostile characters: {statistics.median(hostile):.1f} ms (worst {max(hostile):.1f})"
    )


def _milliseconds(grade: Callable[[str], object], text: str) -> float:
    """The best of three: what the machine does besides is no part of it."""
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        grade(text)
        best = min(best, time.perf_counter() - began)
    return best * 1000
