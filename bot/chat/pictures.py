"""What stands in the pictures: results and words → data to draw; pure, and nothing of Telegram."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Drawing, Screen
from bot.chat.views import percent
from bot.domain import interview
from bot.drawing.bars import Bar
from bot.drawing.calendar import Calendar
from bot.drawing.certificate import CertificatePicture, draw_certificate
from bot.drawing.progress import ProgressPicture, draw_progress
from bot.drawing.report import ReportPicture, draw_report
from bot.markup import clock, points
from bot.services.certificates import Issued
from bot.services.progress import WEEKS, Standing
from bot.services.results import Report, Share
from bot.texts import Texts

WEEK = 7
LABELLED_DAYS = (0, 2, 4)
"""Monday, Wednesday, Friday."""

Theme = Literal["light", "dark"]


def progress_screen(texts: Texts, standing: Standing, name: str) -> Screen:
    """How a person stands: a picture, the same in words, and a button for the other colours."""
    practised = [day for day, count in standing.days.items() if count and _shown(standing, day)]
    answers = sum(standing.days[day] for day in practised)
    span = (standing.today - standing.first_day).days + 1
    text = texts.screen(
        "progress",
        overall=percent(standing.overall),
        areas=[
            {
                "title": area.title,
                "met": area.met,
                "percent": percent(area.readiness),
                "change": percent(area.readiness) - percent(area.before)
                if area.before is not None
                else 0,
            }
            for area in standing.areas
        ],
        streak=standing.streak,
        practised=len(practised),
        span=span,
        answers=answers,
        answered=standing.answered,
    )
    totals = (
        (texts.drawn("practised"), f"{len(practised)}"),
        (texts.drawn("answers"), f"{answers}"),
    )
    picture = _progress_picture(texts, standing, name, totals)
    theme = _theme(standing.theme)
    other = "light" if theme == "dark" else "dark"
    rows = ((Button(texts.button(other), Press(Kind.THEME, other)),),)
    draw = partial(draw_progress, picture, theme)
    return Screen(text, rows, drawing=Drawing("progress", (picture, theme), draw))


def report_screen(texts: Texts, report: Report, words: Screen) -> Screen:
    """The report's picture above its words."""
    full = report.kind is interview.Kind.FULL
    other = report.against
    before = {share.id: share.share for share in other.areas} if other else {}
    passed = report.earned
    picture = ReportPicture(
        title=texts.drawn("report_title", kind=texts.kind(report.kind)),
        date=_date(texts, report.at.astimezone(ZoneInfo(report.zone)).date()),
        share=report.share,
        score=f"{percent(report.share)} %",
        points=texts.drawn("points", points=points(report.points), questions=report.questions),
        verdict=texts.drawn("passed" if passed else "not_passed") if full else "",
        state="good" if passed else "open",
        pass_share=interview.PASS if full else None,
        pass_label=texts.drawn("pass_line"),
        time_label=texts.drawn("time_used"),
        time_text=texts.drawn("time", used=clock(report.seconds), allowed=clock(report.allowed)),
        time_share=report.seconds / report.allowed.total_seconds(),
        areas_label=texts.drawn("report_areas"),
        areas=tuple(_bar(share.title, share, before.get(share.id)) for share in report.areas),
        types_label=texts.drawn("report_types"),
        types=tuple(_bar(texts.type(share.id), share) for share in report.types),
        before_label=texts.drawn("compared", number=other.number) if other else "",
        area_pass_share=interview.PASS_AREA if full else None,
    )
    theme = _theme(report.theme)
    draw = partial(draw_report, picture, theme)
    return Screen(words.text, words.rows, drawing=Drawing("report", (picture, theme), draw))


def certificate_screen(texts: Texts, issued: Issued, words: Screen, bot: str) -> Screen:
    """The certificate's picture above its words."""
    score = percent(issued.certified.score)
    picture = CertificatePicture(
        heading=texts.drawn("certificate_title"),
        for_label=texts.drawn("certificate_for"),
        name=issued.certified.name,
        sentences=texts.drawn("certificate_text"),
        date=_date(texts, date.fromisoformat(issued.certified.day)),
        score=f"{score} %",
        share=issued.certified.score,
        score_label=texts.drawn("certificate_score"),
        areas=tuple(
            Bar(area.title, area.share, f"{percent(area.share)} %") for area in issued.areas
        ),
        code=issued.code,
        check=texts.drawn("certificate_check", bot=bot),
    )
    draw = partial(draw_certificate, picture)
    return Screen(words.text, words.rows, drawing=Drawing("certificate", picture, draw))


def _progress_picture(
    texts: Texts, standing: Standing, name: str, totals: tuple[tuple[str, str], ...]
) -> ProgressPicture:
    streak = standing.streak
    return ProgressPicture(
        title=texts.drawn("progress_title"),
        subtitle=" · ".join(filter(None, (name, _date(texts, standing.today)))),
        readiness=f"{percent(standing.overall)} %" if standing.answered else "–",
        readiness_label=texts.drawn("readiness"),
        tiles=(
            (texts.drawn("streak"), f"{streak.current}"),
            (texts.drawn("longest"), f"{streak.longest}"),
            (texts.drawn("freezes"), f"{streak.freezes_left}"),
        ),
        areas_label=texts.drawn("areas"),
        areas=tuple(
            Bar(
                area.title,
                area.readiness if area.met else None,
                f"{percent(area.readiness)} %" if area.met else "–",
                area.before if area.met else None,
            )
            for area in standing.areas
        ),
        before_label=texts.drawn("before"),
        calendar_label=texts.drawn("calendar"),
        calendar=_calendar(texts, standing),
        scale=(texts.drawn("less"), texts.drawn("more")),
        frozen_label=texts.drawn("frozen"),
        totals=totals,
    )


def _calendar(texts: Texts, standing: Standing) -> Calendar:
    """Twelve weeks of answers, the current one last."""
    days = [standing.first_day + timedelta(days=n) for n in range(WEEKS * WEEK)]
    counts = tuple(standing.days.get(day, 0) if day <= standing.today else None for day in days)
    months, names = texts.drawn("months").split(), texts.drawn("weekdays").split()
    starts = [(day - standing.first_day).days for day in days if day.day == 1]
    return Calendar(
        counts=counts,
        months=tuple((n // WEEK, months[days[n].month - 1]) for n in starts),
        weekdays=tuple((n, names[n]) for n in LABELLED_DAYS),
        today=(standing.today - standing.first_day).days,
        frozen=frozenset((day - standing.first_day).days for day in standing.frozen),
    )


def _date(texts: Texts, day: date) -> str:
    """A date as people read it: `14 Nov 2026`."""
    return f"{day.day} {texts.drawn('months').split()[day.month - 1]} {day.year}"


def _bar(name: str, share: Share, before: float | None = None) -> Bar:
    return Bar(name, share.share, f"{points(share.points)}/{share.questions}", before)


def _shown(standing: Standing, day: date) -> bool:
    return standing.first_day <= day <= standing.today


def _theme(theme: Any) -> Theme:
    return "dark" if theme == "dark" else "light"
