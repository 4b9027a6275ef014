"""Feedback on free text: concepts covered and missing, and the four parts of a story."""

from __future__ import annotations

from markupsafe import Markup

from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Rows
from bot.domain.grading.answers import Flag
from bot.domain.grading.concepts import ConceptGrade
from bot.domain.grading.grade import mark_of
from bot.domain.grading.star import StarGrade
from bot.domain.questions import BehaviouralItem
from bot.services.grading import FreeText, model_answer, score_of
from bot.services.results import Shown
from bot.texts import Texts

RATINGS = range(4)
"""How a person may rate their own story: weak, fair, good, strong."""
MOST_ADVICE = 3
"""More than that at a time is not taken in."""


def feedback(
    texts: Texts,
    shown: Shown,
    grade: ConceptGrade | StarGrade,
    streak: Markup | None,
    *,
    model: bool,
) -> Markup:
    """The verdict on a free-text answer; with `model`, the model answer below it."""
    told = model_answer(shown.item) if model and isinstance(shown.item, FreeText) else None
    if isinstance(grade, StarGrade):
        return _star(texts, shown, grade, streak, told)
    return texts.screen(
        "feedback_concepts",
        mark=mark_of(score_of(grade)),
        grade=grade,
        listed=Flag.LIST in grade.flags,
        missing=grade.missing if score_of(grade) < 1 else (),
        item=shown.item,
        model=told,
        streak=streak,
    )


def rows(texts: Texts, shown: Shown, below: Rows, *, model: bool) -> Rows:
    """The model answer, the person's own rating of a story, then `below`."""
    attempt = shown.attempt
    rows: list[tuple[Button, ...]] = []
    if isinstance(shown.item, BehaviouralItem):
        rows.append(
            tuple(
                Button(
                    texts.button("rating", rating=rating, chosen=rating == attempt.self_rating),
                    Press(Kind.RATE, attempt.id, rating),
                )
                for rating in RATINGS
            )
        )
    if not model and isinstance(shown.item, FreeText) and model_answer(shown.item):
        show = Press(Kind.MODEL, attempt.id)
        rows.append((Button(texts.button("model_answer"), show),))
    return (*rows, *below)


def _star(
    texts: Texts, shown: Shown, grade: StarGrade, streak: Markup | None, told: str | None
) -> Markup:
    return texts.screen(
        "feedback_star",
        mark=mark_of(score_of(grade)),
        grade=grade,
        parts=[(texts.star(part), points) for part, points in grade.parts.items()],
        weakest=texts.star(grade.weakest) if grade.weakest else "",
        advice=[texts.advice(advice.key, advice.values) for advice in grade.advice[:MOST_ADVICE]],
        item=shown.item,
        model=told,
        streak=streak,
    )
