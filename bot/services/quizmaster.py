"""Group quizzes inside one transaction: takes a step and stores what comes of it.

What is to be said is stored with the state, in order, and said afterwards (see `quiz_jobs`): a
crash in between leaves it to whoever starts next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.errors import (
    NobodyJoined,
    NothingToAsk,
    NotHost,
    QuizFull,
    QuizOpen,
    QuizOver,
    QuizStarted,
    Refusal,
    TooManyQuizzes,
)
from bot.domain.group_quiz import (
    USUAL_ROUNDS,
    USUAL_SECONDS,
    Phase,
    Quiz,
    open_lobby,
    step,
)
from bot.domain.quiz_events import (
    Close,
    Discard,
    Do,
    Drop,
    Effect,
    Ending,
    Event,
    Post,
    Reason,
    Refuse,
    Round,
    Standing,
)
from bot.domain.quiz_plan import plan_rounds
from bot.domain.quiz_scores import Answer, marks_of
from bot.services.ids import new_id
from bot.services.quiz_items import fits_poll, fits_reply, offers
from bot.services.quiz_results import Place, Say, Wish
from bot.services.quiz_settling import QuizSettler
from bot.services.results import Happening, Who
from bot.services.settling import Settler
from bot.storage.quizzes import StoredQuiz, Task
from bot.storage.store import Unit

MOST_IN_A_CHAT = 10
"""Quizzes under way in the topics of one chat."""
SILENT = frozenset({Ending.EXPELLED, Ending.TOPIC_GONE, Ending.MUTED})
"""Endings after which nothing can be said."""

REFUSALS: dict[Reason, type[Refusal]] = {
    Reason.NOT_ALLOWED: NotHost,
    Reason.NOBODY_JOINED: NobodyJoined,
    Reason.STARTED: QuizStarted,
    Reason.FULL: QuizFull,
    Reason.OVER: QuizOver,
}

_EDITS: dict[Do, Say] = {
    Do.SHOW_LOBBY: Say.LOBBY,
    Do.EDIT_LOBBY: Say.EDIT_LOBBY,
    Do.CALL_OFF: Say.CALL_OFF,
    Do.EXPLAIN: Say.EXPLAIN,
}


@dataclass(frozen=True, slots=True)
class Step:
    """A quiz after a step; `reason` is there where somebody is to be told why nothing happens."""

    quiz: StoredQuiz
    reason: Reason | None = None

    def or_refuse(self) -> StoredQuiz:
        """The quiz.

        Raises:
            Refusal: nothing has happened.
        """
        if self.reason is not None:
            raise REFUSALS[self.reason]
        return self.quiz


class QuizKeeper:
    """Knows how a quiz goes on; every method works inside the caller's transaction."""

    def __init__(self, settler: Settler) -> None:
        self.sets = settler.sets
        self.catalogue = settler.sets.catalogue
        self.graders = settler.graders
        self.log = QuizSettler(settler)
        able = (i for i in self.catalogue.playable if fits_poll(i) or fits_reply(i))
        self._able = frozenset(item.id for item in able)

    def open(
        self,
        unit: Unit,
        place: Place,
        host: Who | None,
        language: str,
        what: Happening,
        wish: Wish,
    ) -> StoredQuiz:
        """Opens a lobby; `host` is None for an anonymous admin.

        Raises:
            UnknownTopic: no area or topic goes by that name.
            QuizOpen: there is a quiz already.
            TooManyQuizzes: the chat has enough of them.
            NothingToAsk: the bank has no polls on it.
        """
        scope = self.catalogue.scope_of(wish.scope).id if wish.scope else ""
        if unit.quizzes.open_in(place.chat_id, place.thread_id):
            raise QuizOpen
        if len(unit.quizzes.open_ids(place.chat_id)) >= MOST_IN_A_CHAT:
            raise TooManyQuizzes
        met = unit.quizzes.met(place.chat_id)
        items = [item for item in self.catalogue.within(scope) if item.id in self._able]
        dice = self.sets.dice
        rounds = wish.rounds or USUAL_ROUNDS
        slots = plan_rounds(offers(items, met, language, what.now), rounds, dice)
        if not slots:
            raise NothingToAsk(title=self.catalogue.title_of(scope))
        limit = timedelta(seconds=wish.seconds or USUAL_SECONDS)
        host_id = host.person_id if host else None
        state, effects = open_lobby(place.chat_id, host_id, slots, limit, what.now, wish.teams)
        if host_id is not None:
            unit.quizzes.meet(host_id, language, what.now)
        quiz = StoredQuiz(
            id=new_id(dice),
            thread_id=place.thread_id,
            language=language,
            scope=scope,
            seed=dice.randrange(1 << 31),
            opened_at=what.now,
            opened_by=what.update_id,
            state=state,
        )
        unit.quizzes.add(quiz)
        return self._carried_out(unit, quiz, state, effects, what.now)

    def take(
        self, unit: Unit, quiz: StoredQuiz, event: Event, now: datetime, name: str = ""
    ) -> Step:
        """Takes a step, stores the state and what is to be said.

        `name` is what the person of the event is called.
        """
        state, effects = step(quiz.state, event)
        if state == quiz.state and not effects:
            return Step(quiz)
        person_id = getattr(event, "person_id", None)
        if person_id is not None and person_id not in quiz.names:
            quiz = replace(quiz, names={**quiz.names, person_id: name})
        after = self._carried_out(unit, quiz, state, effects, now)
        return Step(after, next((one.reason for one in effects if isinstance(one, Refuse)), None))

    def _carried_out(
        self, unit: Unit, quiz: StoredQuiz, state: Quiz, effects: tuple[Effect, ...], now: datetime
    ) -> StoredQuiz:
        """Stores the state after its effects."""
        before = quiz.state
        over = state.phase is Phase.OVER and quiz.closed_at is None
        quiz = replace(quiz, state=state, closed_at=now if over else quiz.closed_at)
        for effect in effects:
            quiz = self._carry_out(unit, quiz, effect, now)
        unit.quizzes.save(quiz, before)
        if state.ending in SILENT:
            unit.quizzes.drop_tasks(quiz.id)
        return quiz

    def _carry_out(
        self, unit: Unit, quiz: StoredQuiz, effect: Effect, now: datetime
    ) -> StoredQuiz:
        match effect:
            case Do.PODIUM:
                quiz = self._podium(unit, quiz, now)
            case Do():
                quiz = _say(unit, quiz, now, _EDITS[effect])
            case Post(position):
                quiz = _say(unit, quiz, now, Say.POST, position)
            case Standing(position):
                quiz = _say(unit, quiz, now, Say.STANDING, position)
            case Close(round_, early):
                self._score(unit, quiz, round_)
                quiz = _end(unit, quiz, now, round_, Say.CLOSE, poll_is_open=early)
            case Drop(round_):
                unit.quizzes.end_round(quiz.id, round_.position, "dropped")
                quiz = _end(unit, quiz, now, round_, Say.DROP, poll_is_open=True)
            case Discard(chat_id, message_id):
                quiz = _say(unit, quiz, now, Say.DISCARD, about=(chat_id, message_id))
            case Refuse():
                pass
        return quiz

    def _score(self, unit: Unit, quiz: StoredQuiz, round_: Round) -> None:
        """Marks the answers of a round, and logs them as attempts."""
        stored = unit.quizzes.round(quiz.id, round_.position)
        if stored is None:
            return
        slot = quiz.state.slots[round_.position - 1]
        answers = unit.quizzes.answers(quiz.id, round_.position)
        marks = marks_of(
            [Answer(one.person_id, one.given_at, one.score) for one in answers],
            posted_at=round_.posted_at,
            limit=quiz.state.limit,
            area_id=slot.area_id,
            is_open=slot.is_open,
        )
        for mark in marks:
            unit.quizzes.mark(quiz.id, round_.position, mark.person_id, mark.points, mark.took)
        unit.quizzes.end_round(quiz.id, round_.position, "scored")
        self.log.log(unit, quiz, stored, answers)

    def _podium(self, unit: Unit, quiz: StoredQuiz, now: datetime) -> StoredQuiz:
        """The last messages in the group, then everybody's own results."""
        quiz = _say(unit, quiz, now, Say.WORST)
        quiz = _say(unit, quiz, now, Say.PODIUM)
        for player in quiz.state.players:
            person = unit.people.find(player.person_id)
            if person is not None and person.reachable:
                quiz = _say(unit, quiz, now, Say.RESULT, person_id=person.id)
        return quiz


def _end(
    unit: Unit, quiz: StoredQuiz, now: datetime, round_: Round, say: Say, *, poll_is_open: bool
) -> StoredQuiz:
    """A poll closes by itself when its time is up; the message of an open round is changed."""
    about = (quiz.state.chat_id, round_.message_id)
    if round_.poll_id is None:
        return _say(unit, quiz, now, say, round_.position, about=about)
    if poll_is_open:
        return _say(unit, quiz, now, Say.STOP_POLL, round_.position, about=about)
    return quiz


def _say(
    unit: Unit,
    quiz: StoredQuiz,
    now: datetime,
    say: Say,
    position: int = 0,
    *,
    about: tuple[int, int] | None = None,
    person_id: int | None = None,
) -> StoredQuiz:
    """Adds something to be said; a lobby that is to be edited anyway is edited once."""
    if say is Say.EDIT_LOBBY:
        waiting = unit.quizzes.tasks(quiz.id)
        if any(task.kind == say and not task.tries for task in waiting):
            return quiz
    number = quiz.tasks + 1
    chat_id, message_id = about or (None, None)
    unit.quizzes.add_task(
        Task(quiz.id, number, say, position, chat_id, message_id, person_id, 0, now)
    )
    return replace(quiz, tasks=number)
