"""Graded answers of other people's exams, read where they lie and never copied."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
VARIABLE = "GRADING_DATA"


@dataclass(frozen=True, slots=True)
class Row:
    """One answer and the mark (0 to 1) that people gave it."""

    question_id: str
    question: str
    references: tuple[str, ...]
    answer: str
    score: float

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered."""
        return self.answer.strip().casefold().rstrip(".") in {"", "not answered", "no submission"}


def folder() -> Path:
    """Where the data should lie: `$GRADING_DATA`, or `shared/grading` beside the checkout."""
    default = HERE.parent.parent.parent / "shared" / "grading"
    return Path(os.environ.get(VARIABLE, default))


def is_there() -> bool:
    """Whether the development data is on this machine."""
    return (folder() / "dev" / "mohler.jsonl").is_file()


def load(name: str) -> list[Row]:
    """All rows of `dev/<name>.jsonl`."""
    text = (folder() / "dev" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [
        Row(
            question_id=str(raw["question_id"]),
            question=raw["question"],
            references=tuple(raw["references"]),
            answer=raw["answer"],
            score=float(raw["score"]),
        )
        for raw in map(json.loads, text.splitlines())
    ]
