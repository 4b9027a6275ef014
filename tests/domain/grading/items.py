"""Items for the tests of grading."""

from __future__ import annotations

from bot.domain.questions import ChoiceItem, NumericItem, Option, Order, Scoring, Tolerance, Trap


def choice(
    key: str,
    *,
    order: Order = "shuffle",
    multi: bool = False,
    scoring: Scoring = "right-minus-wrong",
) -> ChoiceItem:
    """An item whose options are the letters of `key`: capitals are right."""
    return ChoiceItem(
        id="prog.python.0001",
        rev=1,
        area_id="programming",
        topic_id="python",
        difficulty=1,
        question="Which?",
        explanation="These.",
        options=tuple(
            Option(letter, correct=True)
            if letter.isupper()
            else Option(letter, why=f"no {letter}")
            for letter in key
        ),
        order=order,
        multi=multi,
        scoring=scoring,
    )


def numeric(
    answer: float,
    unit: str = "",
    *,
    rel: float = 0.01,
    traps: tuple[Trap, ...] = (),
) -> NumericItem:
    """An item with this answer."""
    return NumericItem(
        id="prog.memory.0001",
        rev=1,
        area_id="programming",
        topic_id="memory",
        difficulty=1,
        question="How much?",
        explanation="So much.",
        answer=answer,
        unit=unit,
        tolerance=Tolerance(rel=rel),
        traps=traps,
    )
