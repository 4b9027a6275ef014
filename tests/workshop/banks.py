"""Banks of singles written for lint: as many as wanted, each as it should be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.banks.taxonomy import load_taxonomy
from bot.domain.questions import Bank, ChoiceItem, Item, Option, Proof, Reference

AREAS = load_taxonomy()


def single(
    number: int,
    texts: Sequence[str] = ("alpha", "bravo", "gamma", "delta"),
    key: int = 0,
    question: str = "",
    **changes: object,
) -> ChoiceItem:
    """A sound item; its distractors have reasons, its words are its own."""
    options = tuple(
        Option(text, index == key, "" if index == key else "Because.")
        for index, text in enumerate(texts)
    )
    parts: dict[str, object] = {
        "id": f"stat.gaussian.{number:04}",
        "rev": 1,
        "area_id": "statistics",
        "topic_id": "gaussian",
        "difficulty": 3,
        "question": question or f"q{number} w{number * 7} v{number * 13}?",
        "explanation": "So it is.",
        "options": options,
        "refs": (Reference("book", "A Book"),),
        "proof": Proof("reviewed", by="A Book"),
        "source": "statistics/gaussian.toml",
        "line": number,
    }
    return ChoiceItem(**(parts | changes))  # type: ignore[arg-type]  # each part has its own type


def bank_of(items: Sequence[Item]) -> Bank:
    """A bank of these items, under the ten areas."""
    return Bank(AREAS, {item.id: item for item in items})


def many(make: Callable[[int], ChoiceItem], count: int = 120) -> Bank:
    """A bank of `count` items."""
    return bank_of([make(number) for number in range(1, count + 1)])
