"""Marked answers to behavioural questions, and the items that they answer."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.grading.rubrics import StarPart, StarRubric
from bot.domain.grading.star_cues import Part
from bot.domain.questions import BehaviouralItem

ANSWERS = Path(__file__).with_name("star_answers.toml")


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer with the points (0 to 3) that an interviewer gave to each part."""

    item: BehaviouralItem
    kind: str
    text: str
    parts: tuple[int, ...]

    @property
    def name(self) -> str:
        return f"{self.item.id}-{self.kind}"


@cache
def marked_answers() -> tuple[Marked, ...]:
    questions = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))["questions"]
    return tuple(
        Marked(_item(question), answer["kind"], answer["text"], tuple(answer["parts"]))
        for question in questions
        for answer in question["answers"]
    )


def of_kind(kind: str) -> list[Marked]:
    return [marked for marked in marked_answers() if marked.kind == kind]


def behavioural(
    *,
    signals: Mapping[Part, Sequence[str]] | None = None,
    red_flags: Sequence[str] = (),
    follow_ups: Sequence[str] = (),
    question: str = "Tell me about a time when a release went wrong.",
    words: tuple[int, int] = (80, 350),
    item_id: str = "com.teamwork.0001",
) -> BehaviouralItem:
    """An item; parts without signals get one that is easily found."""
    parts = {
        part: StarPart(
            signals=tuple((signals or {}).get(part, ["{release|model|pipeline}"])),
            zero=f"no {part}",
            three=f"a full {part}",
        )
        for part in Part
    }
    return BehaviouralItem(
        id=item_id,
        rev=1,
        area_id="communication",
        topic_id="teamwork",
        difficulty=3,
        question=question,
        explanation="",
        rubric=StarRubric(
            situation=parts[Part.SITUATION],
            task=parts[Part.TASK],
            action=parts[Part.ACTION],
            result=parts[Part.RESULT],
            red_flags=tuple(red_flags),
            min_words=words[0],
            max_words=words[1],
        ),
        follow_ups=tuple(follow_ups),
    )


def _item(question: Mapping[str, Any]) -> BehaviouralItem:
    return behavioural(
        item_id=question["id"],
        question=question["question"],
        red_flags=question["red_flags"],
        follow_ups=question["follow_ups"],
        signals={part: question["rubric"][part]["signals"] for part in Part},
    )
