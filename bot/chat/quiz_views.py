"""Group quizzes → Screen, and rounds → polls; pure, and nothing of Telegram."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Drawing, Rows, Screen
from bot.domain.group_quiz import Phase
from bot.domain.questions import ChoiceItem, NumericItem
from bot.domain.quiz_events import Ending
from bot.domain.quiz_scores import Line
from bot.drawing.podium import PodiumPicture, Standing, draw_podium
from bot.markup import formulas_of, plain, rich
from bot.services.quiz_items import POLL_DESCRIPTION
from bot.services.quiz_results import Asked, CompanionBoard, GroupBoard, Job, Scene, Score
from bot.texts import Texts

LEADERS = 3
"""So many stand in a standing."""
PICTURED = 10
"""So many are in the picture of the podium."""
EXPLANATION, EXPLANATION_LINES = 200, 3
"""Characters and lines of an explanation that a poll may have (Bot API, sendPoll)."""

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class PodiumLine:
    """One player's line of the podium."""

    name: str
    points: int
    right: int
    seconds: int


def lobby(texts: Texts, scene: Scene) -> Screen:
    """Who has joined, and the buttons to join and to start; without them once it has begun."""
    state = scene.state
    called_off = state.ending is Ending.CALLED_OFF
    is_open = state.phase is Phase.LOBBY
    teams = [
        (texts.html("team", team=team), _names(texts, scene, team)) for team in range(state.teams)
    ]
    text = texts.screen(
        "quiz_lobby",
        title=scene.title,
        rounds=len(state.slots),
        seconds=_seconds(state.limit),
        open_rounds=sum(slot.is_open for slot in state.slots),
        teams=teams,
        players=_names(texts, scene, None) if not teams else [],
        state="called_off" if called_off else "open" if is_open else "begun",
        hosted=state.host_id is not None,
    )
    return Screen(text, _lobby_rows(texts, scene) if is_open else ())


def poll(texts: Texts, asked: Asked, limit: timedelta) -> dict[str, Any]:
    """The parameters of `sendPoll` for a round; the formula's picture is the caller's."""
    item = asked.item
    assert isinstance(item, ChoiceItem)  # noqa: S101 — only these fit polls
    correct = [place for place, index in enumerate(asked.order) if index in item.key]
    return {
        "question": plain(item.question, item.formula_text),
        "options": [{"text": plain(item.options[index].text)} for index in asked.order],
        "type": "quiz",
        "is_anonymous": False,
        "allows_multiple_answers": item.multi or None,
        "shuffle_options": item.order == "shuffle" or None,
        "correct_option_ids": correct,
        "explanation": str(_explanation(item)),
        "explanation_parse_mode": "HTML",
        "description": str(_description(texts, asked)),
        "description_parse_mode": "HTML",
        "open_period": _seconds(limit),
    }


def open_round(texts: Texts, asked: Asked, limit: timedelta) -> Screen:
    """A question that is answered by a reply."""
    text = texts.screen(
        "quiz_open",
        header=_header(texts, asked),
        item=asked.item,
        numeric=isinstance(asked.item, NumericItem),
        seconds=_seconds(limit),
    )
    return Screen(text, (), formulas_of(asked.item.question))


def closed_round(texts: Texts, job: Job, *, dropped: bool = False) -> Screen:
    """An open round that is over: who had it, and the answer."""
    assert job.asked is not None  # noqa: S101 — such a job has it
    item = job.asked.item
    right = [one for one in job.answers if one.score >= 1]
    text = texts.screen(
        "quiz_closed",
        header=_header(texts, job.asked),
        item=item,
        answer=item.answer if isinstance(item, NumericItem) else None,
        first=_name(texts, job.scene, right[0].person_id) if right else "",
        right=len(right),
        answered=len(job.answers),
        dropped=dropped,
    )
    return Screen(text, (), formulas_of(item.question))


def standing(texts: Texts, job: Job) -> Screen:
    """How things stand after a round, in two lines."""
    score = _score(job)
    if score.teams:
        leaders = [(texts.html("team", team=one.team), one.points) for one in score.teams]
    else:
        leaders = [
            (escape(_name(texts, job.scene, line.person_id)), line.points)
            for line in score.lines[:LEADERS]
        ]
    text = texts.screen(
        "quiz_standing",
        position=job.position,
        rounds=len(job.scene.state.slots),
        answered=score.answered,
        right=score.right,
        leaders=leaders,
    )
    return Screen(text)


def worst(texts: Texts, job: Job) -> Screen:
    """The round that went worst, explained."""
    assert job.asked is not None  # noqa: S101 — such a job has it
    item = job.asked.item
    options = item.options if isinstance(item, ChoiceItem) else ()
    text = texts.screen(
        "quiz_worst",
        item=item,
        key=[option.text for option in options if option.correct],
        answer=item.answer if isinstance(item, NumericItem) else None,
        missed=job.missed,
    )
    return Screen(text)


def podium(texts: Texts, job: Job) -> Screen:
    """Everybody's result, best first, then the teams, and who was best in which area."""
    scene, score = job.scene, _score(job)
    text = texts.screen(
        "quiz_podium",
        title=scene.title,
        stopped=scene.state.ending is not Ending.FINISHED,
        played=scene.state.played,
        rounds=len(scene.state.slots),
        lines=[_podium_line(texts, scene, line) for line in score.lines],
        teams=[(texts.html("team", team=one.team), one.points) for one in score.teams],
        best=[
            (scene.areas[one.area_id], _name(texts, scene, one.person_id), one.points)
            for one in score.best
            if one.area_id in scene.areas
        ],
    )
    return Screen(text, drawing=_podium_drawing(texts, scene, score))


def result(texts: Texts, job: Job) -> Screen | None:
    """A player's own result, for their private chat; None where they are no player any more."""
    lines = _score(job).lines
    place = next((n for n, one in enumerate(lines, 1) if one.person_id == job.person_id), None)
    if place is None:
        return None
    line = lines[place - 1]
    text = texts.screen(
        "quiz_result",
        place=place,
        players=len(lines),
        points=line.points,
        right=line.right,
        played=job.scene.state.played,
        seconds=_seconds(line.took),
    )
    practise = Button(texts.button("practise"), Press(Kind.PRACTISE), style="primary")
    return Screen(text, ((practise,),))


def _podium_drawing(texts: Texts, scene: Scene, score: Score) -> Drawing | None:
    """The podium as a picture; None where nobody has a point."""
    lines = [_podium_line(texts, scene, line) for line in score.lines]
    if not lines or not lines[0].points:
        return None
    played = scene.state.played
    shown = [
        Standing(line.name, f"{line.points}", f"{line.right}/{played} · {line.seconds} s")
        for line in lines[:PICTURED]
    ]
    picture = PodiumPicture(
        title=texts.drawn("podium_title"),
        subtitle=scene.title or texts.drawn("podium_subtitle"),
        first=tuple(shown[:3]),
        rest=tuple(shown[3:]),
    )
    return Drawing("podium", picture, partial(draw_podium, picture))


def leaderboard(texts: Texts, board: GroupBoard) -> Screen:
    """A group's leaderboard."""
    return Screen(texts.screen("leaderboard", week=board.week, ever=board.ever))


def companions(texts: Texts, board: CompanionBoard) -> Screen:
    """The leaderboard across groups, and the button to be on it or not."""
    label = "unlist_me" if board.listed else "list_me"
    press = Press(Kind.LISTING, "off" if board.listed else "on")
    text = texts.screen("companions", ever=board.lines, listed=board.listed)
    return Screen(text, ((Button(texts.button(label), press),),))


def _lobby_rows(texts: Texts, scene: Scene) -> Rows:
    start = Button(
        texts.button("start_quiz"), Press(Kind.START_QUIZ, scene.quiz_id), style="primary"
    )
    if not scene.state.teams:
        return ((Button(texts.button("join"), Press(Kind.JOIN, scene.quiz_id)), start),)
    teams = tuple(
        Button(texts.button("join_team", team=team), Press(Kind.JOIN, scene.quiz_id, team))
        for team in range(scene.state.teams)
    )
    return (teams[:2], teams[2:], (start,))


def _names(texts: Texts, scene: Scene, team: int | None) -> list[str]:
    players = scene.state.players if team is None else scene.players_of(team)
    return [_name(texts, scene, one.person_id) for one in players]


def _name(texts: Texts, scene: Scene, person_id: int) -> str:
    return scene.name_of(person_id) or texts.plain("nameless")


def _score(job: Job) -> Score:
    assert job.score is not None  # noqa: S101 — such a job has it
    return job.score


def _podium_line(texts: Texts, scene: Scene, line: Line) -> PodiumLine:
    name = _name(texts, scene, line.person_id)
    return PodiumLine(name, line.points, line.right, _seconds(line.took))


def _header(texts: Texts, asked: Asked) -> Markup:
    return texts.screen(
        "header",
        area=asked.area,
        topic=asked.topic,
        difficulty=asked.item.difficulty,
        position=asked.position,
        total=asked.rounds,
    )


def _description(texts: Texts, asked: Asked) -> Markup:
    """The header and the code; the code alone where both do not fit."""
    header = _header(texts, asked)
    both = texts.screen("quiz_poll", header=header, item=asked.item)
    if _read_length(both) <= POLL_DESCRIPTION:
        return both
    return texts.screen("quiz_poll", header="", item=asked.item)


def _explanation(item: ChoiceItem) -> Markup:
    """The explanation as far as a poll has room for it."""
    lines = item.explanation.splitlines()
    text = item.explanation if len(lines) <= EXPLANATION_LINES else " ".join(lines)
    found = rich(text)
    if _read_length(found) <= EXPLANATION:
        return found
    cut = plain(text)[: EXPLANATION - 1].rpartition(" ")[0]
    return escape(f"{cut}…")


def _read_length(text: Markup) -> int:
    """How long it is without its markup, in UTF-16 units."""
    return len(html.unescape(_TAG.sub("", str(text))).encode("utf-16-le")) // 2


def _seconds(time: timedelta) -> int:
    return round(time.total_seconds())
