"""Group quizzes by way of the services, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import NobodyJoined, NotHost, QuizFull, QuizOpen, TooManyQuizzes
from bot.domain.group_quiz import MOST_PLAYERS, Phase
from bot.domain.questions import ChoiceItem
from bot.domain.quiz_events import Ending, Trouble
from bot.services.quiz_results import Ballot, Job, Opened, Place, Posted, Say, Wish
from bot.services.results import Who
from bot.storage.database import open_database
from bot.storage.quizzes import StoredMark, StoredQuiz
from bot.storage.records import Attempt
from bot.storage.store import Unit
from tests.dialogues.quizzing import write_quiz_bank
from tests.services.playing import Table, memory_of

CHAT = -100
HERE = Place(CHAT, None)
HOST = 1


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_quiz_bank(tmp_path_factory.mktemp("quiz") / "bank")


@pytest.fixture
async def table(url: str, bank: Path) -> AsyncIterator[Table]:
    async with await open_database(url) as database:
        yield Table(database, bank)


@dataclass
class Chat:
    """Says what there is to say, and remembers it."""

    table: Table
    quiz_id: str
    said: list[Say] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)

    async def say_all(self, *, post: bool = True) -> list[Say]:
        """Says everything; rounds only if `post`."""
        before = len(self.said)
        while job := await self.table.quizzes.next_job(self.quiz_id, self.table.now):
            self.said.append(job.say)
            self.jobs.append(job)
            if job.say is Say.POST:
                if not post:
                    break
                await self.sent(job)
            else:
                await self.table.quizzes.done(job, message_id=job.number)
        return self.said[before:]

    async def sent(self, job: Job, chat_id: int = CHAT) -> None:
        assert job.asked
        options = tuple(f"o{n}" for n in range(len(job.asked.order)))
        poll_id = f"{self.quiz_id}/{job.position}" if options else None
        posted = Posted(self.table.now, chat_id, 100 + job.position, poll_id, options)
        await self.table.quizzes.posted(job, posted)

    def ballot(self, person_id: int, *, right: bool = True) -> Ballot:
        """A vote in the newest poll."""
        job = next(job for job in reversed(self.jobs) if job.say is Say.POST)
        assert job.asked
        item = job.asked.item
        assert isinstance(item, ChoiceItem)
        places = [n for n, index in enumerate(job.asked.order) if (index in item.key) == right]
        chosen = places if item.multi and right else places[:1]
        ids = tuple(f"o{place}" for place in chosen)
        return Ballot(
            f"{self.quiz_id}/{job.position}", person_id, f"P{person_id}", "en", ids, tuple(chosen)
        )

    async def vote(self, person_id: int, *, right: bool = True) -> None:
        ballot = self.ballot(person_id, right=right)
        await self.table.quizzes.vote(ballot, self.table.now)

    async def later(self, seconds: float) -> None:
        self.table.now += timedelta(seconds=seconds)
        for quiz_id in await self.table.quizzes.due(self.table.now):
            await self.table.quizzes.look(quiz_id, self.table.now)

    async def quiz(self) -> StoredQuiz:
        found = await self.table.store.transact(lambda unit: unit.quizzes.find(self.quiz_id))
        assert found
        return found

    async def marks(self) -> list[StoredMark]:
        return await self.table.store.transact(lambda unit: unit.quizzes.marks(self.quiz_id))


def member(person_id: int) -> Who:
    return Who(person_id, "en", CHAT)


async def begin(table: Table, *people: int, wish: Wish | None = None) -> Chat:
    """A quiz in its first round."""
    chat = await lobby(table, wish=wish)
    for person_id in people:
        name = f"P{person_id}"
        await table.quizzes.join(member(person_id), table.happening(), chat.quiz_id, name)
    await table.quizzes.start(member(HOST), table.happening(), chat.quiz_id, admin=False)
    await chat.say_all()
    return chat


async def lobby(table: Table, wish: Wish | None = None, place: Place = HERE) -> Chat:
    wish = wish or Wish("python", 3, 20)
    opened = await table.quizzes.open(place, member(HOST), "en", table.happening(), wish)
    assert isinstance(opened, Opened)
    return Chat(table, opened.quiz_id)


async def graded_of(table: Table, person_id: int) -> list[Attempt]:
    return await table.store.transact(lambda unit: unit.practice.graded(person_id))


async def test_from_lobby_to_podium(table: Table) -> None:
    chat = await begin(table, 7, 8, wish=Wish("python", 2, 20))
    assert chat.said == [Say.LOBBY, Say.EDIT_LOBBY, Say.POST]
    await chat.vote(7)
    await chat.vote(8, right=False)
    assert await chat.say_all() == [Say.STOP_POLL, Say.STANDING]
    await chat.later(3)
    assert await chat.say_all() == [Say.POST]
    await chat.later(10)
    await chat.vote(7)
    await chat.later(11)
    assert await chat.say_all() == [Say.STANDING, Say.WORST, Say.PODIUM]
    score = chat.jobs[-1].score
    assert score
    assert [(line.person_id, line.points, line.right) for line in score.lines] == [
        (7, 1750, 2),
        (8, 0, 0),
    ]
    quiz = await chat.quiz()
    assert (quiz.state.phase, quiz.state.ending) == (Phase.OVER, Ending.FINISHED)


async def test_of_forty_votes_at_once_each_is_scored_once(table: Table) -> None:
    """Each comes twice; the last of them, whichever that is, ends the round."""
    people = range(10, 50)
    chat = await begin(table, *people)
    ballots = [chat.ballot(person_id, right=person_id % 3 > 0) for person_id in people] * 2
    await asyncio.gather(*(table.quizzes.vote(ballot, table.now) for ballot in ballots))
    assert await chat.say_all() == [Say.STOP_POLL, Say.STANDING]
    marks = await chat.marks()
    assert {mark.person_id: mark.score for mark in marks} == {p: float(p % 3 > 0) for p in people}
    for person_id in people:
        graded = await graded_of(table, person_id)
        assert [(one.origin, one.score) for one in graded] == [("quiz", float(person_id % 3 > 0))]


async def test_votes_and_the_end_of_the_round_at_once(table: Table) -> None:
    """A vote is either scored with its round or not there at all."""
    people = range(10, 30)
    chat = await begin(table, *people, 99)  # who does not vote
    table.now += timedelta(seconds=21)
    votes = [table.quizzes.vote(chat.ballot(person_id), table.now) for person_id in people]
    looks = [table.quizzes.look(chat.quiz_id, table.now) for _ in range(3)]
    await asyncio.gather(*votes[:10], *looks, *votes[10:])

    def unmarked(unit: Unit) -> int:
        answers = unit.quizzes.answers(chat.quiz_id, 1)
        return len(answers) - len(unit.quizzes.marks(chat.quiz_id))

    assert await table.store.transact(unmarked) == 0
    said = await chat.say_all()
    assert said == [Say.STANDING]


async def test_votes_that_overtake_the_answer_to_send_poll(table: Table) -> None:
    """They race with the news of the poll; none is lost, whoever comes first."""
    people = range(10, 30)
    chat = await lobby(table)
    for person_id in people:
        await table.quizzes.join(member(person_id), table.happening(), chat.quiz_id, "P")
    await table.quizzes.start(member(HOST), table.happening(), chat.quiz_id, admin=False)
    await chat.say_all(post=False)
    job = chat.jobs[-1]
    early = [table.quizzes.vote(chat.ballot(person_id), table.now) for person_id in people]
    await asyncio.gather(*early[:10])
    await asyncio.gather(*early[10:15], chat.sent(job), *early[15:])
    assert len(await chat.marks()) == len(people)


async def test_the_first_vote_counts(table: Table) -> None:
    chat = await begin(table, 7, 8)
    await chat.vote(7, right=False)
    await chat.vote(7)
    await chat.vote(8)
    assert [(mark.person_id, mark.score) for mark in await chat.marks()] == [(7, 0), (8, 1)]


async def test_a_repeated_update_changes_nothing(table: Table) -> None:
    what = table.happening()
    first = await table.quizzes.open(HERE, member(HOST), "en", what, Wish("python"))
    again = await table.quizzes.open(HERE, member(HOST), "en", what, Wish("python"))
    assert first
    assert again == Opened(first.quiz_id, new=False)
    with pytest.raises(QuizOpen):
        await table.quizzes.open(HERE, member(HOST), "en", table.happening(), Wish("python"))


async def test_two_people_call_for_a_quiz_at_once(table: Table) -> None:
    calls = [
        table.quizzes.open(HERE, member(n), "en", table.happening(), Wish("python"))
        for n in range(1, 6)
    ]
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert sum(isinstance(one, Opened) for one in outcomes) == 1


async def test_there_is_an_end_to_quizzes_in_one_chat(table: Table) -> None:
    for topic in range(1, 11):
        await lobby(table, place=Place(CHAT, topic))
    with pytest.raises(TooManyQuizzes):
        await lobby(table, place=Place(CHAT, 11))


async def test_there_is_an_end_to_players(table: Table) -> None:
    chat = await begin(table, *range(10, 10 + MOST_PLAYERS))
    with pytest.raises(QuizFull):
        await table.quizzes.join(member(9), table.happening(), chat.quiz_id, "P9")
    await chat.vote(9)
    answers = await table.store.transact(lambda unit: unit.quizzes.answers(chat.quiz_id, 1))
    assert answers == []


async def test_who_may_start(table: Table) -> None:
    chat = await lobby(table)
    with pytest.raises(NobodyJoined):
        await table.quizzes.start(member(HOST), table.happening(), chat.quiz_id, admin=False)
    await table.quizzes.join(member(7), table.happening(), chat.quiz_id, "P7")
    with pytest.raises(NotHost):
        await table.quizzes.start(member(7), table.happening(), chat.quiz_id, admin=False)
    await table.quizzes.start(member(7), table.happening(), chat.quiz_id, admin=True)


async def test_what_was_being_said_is_said_again_after_a_crash(table: Table) -> None:
    chat = await begin(table, 7)
    await chat.vote(7)
    job = await table.quizzes.next_job(chat.quiz_id, table.now)
    assert job
    assert await table.quizzes.next_job(chat.quiz_id, table.now) is None
    assert await table.quizzes.recover(table.now) == [chat.quiz_id]
    assert await chat.say_all() == [Say.STOP_POLL, Say.STANDING]


async def test_a_round_that_was_on_its_way_is_sent_again_after_a_crash(table: Table) -> None:
    chat = await lobby(table)
    await table.quizzes.join(member(7), table.happening(), chat.quiz_id, "P7")
    await table.quizzes.start(member(HOST), table.happening(), chat.quiz_id, admin=False)
    for tries in range(1, 4):
        await chat.say_all(post=False)
        assert (await chat.quiz()).state.tries == tries
        await table.quizzes.recover(table.now)
    await chat.say_all(post=False)
    await table.quizzes.recover(table.now)
    assert (await chat.quiz()).state.ending is Ending.MUTED


async def test_a_round_that_is_being_sent_is_waited_for(table: Table) -> None:
    chat = await lobby(table)
    await table.quizzes.join(member(7), table.happening(), chat.quiz_id, "P7")
    await table.quizzes.start(member(HOST), table.happening(), chat.quiz_id, admin=False)
    await chat.say_all(post=False)
    await chat.later(100)
    assert (await chat.quiz()).state.tries == 1
    await chat.sent(chat.jobs[-1])
    assert (await chat.quiz()).state.phase is Phase.RUNNING


async def test_a_round_that_fails_is_tried_again_and_then_given_up(table: Table) -> None:
    chat = await lobby(table)
    await table.quizzes.join(member(7), table.happening(), chat.quiz_id, "P7")
    await table.quizzes.start(member(HOST), table.happening(), chat.quiz_id, admin=False)
    for wait in (5, 15, 45, 90):
        await chat.say_all(post=False)
        await table.quizzes.post_failed(chat.jobs[-1], Trouble.FAILED, table.now)
        await chat.later(wait)
    assert (await chat.quiz()).state.ending is Ending.MUTED


async def test_a_migration_while_a_round_is_being_sent(table: Table) -> None:
    """What went to the old chat is taken away, and sent to the new one."""
    chat = await lobby(table)
    await table.quizzes.join(member(7), table.happening(), chat.quiz_id, "P7")
    await table.quizzes.start(member(HOST), table.happening(), chat.quiz_id, admin=False)
    await chat.say_all(post=False)
    await table.quizzes.migrated(CHAT, -200, table.now)
    await table.quizzes.migrated(CHAT, -200, table.now)
    await chat.sent(chat.jobs[-1], chat_id=CHAT)
    said = await chat.say_all(post=False)
    assert said[-1] is Say.POST
    assert chat.jobs[-1].scene.place.chat_id == -200
    await chat.sent(chat.jobs[-1], chat_id=-200)
    assert (await chat.quiz()).state.phase is Phase.RUNNING


async def test_whoever_is_erased_is_gone_from_quizzes(table: Table) -> None:
    chat = await begin(table, 7, 8)
    await chat.vote(7)
    await table.people.forget(member(7), table.now)
    quiz = await chat.quiz()
    assert [one.person_id for one in quiz.state.players] == [8]
    await chat.vote(8)
    assert [mark.person_id for mark in await chat.marks()] == [8]
    await table.people.forget(member(HOST), table.now)
    assert (await chat.quiz()).state.host_id is None


async def test_the_log_gives_the_stored_cards_and_abilities(table: Table) -> None:
    chat = await begin(table, 7)
    await chat.vote(7)
    await chat.say_all()
    await chat.later(3)
    await chat.say_all()
    await chat.vote(7, right=False)

    def both(unit: Unit) -> tuple[object, object]:
        stored = memory_of(unit, 7)
        table.sets.memory.rebuild(unit, 7, table.now)
        return stored, memory_of(unit, 7)

    stored, rebuilt = await table.store.transact(both)
    assert stored == rebuilt


async def test_people_met_in_a_group_are_not_written_to(table: Table) -> None:
    await begin(table, 7)
    person = await table.store.transact(lambda unit: unit.people.find(7))
    assert person
    assert not person.reachable
    await table.people.greet(Who(7, "en", 7), table.happening())
    person = await table.store.transact(lambda unit: unit.people.find(7))
    assert person
    assert person.reachable
