"""`bank preview`: what the chat makes of an item, as text: question, feedback, poll."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.chat import views
from bot.chat.screen import Screen
from bot.domain.grading.choice import grade_choice
from bot.domain.grading.grade import Grade
from bot.domain.questions import Bank, ChoiceItem, Item, NumericItem, ParamItem
from bot.markup import formulas_of, plain
from bot.services.catalogue import Catalogue
from bot.services.grading import FreeText, Graders, model_answer
from bot.services.results import Feedback, Shown
from bot.services.settling import LETTERS
from bot.storage.records import Attempt
from bot.texts import Texts

_TAG = re.compile(r"<[^>]+>")
_RULE = "─" * 24
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def preview(item: Item, bank: Bank, texts: Texts, variant: int = 0) -> str:
    """The question, what follows each answer, and the poll, in plain text."""
    shown = Catalogue(bank).shown(_attempt(item, variant), 10)
    parts = [_titled("question", views.question(texts, shown))]
    parts += [_titled(title, screen) for title, screen in _feedback(texts, shown)]
    if isinstance(shown.item, ChoiceItem) and item.poll:
        parts.append(_poll(shown.item))
    return "\n".join(parts)


def formulas_in(item: Item, variant: int = 0) -> tuple[str, ...]:
    """The formulas of the question, of which the chat makes a picture."""
    dealt = item.dealt(variant) if isinstance(item, ParamItem) else item
    return formulas_of(dealt.question)


def _attempt(item: Item, variant: int) -> Attempt:
    """An attempt at the item that nobody made; every hint is given."""
    return Attempt.opened(
        "preview",
        person_id=1,
        chat_id=1,
        set_id="preview",
        position=1,
        item_id=item.id,
        rev=item.rev,
        variant=variant,
        seed=1,
        asked_at=_EPOCH,
        asked_by=1,
        hints=len(item.hints),
    )


def _feedback(texts: Texts, shown: Shown) -> Iterator[tuple[str, Screen]]:
    item = shown.item
    if isinstance(item, ChoiceItem):
        yield from _after_choices(texts, shown, item)
    elif isinstance(item, NumericItem):
        yield "after the answer", views.feedback(texts, Feedback(shown, Grade(1.0), None))
        for trap in item.traps:
            grade = Grade(0.0, reasons=(trap.why,))
            title = f"after {trap.value:g}"
            yield title, views.feedback(texts, Feedback(shown, grade, None))
    elif isinstance(item, FreeText) and (best := model_answer(item)):
        verdict = Graders().grade(item, best, seed=1)
        yield f"after “{best}”", views.feedback(texts, Feedback(shown, verdict, None))


def _after_choices(texts: Texts, shown: Shown, item: ChoiceItem) -> Iterator[tuple[str, Screen]]:
    """The keys together, then every distractor alone."""
    choices = [item.key, *({i} for i, o in enumerate(item.options) if not o.correct)]
    for choice in map(frozenset, choices):
        picked = frozenset(place for place, index in enumerate(shown.order) if index in choice)
        pressed = replace(shown, attempt=replace(shown.attempt, picked=picked))
        letters = " ".join(LETTERS[place] for place in sorted(picked))
        result = Feedback(pressed, grade_choice(item, choice), None)
        yield f"after {letters}", views.feedback(texts, result, recap=True)


def _poll(item: ChoiceItem) -> str:
    question = plain(item.question, item.formula_text)
    lines = [f"{_RULE} as a poll (question {len(question)} of 300)", question]
    lines += [f"  ○ {plain(option.text)}" for option in item.options]
    lines.append(f"  {plain(item.explanation)}")
    return "\n".join(lines) + "\n"


def _titled(title: str, screen: Screen) -> str:
    lines = [f"{_RULE} {title}"]
    if screen.formulas:
        lines += [f"[picture: {'   '.join(screen.formulas)}]"]
    lines.append(html.unescape(_TAG.sub("", str(screen.text))))
    lines += ["  ".join(f"[{button.label}]" for button in row) for row in screen.rows if row]
    return "\n".join(lines) + "\n"
