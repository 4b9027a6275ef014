"""Results → Screen; pure, and nothing of Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.chat import daily_views, free_text
from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Rows, Screen
from bot.domain.grading.grade import Grade
from bot.domain.questions import BehaviouralItem, ChoiceItem, NumericItem
from bot.domain.streaks import StreakRules, StreakView
from bot.markup import formulas_of, points
from bot.services.grading import FreeText
from bot.services.results import Feedback, Shown, Skipped, Summary
from bot.services.settling import LETTERS
from bot.texts import Texts
from bot.wording import COMMANDS

LETTERS_A_ROW = 4


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option as shown, under its letter."""

    letter: str
    text: str
    correct: bool
    picked: bool


def question(texts: Texts, shown: Shown, now: datetime | None = None) -> Screen:
    """A question with its letters and the row of `Hint`, `Skip`, `Stop`.

    In an interview with the time that is left at `now`.
    """
    clock = shown.interview.remaining(now) if shown.interview and now else None
    text = texts.screen(
        "question",
        header=header(texts, shown),
        clock=clock,
        item=shown.item,
        options=option_lines(shown),
        multi=_is_multi(shown),
        numeric=isinstance(shown.item, NumericItem),
        free_text=isinstance(shown.item, FreeText),
        words=shown.item.rubric if isinstance(shown.item, BehaviouralItem) else None,
        collecting=shown.attempt.is_collecting,
        why=shown.attempt.why,
        hints=shown.item.hints[: shown.attempt.hints],
    )
    return Screen(text, question_rows(texts, shown), formulas_of(shown.item.question))


def question_rows(texts: Texts, shown: Shown) -> Rows:
    """The buttons of an open question."""
    attempt = shown.attempt
    letters = [
        Button(_letter_label(shown, place), Press(Kind.OPTION, attempt.id, place))
        for place in range(len(shown.order))
    ]
    rows = _in_even_rows(letters)
    if _is_multi(shown):
        submit = Press(Kind.SUBMIT, attempt.id)
        rows.append((Button(texts.button("submit"), submit, style="primary"),))
    if isinstance(shown.item, FreeText):
        rows = [_draft_row(texts, shown)]
    below = [
        Button(texts.button("skip"), Press(Kind.SKIP, attempt.id)),
        Button(texts.button("stop"), Press(Kind.STOP, attempt.id)),
    ]
    if shown.interview:
        below.insert(0, Button(texts.button("pause"), Press(Kind.PAUSE, attempt.id)))
    elif attempt.hints < len(shown.item.hints):
        below.insert(0, Button(texts.button("hint"), Press(Kind.HINT, attempt.id)))
    return (*rows, tuple(below))


def feedback(
    texts: Texts, result: Feedback, *, recap: bool = False, model: bool = False
) -> Screen:
    """The verdict, why, the source; `recap` repeats the question below (an edited message).

    With `model`, the model answer of a free-text item is told, too.
    """
    shown, grade = result.shown, result.grade
    if not isinstance(grade, Grade):
        streak = _streak_line(texts, result.streak)
        text = free_text.feedback(texts, shown, grade, streak, model=model)
        return Screen(text, free_text.rows(texts, shown, after_rows(texts, shown), model=model))
    text = texts.screen(
        "feedback",
        mark=grade.mark,
        score=grade.score,
        letters=" ".join(letters_of(shown.attempt.picked)),
        key=key_of(shown),
        answer=shown.item.answer if isinstance(shown.item, NumericItem) else None,
        reasons=grade.reasons,
        item=shown.item,
        streak=_streak_line(texts, result.streak),
        recap=recapped(texts, shown) if recap else None,
        crowd=daily_views.crowd_line(texts, result.crowd),
    )
    formulas = formulas_of(shown.item.question) if recap else ()
    return Screen(text, after_rows(texts, shown), formulas)


def points_of(result: Feedback) -> str:
    """The score as people read it."""
    return points(result.score)


def skipped(texts: Texts, result: Skipped) -> Screen:
    """The answer to a question that was passed over."""
    shown = result.shown
    text = texts.screen(
        "skipped",
        item=shown.item,
        key=key_of(shown),
        answer=shown.item.answer if isinstance(shown.item, NumericItem) else None,
        recap=recapped(texts, shown),
        crowd=daily_views.crowd_line(texts, result.crowd),
    )
    return Screen(text, after_rows(texts, shown), formulas_of(shown.item.question))


def after_rows(texts: Texts, shown: Shown) -> Rows:
    """`Next ▶` and `🚩 Report`; nothing comes next after a daily question."""
    if shown.attempt.daily:
        return daily_views.after_rows(texts, shown)
    attempt_id = shown.attempt.id
    return (
        (
            Button(texts.button("next"), Press(Kind.NEXT, attempt_id), style="primary"),
            Button(texts.button("report"), Press(Kind.REPORT, attempt_id)),
        ),
    )


def report_rows(texts: Texts, attempt_id: str) -> Rows:
    """What stays under feedback once the set has moved on."""
    return ((Button(texts.button("report"), Press(Kind.REPORT, attempt_id)),),)


def summary(texts: Texts, result: Summary, title: str) -> Screen:
    """The end of a set; `title` names its area or topic, if it had one."""
    text = texts.screen(
        "summary",
        stopped=result.stopped,
        score=result.score,
        total=result.total,
        areas=result.areas,
        streak=result.streak,
        missed=result.missed,
        skipped=result.skipped,
    )
    if not title:
        again = (Button(texts.button("another_set"), Press(Kind.PRACTISE), style="primary"),)
        return Screen(text, (again,))
    same = texts.button("same_topic", title=title)
    return Screen(
        text,
        (
            (Button(same, Press(Kind.PRACTISE, result.scope), style="primary"),),
            (Button(texts.button("mixed"), Press(Kind.PRACTISE)),),
        ),
    )


def welcome(texts: Texts, name: str, *, new: bool) -> Screen:
    """The greeting, with what to do first."""
    rows: list[tuple[Button, ...]] = [
        (Button(texts.button("practise"), Press(Kind.PRACTISE), style="primary"),)
    ]
    rows.append((Button(texts.button("mock"), Press(Kind.MOCK)),))
    rows.append((Button(texts.button("set_up"), Press(Kind.SETTINGS)),))
    return Screen(texts.screen("welcome", name=name, new=new), tuple(rows))


def streak(texts: Texts, view: StreakView, rules: StreakRules) -> Screen:
    """The streak with its rules."""
    text = texts.screen("streak", view=view, rules=rules, saved=_saved(texts, view))
    return Screen(text)


def topic_rows(suggestions: list[tuple[str, str]]) -> Rows:
    """Areas and topics that were perhaps meant."""
    return tuple((Button(title, Press(Kind.PRACTISE, scope)),) for scope, title in suggestions)


def forget(texts: Texts) -> Screen:
    """Asks once more before everything goes."""
    return Screen(
        texts.screen("forget"),
        (
            (
                Button(texts.button("forget_yes"), Press(Kind.FORGET), style="danger"),
                Button(texts.button("forget_no"), Press(Kind.KEEP)),
            ),
        ),
    )


def help_screen(texts: Texts, areas: tuple[str, ...]) -> Screen:
    """Every command on one screen."""
    private = [(name, texts.commands["private"][name]) for name in COMMANDS["private"]]
    group = [(n, texts.commands["group"][n]) for n in COMMANDS["group"] if n != "help"]
    return Screen(texts.screen("help", private=private, group=group, areas=areas))


def header(texts: Texts, shown: Shown) -> Markup:
    """Area, topic, difficulty and place."""
    return texts.screen(
        "header",
        area=shown.area,
        topic=shown.topic,
        difficulty=shown.item.difficulty,
        position=shown.attempt.position,
        total=shown.total,
    )


def recapped(texts: Texts, shown: Shown) -> Markup:
    """The question with its options marked, below a verdict."""
    return texts.screen(
        "recap", header=header(texts, shown), item=shown.item, options=option_lines(shown)
    )


def _streak_line(texts: Texts, view: StreakView | None) -> Markup | None:
    if view is None:
        return None
    return texts.screen(
        "streak_line",
        current=view.current,
        longest=view.longest,
        saved=_saved(texts, view),
        milestone=view.milestone,
    )


def _saved(texts: Texts, view: StreakView) -> Markup | None:
    """Which days freezes have saved; None if none."""
    if not view.frozen:
        return None
    weekdays = [day.weekday() for day in view.frozen]
    return texts.screen("streak_saved", weekdays=weekdays, left=view.freezes_left)


def _is_multi(shown: Shown) -> bool:
    return isinstance(shown.item, ChoiceItem) and shown.item.multi


def option_lines(shown: Shown) -> list[OptionLine]:
    """The options in the order in which they were dealt."""
    if not isinstance(shown.item, ChoiceItem):
        return []
    options = shown.item.options
    return [
        OptionLine(
            letter=LETTERS[place],
            text=options[index].text,
            correct=options[index].correct,
            picked=place in shown.attempt.picked,
        )
        for place, index in enumerate(shown.order)
    ]


def key_of(shown: Shown) -> str:
    """The right letters as dealt, e.g. `A C`; empty where there are no letters."""
    return " ".join(option.letter for option in option_lines(shown) if option.correct)


def percent(share: float) -> int:
    """A share of 1 as people read it."""
    return round(100 * share)


def _in_even_rows(letters: list[Button]) -> list[tuple[Button, ...]]:
    """As few rows as four letters a row allow, of equal length where possible."""
    count = -(-len(letters) // LETTERS_A_ROW) or 1
    length = -(-len(letters) // count) or 1
    return [tuple(letters[i : i + length]) for i in range(0, len(letters), length)]


def _draft_row(texts: Texts, shown: Shown) -> tuple[Button, ...]:
    """For answers in several messages: `➕` begins them, `✔` ends them."""
    if shown.attempt.is_collecting:
        done = Press(Kind.FINISHED, shown.attempt.id)
        return (Button(texts.button("finished"), done, style="primary"),)
    return (Button(texts.button("not_finished"), Press(Kind.NOT_FINISHED, shown.attempt.id)),)


def _letter_label(shown: Shown, place: int) -> str:
    letter = LETTERS[place]
    if not _is_multi(shown):
        return letter
    return f"{'☑' if place in shown.attempt.picked else '☐'} {letter}"


def letters_of(places: frozenset[int]) -> list[str]:
    """Places as shown, by their letters."""
    return [LETTERS[place] for place in sorted(places)]
