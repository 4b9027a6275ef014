"""A week's summary → Screen: a picture, and the same in words."""

from __future__ import annotations

from functools import partial

from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Drawing, Screen
from bot.chat.views import percent
from bot.drawing.bars import Bar
from bot.drawing.palette import Theme
from bot.drawing.weekly import Day, WeeklyPicture, draw_week
from bot.services.progress import Week
from bot.texts import Texts


def weekly_screen(texts: Texts, week: Week, name: str = "") -> Screen:
    """How a person's week went; `name` stands in the picture where it is known."""
    text = texts.screen(
        "weekly",
        answers=week.answers,
        percent=percent(week.share),
        practised=len(week.days),
        before=week.before,
        areas=week.areas,
        streak=week.streak,
        due=week.due,
    )
    picture, theme = _picture(texts, week, name), _theme(week.theme)
    rows = ((Button(texts.button("practise"), Press(Kind.PRACTISE), style="primary"),),)
    draw = partial(draw_week, picture, theme)
    return Screen(text, rows, drawing=Drawing("week", (picture, theme), draw))


def _picture(texts: Texts, week: Week, name: str) -> WeeklyPicture:
    names = texts.drawn("weekdays").split()
    return WeeklyPicture(
        title=texts.drawn("week_title"),
        subtitle=" · ".join(filter(None, (name, _span(texts, week)))),
        share=f"{percent(week.share)} %",
        share_label=texts.drawn("week_share", answers=week.answers),
        tiles=(
            (
                texts.drawn("practised"),
                texts.drawn("week_practised", practised=len(week.days)),
            ),
            (texts.drawn("answers"), f"{week.answers}"),
            (texts.drawn("streak"), f"{week.streak.current}"),
        ),
        days_label=texts.drawn("week_days"),
        days=tuple(
            Day(names[day.weekday()], week.days.get(day, 0), day in week.frozen)
            for day in week.dates
        ),
        frozen_label=texts.drawn("frozen"),
        areas_label=texts.drawn("week_moved"),
        areas=tuple(
            Bar(area.title, area.after / 100, f"{area.before} → {area.after} %", area.before / 100)
            for area in week.areas
        ),
        before_label=texts.drawn("week_ago"),
        waiting=texts.drawn("week_due", due=week.due) if week.due else "",
    )


def _span(texts: Texts, week: Week) -> str:
    """The dates of the week: `9–15 Nov 2026`."""
    months = texts.drawn("months").split()
    first, last = week.dates[0], week.dates[-1]
    end = f"{last.day} {months[last.month - 1]} {last.year}"
    if first.month == last.month:
        return f"{first.day}–{end}"
    return f"{first.day} {months[first.month - 1]} – {end}"


def _theme(theme: str) -> Theme:
    return "dark" if theme == "dark" else "light"
