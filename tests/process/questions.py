"""A small bank whose right answers are easily seen, and what comes of answering it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bot.simulator import Person, Seen
from tests.process.harness import PATIENCE


def write_bank(folder: Path, *, choices: int = 2, numbers: int = 2) -> Path:
    """Questions on `python` with letters, and on `numerics` whose answer is their number."""
    for area, topic, prefix, items in (
        ("programming", "python", "prog.python", [_choice] * choices),
        ("applied_math", "numerics", "math.numerics", [_number] * numbers),
    ):
        (folder / area).mkdir(parents=True)
        head = f'schema = 1\narea = "{area}"\ntopic = "{topic}"\nlanguage = "en"\n'
        body = "".join(
            f'\n[[items]]\nid = "{prefix}.{n:04}"\nrev = 1\ndifficulty = 2\n{item(n)}'
            for n, item in enumerate(items, start=1)
        )
        (folder / area / f"{topic}.toml").write_text(head + body, encoding="utf-8")
    return folder


def _choice(number: int) -> str:
    wrong = "\n".join(f'  {{ text = "wrong {n}", why = "Because." }},' for n in ("i", "ii", "iii"))
    return (
        f'type = "single"\nquestion = "Which one is right, in case {number}?"\noptions = [\n'
        f'  {{ text = "right", correct = true }},\n{wrong}\n]\nexplanation = "It is so."\n'
        'hints = ["Look again."]\n'
    )


def _number(number: int) -> str:
    return (
        f'type = "numeric"\nquestion = "What is {number} times one?"\nanswer = {number}.0\n'
        'tolerance = { abs = 0.1 }\nexplanation = "It is so."\n'
    )


def right_letter(question: Seen) -> str:
    """The letter of the right option."""
    found = re.search(r"^([A-D])\) right$", question.text, re.MULTILINE)
    assert found, question.text
    return found[1]


def wrong_letter(question: Seen) -> str:
    """The letter of a wrong option."""
    return next(letter for letter in "ABCD" if letter != right_letter(question))


def right_number(question: Seen) -> str:
    """The right answer to a numeric question."""
    found = re.search(r"What is (\d+) times one", question.text)
    assert found, question.text
    return found[1]


async def feedback_on(person: Person, question: Seen) -> Seen:
    """The feedback that takes the place of a question with letters, now or when it comes."""

    def is_feedback(seen: Seen) -> bool:
        return seen.id >= question.id and seen.text.startswith(("✅", "❌"))

    return await person.wait(is_feedback, PATIENCE)


async def exported(person: Person) -> dict[str, Any]:
    """What `/export` says."""
    files = person.world.files
    document = (await person.ask("/export")).raw["document"]
    assert document["mime_type"] == "application/json"
    found: dict[str, Any] = json.loads(files.get(document["file_id"]).data)
    return found


def scores(document: dict[str, Any]) -> list[tuple[str, float]]:
    """The answers in an export with their scores, oldest first."""
    return [(attempt["answer"], attempt["score"]) for attempt in document["attempts"]]
