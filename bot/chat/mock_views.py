"""Mock interviews → Screen; pure, and nothing of Telegram."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.chat import views
from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Rows, Screen
from bot.domain import interview
from bot.domain.debrief import Reply, Tip, TipKind
from bot.domain.grading.grade import mark_of
from bot.markup import formulas_of
from bot.services.mocks import PastReport
from bot.services.results import Closed, Feedback, Held, Report, Skipped
from bot.texts import Texts

NUMBERS_A_ROW = 6
PAST_SHOWN = 10
LONGEST_ANSWER = 1_200
"""Characters of an answer beside its feedback."""


def offer(texts: Texts, past: int) -> Screen:
    """The three interviews, and the way to past reports."""
    kinds = [
        (texts.kind(kind), found.questions, int(found.time.total_seconds() // 60))
        for kind, found in interview.FORMATS.items()
    ]
    rows: list[tuple[Button, ...]] = [
        (Button(texts.button("begin_mock", kind=texts.kind(kind)), Press(Kind.MOCK, kind)),)
        for kind in interview.FORMATS
    ]
    if past:
        rows.append((Button(texts.button("past_reports"), Press(Kind.PAST)),))
    return Screen(texts.screen("mock_offer", kinds=kinds), tuple(rows))


def already_open(texts: Texts, kind: str, mock_id: str) -> Screen:
    """Another interview is not over."""
    return Screen(texts.html("interview_open", kind=texts.kind(kind)), _waiting(texts, mock_id))


def noted(texts: Texts, closed: Closed) -> Screen:
    """A question that is over: what was chosen, and no verdict."""
    shown = closed.shown
    attempt = shown.attempt
    text = texts.screen(
        "mock_noted",
        header=views.header(texts, shown),
        item=shown.item,
        options=views.option_lines(shown),
        how=closed.how,
        letters=" ".join(views.letters_of(attempt.picked)),
        answer=attempt.answer if attempt.state == "answered" and not attempt.picked else None,
    )
    return Screen(text, (), formulas_of(shown.item.question))


def held(texts: Texts, waiting: Held) -> Screen:
    """The clock stands, and the question is covered."""
    left = waiting.state.left
    text = texts.screen(
        "mock_paused",
        position=waiting.state.position,
        total=waiting.state.questions,
        asking=waiting.state.asking,
        left=left,
        away=waiting.away,
    )
    formulas = formulas_of(waiting.shown.item.question) if waiting.shown else ()
    return Screen(text, _waiting(texts, waiting.mock_id), formulas)


def report(texts: Texts, result: Report) -> Screen:
    """How the interview went, in words; the picture says the same."""
    other = result.against
    before = {share.id: share for share in other.areas} if other else {}
    text = texts.screen(
        "mock_report",
        kind=texts.kind(result.kind),
        report=result,
        percent=views.percent(result.share),
        date=_date(result.at, result.zone),
        other={
            "number": other.number,
            "kind": texts.kind(other.kind),
            "date": _date(other.at, result.zone),
            "percent": views.percent(other.share),
        }
        if other
        else None,
        used=result.seconds,
        allowed=result.allowed,
        areas=[
            (area, _change(area.share, before[area.id].share) if area.id in before else None)
            for area in result.areas
        ],
        types=[(texts.type(share.id), share) for share in result.types],
        tips=[_tip(texts, result, tip) for tip in result.tips if result.replies],
        passing=views.percent(interview.PASS),
        passing_area=views.percent(interview.PASS_AREA),
    )
    return Screen(text, report_rows(texts, result))


def report_rows(texts: Texts, result: Report) -> Rows:
    """What can be done with a report."""
    if not result.replies:
        return ()
    first = [Button(texts.button("replies"), Press(Kind.REPLIES, result.mock_id))]
    if result.others:
        first.append(Button(texts.button("compare"), Press(Kind.COMPARE, result.mock_id)))
    rows = [tuple(first)]
    if result.earned:
        certificate = Press(Kind.CERTIFICATE, result.mock_id)
        rows.append((Button(texts.button("certificate"), certificate, style="success"),))
    practise = [Button(texts.button("practise_missed"), Press(Kind.PRACTISE), style="primary")]
    weakest = next((tip.about for tip in result.tips if tip.kind is TipKind.AREA), None)
    title = next((area.title for area in result.areas if area.id == weakest), None)
    if weakest and title:
        practise.append(
            Button(texts.button("same_topic", title=title), Press(Kind.PRACTISE, weakest))
        )
    return (*rows, *((button,) for button in practise))


def replies(texts: Texts, result: Report, titles: dict[int, str]) -> Screen:
    """Every question with its mark, and a button for each."""
    lines = [
        (reply, titles[reply.position], mark_of(reply.points), round(reply.seconds))
        for reply in result.replies
    ]
    asked = [reply.position for reply in result.replies if reply.attempt_id]
    buttons = [
        Button(str(position), Press(Kind.REPLY, result.mock_id, position)) for position in asked
    ]
    rows = tuple(
        tuple(buttons[start : start + NUMBERS_A_ROW])
        for start in range(0, len(buttons), NUMBERS_A_ROW)
    )
    text = texts.screen("mock_replies", kind=texts.kind(result.kind), lines=lines)
    return Screen(text, rows)


def reply(texts: Texts, result: Report, verdict: Feedback | Skipped, position: int) -> Screen:
    """One question with its feedback, and the way to its neighbours."""
    shown = verdict.shown
    if isinstance(verdict, Skipped):
        body: Markup | str = views.skipped(texts, verdict).text
        question = None
    else:
        typed = not shown.order
        body = views.feedback(texts, verdict, recap=not typed).text
        question = shown.item if typed else None
    text = texts.screen(
        "mock_reply",
        header=views.header(texts, shown) if question else None,
        item=question,
        answer=_clipped(shown.attempt.answer or "") if question else None,
        body=Markup(body),  # noqa: S704 — made by the template engine
        seconds=round(_seconds(result.replies, position)),
    )
    return Screen(text, _beside(texts, result, shown.attempt.id, position))


def past(texts: Texts, reports: list[PastReport], zone: str, of: str = "") -> Screen:
    """Past reports to look at, or to compare the report `of` with."""
    listed = [one for one in reports if one.mock_id != of][:PAST_SHOWN]
    rows = tuple(
        (
            Button(
                texts.button(
                    "past_report",
                    number=one.number,
                    date=_date(one.at, zone),
                    kind=texts.kind(one.kind),
                    percent=views.percent(one.share),
                ),
                Press(Kind.REPORT_AGAIN, of, one.number) if of else _again(one),
            ),
        )
        for one in listed
    )
    return Screen(texts.screen("mock_past", comparing=bool(of), count=len(listed)), rows)


def _clipped(answer: str) -> str:
    """A long answer by its beginning, so that the view stays one message."""
    return answer if len(answer) <= LONGEST_ANSWER else f"{answer[:LONGEST_ANSWER].rstrip()} …"


def _again(one: PastReport) -> Press:
    return Press(Kind.REPORT_AGAIN, one.mock_id)


def _waiting(texts: Texts, mock_id: str) -> Rows:
    resume = Button(texts.button("resume"), Press(Kind.RESUME, mock_id), style="primary")
    return ((resume, Button(texts.button("end_mock"), Press(Kind.END, mock_id))),)


def _beside(texts: Texts, result: Report, attempt_id: str, position: int) -> Rows:
    """The neighbours, the list, and the way to complain."""
    asked = [one.position for one in result.replies if one.attempt_id]
    place = asked.index(position)
    row = []
    if place > 0:
        row.append(_to(result, asked[place - 1], "◀ "))
    row.append(Button(texts.button("list"), Press(Kind.REPLIES, result.mock_id, 1)))
    if place + 1 < len(asked):
        row.append(_to(result, asked[place + 1], "", " ▶"))
    return (tuple(row), (Button(texts.button("report"), Press(Kind.REPORT, attempt_id)),))


def _to(result: Report, position: int, before: str, after: str = "") -> Button:
    return Button(f"{before}{position}{after}", Press(Kind.REPLY, result.mock_id, position))


def _tip(texts: Texts, result: Report, tip: Tip) -> Markup:
    """What to do next, in words."""
    titles = {area.id: area.title for area in result.areas}
    key = tip.about if tip.kind is TipKind.TYPE else tip.kind
    return texts.tip(key, {"about": titles.get(tip.about, ""), "amount": tip.amount})


def _change(now: float, before: float) -> int:
    """Percentage points gained or lost."""
    return views.percent(now) - views.percent(before)


def _seconds(replies_: tuple[Reply, ...], position: int) -> float:
    return next((one.seconds for one in replies_ if one.position == position), 0.0)


def _date(at: datetime, zone: str) -> str:
    """The date where the person is: `2026-01-10`."""
    return at.astimezone(ZoneInfo(zone)).date().isoformat()
