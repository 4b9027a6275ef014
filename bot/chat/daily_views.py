"""The daily question → Screen: what everybody made of it, and how it went."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from markupsafe import Markup

from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Rows, Screen
from bot.domain.grading.grade import mark_of
from bot.domain.questions import NumericItem
from bot.markup import formulas_of
from bot.services.results import Crowd, DailyOutcome, Shown
from bot.texts import Texts


def crowd_line(texts: Texts, crowd: Crowd | None) -> Markup | None:
    """How many got it right."""
    if crowd is None or not crowd.answers:
        return None
    share = round(100 * crowd.share)
    return texts.screen("crowd_line", percent=share, answers=crowd.answers, today=crowd.today)


def after_rows(texts: Texts, shown: Shown) -> Rows:
    """Below its feedback: nothing follows, but one may practise."""
    practise = Button(texts.button("practise"), Press(Kind.PRACTISE), style="primary")
    return ((practise, _report(texts, shown.attempt.id)),)


def outcome(
    texts: Texts, result: DailyOutcome, now: datetime, recap: Markup | None, key: str
) -> Screen:
    """A daily question with its answer; `recap` is the question, `key` its right letters."""
    shown, attempt = result.shown, result.attempt
    item = shown.item if shown else None
    text = texts.screen(
        "daily",
        when=_when(texts, result.day, now),
        state=attempt.state if attempt else "missed",
        mark=mark_of(attempt.score or 0.0) if attempt else "",
        score=attempt.score if attempt else None,
        said=attempt.answer if attempt and not key else None,
        key=key,
        answer=item.answer if isinstance(item, NumericItem) else None,
        item=item,
        crowd=crowd_line(texts, result.crowd),
        hours=_hours_left(now) if result.today else None,
        recap=recap,
    )
    return Screen(text, _rows(texts, result), formulas_of(item.question) if item else ())


def aside(texts: Texts, shown: Shown, header: Markup, now: datetime) -> Screen:
    """In place of a question that was set aside."""
    assert shown.attempt.daily is not None  # noqa: S101 — only daily questions are set aside
    today = shown.attempt.daily == now.date()
    text = texts.screen("daily_aside", header=header, today=today)
    back = Press(Kind.DAILY, shown.attempt.daily.isoformat())
    rows = ((Button(texts.button("daily"), back), _practise(texts)),)
    return Screen(text, rows, formulas_of(shown.item.question))


def _rows(texts: Texts, result: DailyOutcome) -> Rows:
    below = [_practise(texts)]
    if result.attempt:
        below.append(_report(texts, result.attempt.id))
    if result.earlier is None:
        return (tuple(below),)
    earlier = Press(Kind.DAILY, result.earlier.isoformat())
    return ((Button(texts.button("yesterday"), earlier),), tuple(below))


def _practise(texts: Texts) -> Button:
    return Button(texts.button("practise"), Press(Kind.PRACTISE))


def _report(texts: Texts, attempt_id: str) -> Button:
    return Button(texts.button("report"), Press(Kind.REPORT, attempt_id))


def _when(texts: Texts, day: date, now: datetime) -> str:
    """`today`, `yesterday`, or the date: `9 Jan`."""
    ago = (now.date() - day).days
    if ago in {0, 1}:
        return ("today", "yesterday")[ago]
    return f"{day.day} {texts.drawn('months').split()[day.month - 1]}"


def _hours_left(now: datetime) -> int:
    """Until the next one, rounded up."""
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    return -(-int((midnight - now).total_seconds()) // 3600)
