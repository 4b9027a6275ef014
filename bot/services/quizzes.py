"""Group quizzes: lobby, votes, replies, time and the end; one transaction each."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.errors import NoQuiz, QuizOver
from bot.domain.group_quiz import AWAY, Phase
from bot.domain.quiz_events import (
    Anonymous,
    Ending,
    Event,
    Join,
    Left,
    Migrated,
    PostFailed,
    PressStart,
    Silenced,
    Stop,
    Tick,
    Trouble,
)
from bot.domain.quiz_events import Posted as WasPosted
from bot.services.quiz_answers import QuizAnswers
from bot.services.quiz_jobs import LEASE, QuizJobs
from bot.services.quiz_results import Ballot, Job, Opened, Place, Posted, Say, Scene, Wish
from bot.services.quizmaster import QuizKeeper
from bot.services.results import Happening, Who
from bot.storage.quizzes import StoredQuiz, StoredRound, Vote
from bot.storage.store import Store, Unit

SWEEP_AMOUNT = 200
VOTES_KEPT = timedelta(hours=1)
"""Votes in a poll of which nobody hears for so long are of none of ours."""


class QuizService:
    """Everything that may happen to a quiz, and what is to be said of it.

    Methods that change a quiz give its id if there may be something to say, else None.
    """

    def __init__(self, store: Store, keeper: QuizKeeper) -> None:
        self.store = store
        self.keeper = keeper
        self.jobs = QuizJobs(keeper.catalogue)
        self.answers = QuizAnswers(keeper)

    async def open(
        self, place: Place, host: Who | None, language: str, what: Happening, wish: Wish
    ) -> Opened | None:
        """Opens a lobby; `host` is None for an anonymous admin. None for a repeated update.

        Raises:
            UnknownTopic: no area or topic goes by that name.
            QuizOpen: there is a quiz already.
            TooManyQuizzes: the chat has enough of them.
            NothingToAsk: the bank has no polls on it.
        """

        def work(unit: Unit) -> Opened | None:
            if not unit.updates.mark(what.update_id, what.now):
                found = unit.quizzes.open_in(place.chat_id, place.thread_id)
                return Opened(found[0], new=False) if found else None
            return Opened(self.keeper.open(unit, place, host, language, what, wish).id)

        return await self.store.transact(work)

    async def join(
        self, who: Who, what: Happening, quiz_id: str, name: str, team: int | None = None
    ) -> Scene:
        """Somebody joins, or changes their team.

        Raises:
            QuizOver: there is nothing to join.
            QuizFull: there is no room.
        """

        def work(unit: Unit) -> Scene:
            quiz = _locked(unit, quiz_id)
            if unit.updates.mark(what.update_id, what.now):
                unit.quizzes.meet(who.person_id, who.language, what.now)
                event = Join(what.now, who.person_id, team)
                quiz = self.keeper.take(unit, quiz, event, what.now, name).or_refuse()
            return self.jobs.scene(quiz)

        return await self.store.transact(work)

    async def is_host(self, place: Place, person_id: int, quiz_id: str | None = None) -> bool:
        """Whether they called for the quiz that is under way there, or for that one.

        Raises:
            NoQuiz: there is none.
        """

        def work(unit: Unit) -> bool:
            if quiz_id:
                quiz = unit.quizzes.find(quiz_id)
                return quiz is not None and quiz.state.host_id == person_id
            found = unit.quizzes.open_in(place.chat_id, place.thread_id)
            if found is None:
                raise NoQuiz
            return found[1] == person_id

        return await self.store.transact(work)

    async def start(self, who: Who, what: Happening, quiz_id: str, *, admin: bool) -> str:
        """Somebody presses Start.

        Raises:
            QuizOver: the quiz is over.
            QuizStarted: it has begun.
            NotHost: they may not.
            NobodyJoined: nobody would play.
        """

        def work(unit: Unit) -> str:
            quiz = _locked(unit, quiz_id)
            if unit.updates.mark(what.update_id, what.now):
                event = PressStart(what.now, who.person_id, admin)
                self.keeper.take(unit, quiz, event, what.now).or_refuse()
            return quiz_id

        return await self.store.transact(work)

    async def stop(
        self, place: Place, person_id: int | None, what: Happening, *, admin: bool
    ) -> str | None:
        """Somebody ends the quiz there; None for a repeated update.

        Raises:
            NoQuiz: there is none.
            NotHost: they may not.
        """

        def work(unit: Unit) -> str | None:
            if not unit.updates.mark(what.update_id, what.now):
                return None
            found = unit.quizzes.open_in(place.chat_id, place.thread_id)
            if found is None:
                raise NoQuiz
            quiz = _locked(unit, found[0])
            voters = self._voters(unit, quiz)
            event = Stop(what.now, person_id, admin, voters)
            return self.keeper.take(unit, quiz, event, what.now).or_refuse().id

        return await self.store.transact(work)

    async def vote(self, ballot: Ballot, now: datetime) -> str | None:
        """Somebody votes; further votes and retractions change nothing."""
        return await self.store.transact(lambda unit: self.answers.vote(unit, ballot, now))

    async def reply(
        self, place: Place, message_id: int, who: Who, name: str, text: str, what: Happening
    ) -> tuple[str, bool] | None:
        """Somebody replies to a message; None if that is no open round.

        Gives the quiz, and whether this is their first answer, in time.

        Raises:
            Unreadable: it is no number, where one is asked for.
            NotScored: it cannot be scored.
        """
        at = what.now if what.now - what.at <= AWAY + timedelta(seconds=1) else what.at
        return await self.store.transact(
            lambda unit: self.answers.reply(unit, place, message_id, who, name, text, at)
        )

    async def anonymous(
        self, now: datetime, *, poll_id: str = "", place: Place | None = None, message_id: int = 0
    ) -> str | None:
        """A chat votes in that poll, or replies to that message."""

        def work(unit: Unit) -> str | None:
            if poll_id:
                asked = unit.quizzes.round_by_poll(poll_id)
            else:
                assert place is not None  # noqa: S101 — either is given
                asked = unit.quizzes.round_by_message(place.chat_id, message_id)
            quiz = unit.quizzes.lock(asked.quiz_id) if asked else None
            if quiz is None:
                return None
            return self.keeper.take(unit, quiz, Anonymous(now), now).quiz.id

        return await self.store.transact(work)

    async def left(self, chat_id: int, person_id: int, now: datetime) -> list[str]:
        """Somebody has left the group."""

        def work(unit: Unit) -> list[str]:
            ids = unit.quizzes.open_ids(chat_id)
            for quiz in (_locked(unit, quiz_id) for quiz_id in ids):
                event = Left(now, person_id, self._voters(unit, quiz))
                self.keeper.take(unit, quiz, event, now)
            return ids

        return await self.store.transact(work)

    async def migrated(self, old_chat_id: int, new_chat_id: int, now: datetime) -> list[str]:
        """The group has become that supergroup; may be told more than once."""

        def work(unit: Unit) -> list[str]:
            unit.quizzes.move_closed(old_chat_id, new_chat_id)
            ids = unit.quizzes.open_ids(old_chat_id)
            for quiz in (_locked(unit, quiz_id) for quiz_id in ids):
                taken = unit.quizzes.open_in(new_chat_id, quiz.thread_id)
                event: Event = Migrated(now, new_chat_id)
                if taken:  # the supergroup has begun another one
                    event = Silenced(now, Ending.EXPELLED)
                self.keeper.take(unit, quiz, event, now)
            return ids

        return await self.store.transact(work)

    async def expelled(self, chat_id: int, now: datetime) -> None:
        """The bot is no longer in that chat."""

        def work(unit: Unit) -> None:
            for quiz_id in unit.quizzes.open_ids(chat_id):
                quiz = _locked(unit, quiz_id)
                self.keeper.take(unit, quiz, Silenced(now, Ending.EXPELLED), now)

        await self.store.transact(work)

    async def silenced(self, quiz_id: str, ending: Ending, now: datetime) -> None:
        """Nothing of that quiz can be said any more."""

        def work(unit: Unit) -> None:
            quiz = unit.quizzes.lock(quiz_id)
            if quiz is not None:
                self.keeper.take(unit, quiz, Silenced(now, ending), now)
                unit.quizzes.drop_tasks(quiz_id)

        await self.store.transact(work)

    async def due(self, now: datetime) -> list[str]:
        """The quizzes at which somebody has to look."""
        return await self.store.transact(lambda unit: unit.quizzes.due(now, SWEEP_AMOUNT))

    async def with_jobs(self, now: datetime) -> list[str]:
        """The quizzes that have something to say."""
        return await self.store.transact(lambda unit: unit.quizzes.with_tasks(now, SWEEP_AMOUNT))

    async def look(self, quiz_id: str, now: datetime) -> str | None:
        """Lets time pass for a quiz."""

        def work(unit: Unit) -> str | None:
            quiz = unit.quizzes.lock(quiz_id)
            due = quiz.state.due() if quiz else None
            if quiz is None or due is None or due > now:
                return None
            if _is_being_sent(unit, quiz):  # whoever is at it will tell
                unit.quizzes.wait(quiz_id, now + LEASE)
                return None
            self.keeper.take(unit, quiz, Tick(now), now)
            return quiz_id

        return await self.store.transact(work)

    async def recover(self, now: datetime) -> list[str]:
        """After a start: whoever was at something is gone, and rounds on their way are lost."""

        def work(unit: Unit) -> list[str]:
            unit.quizzes.free_tasks(now)
            unit.quizzes.prune_votes(now - VOTES_KEPT)
            for quiz_id in unit.quizzes.open_ids():
                quiz = _locked(unit, quiz_id)
                tasks = unit.quizzes.tasks(quiz_id)
                lost = [one for one in tasks if one.kind == Say.POST and one.tries]
                for task in lost:
                    unit.quizzes.drop_task(quiz_id, task.number)
                if lost:
                    event = PostFailed(now, quiz.state.position, Trouble.LOST)
                    self.keeper.take(unit, quiz, event, now)
            return unit.quizzes.with_tasks(now, SWEEP_AMOUNT)

        return await self.store.transact(work)

    async def next_job(self, quiz_id: str, now: datetime) -> Job | None:
        """The next thing to be said there; whoever gets it has to say it and tell."""

        def work(unit: Unit) -> Job | None:
            quiz = unit.quizzes.lock(quiz_id)
            return self.jobs.next(unit, quiz, now) if quiz else None

        return await self.store.transact(work)

    async def done(self, job: Job, message_id: int | None = None) -> None:
        """It was said, by that message."""

        def work(unit: Unit) -> None:
            quiz_id = job.scene.quiz_id
            unit.quizzes.drop_task(quiz_id, job.number)
            if message_id is not None and job.say in {Say.LOBBY, Say.EDIT_LOBBY}:
                unit.quizzes.lobby_shown(quiz_id, message_id)
            if message_id is not None and job.say is Say.PODIUM:
                unit.quizzes.podium_shown(quiz_id, message_id)

        await self.store.transact(work)

    async def put_off(self, job: Job, until: datetime) -> None:
        """It could not be said and is tried again then."""
        quiz_id = job.scene.quiz_id
        await self.store.transact(
            lambda unit: unit.quizzes.put_off_task(quiz_id, job.number, until)
        )

    async def posted(self, job: Job, sent: Posted) -> None:
        """The round is in the chat; votes that were faster count now."""
        await self.store.transact(lambda unit: self._posted(unit, job, sent))

    async def post_failed(
        self, job: Job, trouble: Trouble, now: datetime, wait: timedelta = timedelta()
    ) -> None:
        """The round could not be sent, and should not be tried again before `wait` is over."""

        def work(unit: Unit) -> None:
            quiz = _locked(unit, job.scene.quiz_id)
            unit.quizzes.drop_task(quiz.id, job.number)
            self.keeper.take(unit, quiz, PostFailed(now, job.position, trouble, wait), now)

        await self.store.transact(work)

    def _posted(self, unit: Unit, job: Job, sent: Posted) -> None:
        quiz = _locked(unit, job.scene.quiz_id)
        unit.quizzes.drop_task(quiz.id, job.number)
        event = WasPosted(sent.at, job.position, sent.chat_id, sent.message_id, sent.poll_id)
        if (
            quiz.state.phase is Phase.ASKING
            and quiz.state.position == job.position
            and quiz.state.chat_id == sent.chat_id
            and job.asked is not None
        ):
            unit.quizzes.add_round(
                StoredRound(
                    quiz_id=quiz.id,
                    position=job.position,
                    item_id=job.asked.item.id,
                    rev=job.asked.item.rev,
                    message_id=sent.message_id,
                    poll_id=sent.poll_id,
                    option_ids=sent.option_ids,
                    posted_at=sent.at,
                )
            )
        self.keeper.take(unit, quiz, event, sent.at)
        for vote in unit.quizzes.take_votes(sent.poll_id) if sent.poll_id else ():
            self.answers.vote(unit, _ballot(vote), vote.given_at)

    def _voters(self, unit: Unit, quiz: StoredQuiz) -> frozenset[int]:
        """Whoever has answered the running round."""
        if quiz.state.round is None:
            return frozenset()
        answers = unit.quizzes.answers(quiz.id, quiz.state.round.position)
        return frozenset(one.person_id for one in answers)


def _locked(unit: Unit, quiz_id: str) -> StoredQuiz:
    """The quiz, locked.

    Raises:
        QuizOver: there is none by this id.
    """
    quiz = unit.quizzes.lock(quiz_id)
    if quiz is None:
        raise QuizOver
    return quiz


def _is_being_sent(unit: Unit, quiz: StoredQuiz) -> bool:
    if quiz.state.phase is not Phase.ASKING:
        return False
    return any(
        task.kind == Say.POST and task.position == quiz.state.position
        for task in unit.quizzes.tasks(quiz.id)
    )


def _ballot(vote: Vote) -> Ballot:
    return Ballot(
        vote.poll_id, vote.person_id, vote.name, vote.language, vote.option_ids, places=()
    )
