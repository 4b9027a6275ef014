"""Group quizzes in the database, inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.group_quiz import Phase, Quiz
from bot.domain.quiz_events import Ending, Round
from bot.domain.quiz_plan import Slot
from bot.domain.quiz_scores import Player
from bot.storage.records import Row, from_mask, from_millis, to_mask, to_millis

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class StoredQuiz:
    """A quiz with what its machine need not know; `names` are the players' by person.

    `tasks` counts what was to be said so far.
    """

    id: str
    thread_id: int | None
    language: str
    scope: str
    seed: int
    opened_at: datetime
    opened_by: int
    state: Quiz
    names: Mapping[int, str] = field(default_factory=dict)
    tasks: int = 0
    lobby_message_id: int | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredRound:
    """A round that was sent; `option_ids` are Telegram's, in the order in which they were."""

    quiz_id: str
    position: int
    item_id: str
    rev: int
    message_id: int
    poll_id: str | None
    option_ids: tuple[str, ...]
    posted_at: datetime
    state: str = "open"

    @classmethod
    def from_row(cls, row: Row) -> StoredRound:
        """Reads a row of `quiz_rounds`."""
        return cls(
            quiz_id=row["quiz_id"],
            position=row["position"],
            item_id=row["item_id"],
            rev=row["rev"],
            message_id=row["message_id"],
            poll_id=row["poll_id"],
            option_ids=tuple(json.loads(row["option_ids"])),
            posted_at=from_millis(row["posted_at"]),
            state=row["state"],
        )

    @property
    def running(self) -> Round:
        """The round as the machine knows it."""
        return Round(self.position, self.posted_at, self.message_id, self.poll_id)


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """Somebody's first answer to a round; `picked` are places of options as sent."""

    person_id: int
    given_at: datetime
    picked: frozenset[int]
    answer: str
    score: float


@dataclass(frozen=True, slots=True)
class StoredMark:
    """What an answer brought."""

    position: int
    person_id: int
    points: int
    took: timedelta
    score: float


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that came in before it was known which round it is of."""

    poll_id: str
    person_id: int
    name: str
    language: str
    option_ids: tuple[str, ...]
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be said; `chat_id` and `message_id` name the message that it is about."""

    quiz_id: str
    number: int
    kind: str
    position: int
    chat_id: int | None
    message_id: int | None
    person_id: int | None
    tries: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Quizzes:
    """Group quizzes, their players, rounds and answers, and what is to be said."""

    queries: Any

    def add(self, quiz: StoredQuiz) -> None:
        """Opens a quiz; nobody has joined yet."""
        state = quiz.state
        slots = [(s.item_id, s.area_id, s.variant, s.is_open) for s in state.slots]
        self.queries.add_quiz(
            id=quiz.id,
            thread_id=quiz.thread_id or 0,
            language=quiz.language,
            scope=quiz.scope,
            seed=quiz.seed,
            slots=json.dumps(slots),
            time_limit=state.limit // _MILLISECOND,
            teams=state.teams,
            now=to_millis(quiz.opened_at),
            update_id=quiz.opened_by,
            **_columns(state),
        )

    def lock(self, quiz_id: str) -> StoredQuiz | None:
        """The quiz; its row stays locked until the commit."""
        return self._loaded(self.queries.lock_quiz(id=quiz_id))

    def find(self, quiz_id: str) -> StoredQuiz | None:
        """The quiz."""
        return self._loaded(self.queries.find_quiz(id=quiz_id))

    def open_in(self, chat_id: int, thread_id: int | None) -> tuple[str, int | None] | None:
        """The quiz that is under way there, and its host."""
        row = self.queries.open_quiz(chat_id=chat_id, thread_id=thread_id or 0)
        return (row["id"], row["host_id"]) if row else None

    def open_ids(self, chat_id: int | None = None) -> list[str]:
        """All quizzes that are under way, in that chat if one is given."""
        if chat_id is None:
            return [row["id"] for row in self.queries.open_quizzes()]
        return [row["id"] for row in self.queries.open_quizzes_in(chat_id=chat_id)]

    def lock_asking(self) -> bool:
        """Whether any quiz is sending a round; none of them gets to know it before the commit."""
        return bool(list(self.queries.lock_asking_quizzes()))

    def due(self, now: datetime, amount: int) -> list[str]:
        """Quizzes that have to be looked at, the longest due first."""
        rows = self.queries.due_quizzes(now=to_millis(now), amount=amount)
        return [row["id"] for row in rows]

    def save(self, quiz: StoredQuiz, before: Quiz) -> None:
        """Stores the state and the players that have changed since `before`."""
        closed = to_millis(quiz.closed_at) if quiz.closed_at else None
        columns = _columns(quiz.state)
        self.queries.save_quiz(id=quiz.id, tasks=quiz.tasks, closed=closed, **columns)
        if quiz.state.players is not before.players:
            self._save_players(quiz, before.players)

    def wait(self, quiz_id: str, due: datetime) -> None:
        """Sets when it has to be looked at again."""
        self.queries.quiz_waits(id=quiz_id, due=to_millis(due))

    def move_closed(self, old_chat_id: int, new_chat_id: int) -> None:
        """Quizzes that are over belong to the supergroup now."""
        self.queries.move_closed_quizzes(old=old_chat_id, new=new_chat_id)

    def lobby_shown(self, quiz_id: str, message_id: int) -> None:
        """Remembers the message that holds the lobby."""
        self.queries.quiz_lobby_shown(id=quiz_id, message_id=message_id)

    def podium_shown(self, quiz_id: str, message_id: int) -> None:
        """Remembers the message that holds the podium."""
        self.queries.quiz_podium_shown(id=quiz_id, message_id=message_id)

    def add_round(self, round_: StoredRound) -> None:
        """Stores a round that was sent."""
        self.queries.add_quiz_round(
            quiz_id=round_.quiz_id,
            position=round_.position,
            item_id=round_.item_id,
            rev=round_.rev,
            message_id=round_.message_id,
            poll_id=round_.poll_id,
            option_ids=json.dumps(round_.option_ids),
            posted_at=to_millis(round_.posted_at),
        )

    def round(self, quiz_id: str, position: int) -> StoredRound | None:
        """The round, if it was sent."""
        row = self.queries.quiz_round(quiz_id=quiz_id, position=position)
        return StoredRound.from_row(row) if row else None

    def round_by_poll(self, poll_id: str) -> StoredRound | None:
        """The round that is this poll."""
        row = self.queries.quiz_round_by_poll(poll_id=poll_id)
        return StoredRound.from_row(row) if row else None

    def round_by_message(self, chat_id: int, message_id: int) -> StoredRound | None:
        """The open round that is this message."""
        row = self.queries.quiz_round_by_message(chat_id=chat_id, message_id=message_id)
        return StoredRound.from_row(row) if row else None

    def end_round(self, quiz_id: str, position: int, state: str) -> None:
        """The round is scored or dropped."""
        self.queries.end_quiz_round(quiz_id=quiz_id, position=position, state=state)

    def met(self, chat_id: int) -> Mapping[str, datetime]:
        """When the group met which item last."""
        rows = self.queries.items_met_by_group(chat_id=chat_id)
        return {row["item_id"]: from_millis(row["met_at"]) for row in rows}

    def add_answer(self, quiz_id: str, position: int, answer: StoredAnswer) -> bool:
        """Stores somebody's first answer; `False` for a further one."""
        row = self.queries.add_quiz_answer(
            quiz_id=quiz_id,
            position=position,
            person_id=answer.person_id,
            given_at=to_millis(answer.given_at),
            picked=to_mask(answer.picked),
            answer=answer.answer,
            score=answer.score,
        )
        return row is not None

    def drop_answer(self, quiz_id: str, position: int, person_id: int) -> None:
        """Takes an answer back that does not count."""
        self.queries.drop_quiz_answer(quiz_id=quiz_id, position=position, person_id=person_id)

    def count_answers(self, quiz_id: str, position: int) -> int:
        """How many have answered the round."""
        return int(self.queries.count_quiz_answers(quiz_id=quiz_id, position=position))

    def answers(self, quiz_id: str, position: int) -> list[StoredAnswer]:
        """The answers to a round, the earliest first."""
        return [
            StoredAnswer(
                person_id=row["person_id"],
                given_at=from_millis(row["given_at"]),
                picked=from_mask(row["picked"]),
                answer=row["answer"],
                score=row["score"],
            )
            for row in self.queries.quiz_answers(quiz_id=quiz_id, position=position)
        ]

    def mark(
        self, quiz_id: str, position: int, person_id: int, points: int, took: timedelta
    ) -> None:
        """Stores what an answer brought."""
        self.queries.mark_quiz_answer(
            quiz_id=quiz_id,
            position=position,
            person_id=person_id,
            points=points,
            took=took // _MILLISECOND,
        )

    def marks(self, quiz_id: str) -> list[StoredMark]:
        """What all answers have brought so far, round by round."""
        return [
            StoredMark(
                position=row["position"],
                person_id=row["person_id"],
                points=row["points"],
                took=row["took"] * _MILLISECOND,
                score=row["score"],
            )
            for row in self.queries.quiz_marks(quiz_id=quiz_id)
        ]

    def keep_vote(self, vote: Vote) -> None:
        """Keeps somebody's first vote in a poll of which nothing is known yet."""
        self.queries.keep_quiz_vote(
            poll_id=vote.poll_id,
            person_id=vote.person_id,
            name=vote.name,
            language=vote.language,
            option_ids=json.dumps(vote.option_ids),
            given_at=to_millis(vote.given_at),
        )

    def take_votes(self, poll_id: str) -> list[Vote]:
        """The votes that were kept for this poll, the earliest first; they are kept no longer."""
        votes = [
            Vote(
                poll_id=row["poll_id"],
                person_id=row["person_id"],
                name=row["name"],
                language=row["language"],
                option_ids=tuple(json.loads(row["option_ids"])),
                given_at=from_millis(row["given_at"]),
            )
            for row in self.queries.take_quiz_votes(poll_id=poll_id)
        ]
        return sorted(votes, key=lambda vote: (vote.given_at, vote.person_id))

    def prune_votes(self, before: datetime) -> None:
        """Forgets votes in polls that were never heard of."""
        self.queries.prune_quiz_votes(before=to_millis(before))

    def add_task(self, task: Task) -> None:
        """Something is to be said after everything that is to be said already."""
        self.queries.add_quiz_task(
            quiz_id=task.quiz_id,
            number=task.number,
            kind=task.kind,
            position=task.position,
            chat_id=task.chat_id,
            message_id=task.message_id,
            person_id=task.person_id,
            now=to_millis(task.due_at),
        )

    def tasks(self, quiz_id: str) -> list[Task]:
        """What is to be said, in order."""
        rows = self.queries.quiz_tasks(quiz_id=quiz_id)
        return [Task(**(dict(row) | {"due_at": from_millis(row["due_at"])})) for row in rows]

    def take_task(self, task: Task, until: datetime) -> Task:
        """Somebody is at it until then; gives it with this try counted."""
        self.queries.take_quiz_task(
            quiz_id=task.quiz_id, number=task.number, until=to_millis(until)
        )
        return replace(task, tries=task.tries + 1, due_at=until)

    def put_off_task(self, quiz_id: str, number: int, until: datetime) -> None:
        """It is tried again then."""
        self.queries.put_off_quiz_task(quiz_id=quiz_id, number=number, until=to_millis(until))

    def drop_task(self, quiz_id: str, number: int) -> None:
        """It is done."""
        self.queries.drop_quiz_task(quiz_id=quiz_id, number=number)

    def drop_tasks(self, quiz_id: str) -> None:
        """Nothing is to be said any more."""
        self.queries.drop_quiz_tasks(quiz_id=quiz_id)

    def free_tasks(self, now: datetime) -> None:
        """Whoever was at them is gone."""
        self.queries.free_quiz_tasks(now=to_millis(now))

    def with_tasks(self, now: datetime, amount: int) -> list[str]:
        """Quizzes that have something to say, the longest due first."""
        rows = self.queries.quizzes_with_tasks(now=to_millis(now), amount=amount)
        return [row["quiz_id"] for row in rows]

    def meet(self, person_id: int, language: str, now: datetime) -> None:
        """Makes somebody known whom the bot meets in a group."""
        self.queries.meet_person(id=person_id, language=language, now=to_millis(now))

    def _loaded(self, row: Row | None) -> StoredQuiz | None:
        if row is None:
            return None
        players = list(self.queries.quiz_players(quiz_id=row["id"]))
        running = row["phase"] == Phase.RUNNING
        round_ = self.round(row["id"], row["position"]) if running else None
        return _quiz(row, players, round_)

    def _save_players(self, quiz: StoredQuiz, before: Sequence[Player]) -> None:
        known = {one.person_id: one for one in before}
        for one in quiz.state.players:
            if one.person_id not in known:
                self.queries.add_quiz_player(
                    quiz_id=quiz.id,
                    person_id=one.person_id,
                    team=one.team,
                    here=int(one.here),
                    name=quiz.names[one.person_id],
                )
            elif one != known[one.person_id]:
                self.queries.save_quiz_player(
                    quiz_id=quiz.id, person_id=one.person_id, team=one.team, here=int(one.here)
                )
        for gone in known.keys() - {one.person_id for one in quiz.state.players}:
            self.queries.drop_quiz_player(quiz_id=quiz.id, person_id=gone)


def _columns(state: Quiz) -> dict[str, Any]:
    due = state.due()
    return {
        "chat_id": state.chat_id,
        "host_id": state.host_id,
        "phase": state.phase,
        "position": state.position,
        "played": state.played,
        "tries": state.tries,
        "until": to_millis(state.until),
        "lobby_at": to_millis(state.lobby_at),
        "lobby_stale": int(state.lobby_stale),
        "caught_up": int(state.caught_up),
        "explained": int(state.explained),
        "ending": state.ending,
        "due": to_millis(due) if due else None,
    }


def _quiz(row: Row, players: Sequence[Row], round_: StoredRound | None) -> StoredQuiz:
    slots = json.loads(row["slots"])
    state = Quiz(
        chat_id=row["chat_id"],
        host_id=row["host_id"],
        slots=tuple(
            Slot(item, area, variant, bool(open_)) for item, area, variant, open_ in slots
        ),
        limit=row["time_limit"] * _MILLISECOND,
        until=from_millis(row["until_at"]),
        lobby_at=from_millis(row["lobby_at"]),
        lobby_stale=bool(row["lobby_stale"]),
        teams=row["teams"],
        phase=Phase(row["phase"]),
        players=tuple(Player(p["person_id"], p["team"], bool(p["here"])) for p in players),
        position=row["position"],
        round=round_.running if round_ else None,
        played=row["played"],
        tries=row["tries"],
        caught_up=bool(row["caught_up"]),
        explained=bool(row["explained"]),
        ending=Ending(row["ending"]) if row["ending"] else None,
    )
    return StoredQuiz(
        id=row["id"],
        thread_id=row["thread_id"] or None,
        language=row["language"],
        scope=row["scope"],
        seed=row["seed"],
        opened_at=from_millis(row["opened_at"]),
        opened_by=row["opened_by"],
        state=state,
        names={p["person_id"]: p["name"] for p in players},
        tasks=row["tasks"],
        lobby_message_id=row["lobby_message_id"],
        closed_at=from_millis(row["closed_at"]) if row["closed_at"] else None,
    )
