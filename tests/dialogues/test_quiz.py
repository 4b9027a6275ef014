"""Group quizzes, as a group lives through them."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.simulator import Clock, Flood, ManualClock, Person, PersonError, Simulator
from tests.dialogues.conftest import ALREADY_SO, Stage, pressed
from tests.dialogues.quizzing import (
    Table,
    choice,
    number_in,
    podium_lines,
    round_of,
    write_quiz_bank,
)

REFUSED_HERE = re.compile(
    "poll has already been closed|poll to stop not found|TOPIC_CLOSED|bot was kicked"
    "|group chat was upgraded|not enough rights to send photos"
)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_quiz_bank(tmp_path_factory.mktemp("quiz") / "bank")


@pytest.fixture
async def stage(tmp_path: Path, bank: Path) -> AsyncIterator[Stage]:
    async with a_stage(tmp_path, bank, ManualClock()) as stage:
        yield stage


@asynccontextmanager
async def a_stage(tmp_path: Path, bank: Path, clock: Clock) -> AsyncIterator[Stage]:
    async with Simulator(flood=Flood(enabled=False), clock=clock) as simulator:
        stage = Stage(simulator, tmp_path, {"BOT_CONTENT__BANKS": str(bank)})
        await stage.start()
        yield stage
        await stage.stop()
        assert simulator.violations == []
        refused = [c.description or "" for c in simulator.calls if c.outcome == "refused"]
        known = (ALREADY_SO, REFUSED_HERE)
        assert [words for words in refused if not any(one.search(words) for one in known)] == []


@pytest.fixture
def people(stage: Stage) -> list[Person]:
    return [stage.simulator.person(name) for name in ("Ann", "Ben", "Cleo")]


@pytest.fixture
def boss(stage: Stage) -> Person:
    return stage.simulator.person("Boss")


@pytest.fixture
def table(stage: Stage, people: list[Person], boss: Person) -> Table:
    group = stage.simulator.group("Team", members=people, admins=[boss])
    return Table(stage.simulator, group, people)


async def test_a_quiz_from_lobby_to_podium(table: Table, people: list[Person]) -> None:
    """Three rounds: everybody right and fast, one wrong, one silent."""
    ann, ben, _ = people
    lobby = await table.open("/quiz python 3 20")
    assert lobby.buttons == [["✋ Join", "▶ Start"]]
    assert "3 rounds of 20 s" in lobby.text
    await table.join(ann, ben)
    first = await table.start()
    assert (first.poll or {})["question"].startswith("Which one is right, in case")
    assert (first.poll or {})["open_period"] == 20
    await table.answer(ann, first)
    await table.answer(ben, first, right=False)
    standing = await table.standing(1)
    assert standing.text.splitlines()[0] == "📊 1/3 · 1 of 2 right"
    assert len(standing.text.splitlines()) == 2
    assert standing.text.splitlines()[1].startswith("1. Ann ")
    second = await table.next_round(2)
    await table.answer(ann, second)
    await table.answer(ben, second)
    third = await table.next_round(3)
    await table.answer(ann, third, right=False)
    await table.pass_time(22)
    podium = await table.podium()
    lines = podium_lines(podium)
    assert [line[:2] + line[3:4] for line in lines] == [(1, "Ann", "2/3"), (2, "Ben", "1/3")]
    assert "🏅 Programming languages: Ann" in podium.text
    await table.simulator.settled()
    assert table.texts[-1] == podium.text
    assert table.texts[-2].startswith("🔎 The hardest one")


async def test_a_vote_joins_whoever_did_not_press_join(table: Table, people: list[Person]) -> None:
    ann, ben, _ = people
    first = await table.begin("/quiz python 2 20", ann)
    await table.answer(ben, first)
    await table.answer(ann, first)
    second = await table.next_round(2)
    await table.answer(ann, second, right=False)
    await table.answer(ben, second)
    lines = podium_lines(await table.podium())
    assert [(line[1], line[3]) for line in lines] == [("Ben", "2/2"), ("Ann", "1/2")]


async def test_standing_and_podium_to_the_letter(table: Table, people: list[Person]) -> None:
    """Points by the clock: round(1000 · (1 − t/T/2)), in proportion for a partly right answer."""
    ann, ben, cleo = people
    first = await table.begin("/quiz inference 2 20", *people)
    assert (first.poll or {})["allows_multiple_answers"] is True
    await table.pass_time(4)
    await table.answer(ann, first)
    await table.pass_time(4)
    seat = ben.at(table.group)
    await seat.vote((first.poll or {})["correct_option_ids"][0], message=first)
    await table.answer(cleo, first, right=False)
    standing = await table.standing(1)
    assert standing.text == "📊 1/2 · 1 of 3 right\n1. Ann 900 · 2. Ben 400 · 3. Cleo 0"
    second = await table.next_round(2)
    await table.pass_time(10)
    await table.answer(ben, second)
    await table.pass_time(11)
    podium = await table.podium()
    assert podium.text.splitlines() == [
        "🏆 Podium: Hypothesis tests and intervals",
        "1. Ben · 1150 · 1/2 · 18 s",
        "2. Ann · 900 · 1/2 · 4 s",
        "3. Cleo · 0 · 0/2 · 8 s",
        "",
        "🏅 Statistics: Ben · 1150",
    ]


async def test_code_formula_and_explanation_come_with_the_poll(
    table: Table, people: list[Person]
) -> None:
    first = await table.begin("/quiz training 1 20", people[0])
    poll = first.poll or {}
    assert poll["question"].startswith("What is x² of <b>, in case ")
    assert poll["description"].splitlines()[-1] == "print(1 < 2)"
    assert poll["description_entities"][-1]["language"] == "python"
    assert poll["media"]["photo"]
    assert poll["explanation"] == "It is so & not otherwise."
    assert first.message.poll
    assert first.message.poll.rules.shuffled


async def test_a_round_ends_when_everybody_has_answered(
    table: Table, people: list[Person]
) -> None:
    first = await table.begin("/quiz python 2 600", *people[:2])
    for person in people[:2]:
        await table.answer(person, first)
    await table.standing(1)
    await table.simulator.settled()
    assert [seen.poll["is_closed"] for seen in table.polls if seen.poll] == [True]
    with pytest.raises(PersonError, match="closed"):
        await people[2].at(table.group).vote(0, message=first)


async def test_of_five_rounds_one_is_answered_by_a_reply(
    table: Table, people: list[Person]
) -> None:
    ann, ben, cleo = people
    asked = await table.begin("/quiz 5 20", *people)
    for number in range(2, 6):
        for person in people:
            await table.answer(person, asked)
        asked = await table.next_round(number)
    assert asked.poll is None
    assert asked.text.splitlines()[0].endswith("5/5")
    await table.pass_time(10)
    await cleo.at(table.group).say("I do not know", reply_to=asked)
    await table.answer(ben, asked, right=False)
    await table.answer(ann, asked)
    await table.answer(ben, asked)
    await cleo.at(table.group).say(f"{number_in(asked)} or so", reply_to=asked)
    podium = await table.podium()
    assert [(line[1], line[2], line[3]) for line in podium_lines(podium)] == [
        ("Ann", 5000, "5/5"),
        ("Cleo", 4750, "5/5"),
        ("Ben", 4000, "4/5"),
    ]
    closed = next(seen for seen in table.host.inbox if seen.id == asked.id)
    assert "2 of 3 had it, Ann first." in closed.text
    assert f"The answer is {number_in(asked)}." in closed.text


async def test_who_may_start_and_stop(table: Table, people: list[Person], boss: Person) -> None:
    ann, ben, _ = people
    await table.open("/quiz python 3")
    nobody = await (await ann.at(table.group).press("▶ Start")).answer()
    assert (nobody.text, nobody.show_alert) == ("Nobody has joined yet.", True)
    await table.join(ben)
    other = await (await ben.at(table.group).press("▶ Start")).answer()
    assert other.show_alert
    assert "Only whoever called for the quiz" in (other.text or "")
    await (await boss.at(table.group).press("▶ Start")).answer()
    first = await table.round(1)
    assert "Only whoever" in (await ben.at(table.group).ask("/stopquiz")).text
    await table.answer(ben, first)
    await table.standing(1)
    await boss.at(table.group).say("/stopquiz")
    podium = await table.podium()
    assert podium.text.splitlines()[0].endswith("(stopped after 1 of 3)")
    assert podium_lines(podium)[0][1] == "Ben"
    assert "no quiz here" in (await table.host.ask("/stopquiz")).text


async def test_a_round_that_somebody_has_answered_counts_when_it_is_stopped(
    table: Table, people: list[Person]
) -> None:
    first = await table.begin("/quiz python 3", *people[:2])
    await table.answer(people[0], first)
    await table.host.say("/stopquiz")
    podium = await table.podium()
    assert [line[1:] for line in podium_lines(podium)] == [
        ("Ann", 1000, "1/1", 0),
        ("Ben", 0, "0/1", 0),
    ]


async def test_a_lobby_that_is_stopped_or_that_nobody_joins_is_called_off(table: Table) -> None:
    lobby = await table.open()
    await table.host.say("/stopquiz")
    gone = await table.host.wait(lambda seen: seen.id == lobby.id and not seen.buttons)
    assert "No quiz this time" in gone.text
    lobby = await table.open()
    await table.pass_time(61)
    gone = await table.host.wait(lambda seen: seen.id == lobby.id and not seen.buttons)
    assert "No quiz this time" in gone.text
    press = await table.host.press("✋ Join", lobby)
    assert "This quiz is over" in ((await press.answer()).text or "")


async def test_it_begins_by_itself_after_a_minute(table: Table, people: list[Person]) -> None:
    lobby = await table.open("/quiz python 3")
    await table.join(people[1])
    await table.pass_time(61)
    assert round_of(await table.round(1)) == 1
    await table.host.wait(lambda seen: seen.id == lobby.id and not seen.buttons)


async def test_a_restart_keeps_the_rounds_clock_and_what_was_answered(
    stage: Stage, table: Table, people: list[Person]
) -> None:
    """A vote before, one while nobody was there, one after: all count."""
    ann, ben, cleo = people
    first = await table.begin("/quiz python 2 30", *people)
    await table.pass_time(6)
    await table.answer(ann, first)
    await table.pass_time(0)
    await stage.stop()
    await table.answer(ben, first)
    stage.simulator.clock.advance(6)
    await stage.start()
    await table.pass_time(3)
    await table.answer(cleo, first)
    standing = await table.standing(1)
    assert standing.text.splitlines()[1] == "1. Ann 900 · 2. Ben 800 · 3. Cleo 750"


async def test_votes_of_a_round_that_ended_while_nobody_was_there_count(
    tmp_path: Path, bank: Path
) -> None:
    """They are waited for a little, since nobody knows when they were given."""
    async with a_stage(tmp_path, bank, Clock()) as stage:
        ann, ben = stage.simulator.person("Ann"), stage.simulator.person("Ben")
        group = stage.simulator.group("Team", members=[ann, ben])
        table = Table(stage.simulator, group, [ann, ben])
        first = await table.begin("/quiz python 1 30", ann, ben)
        await table.pass_time(1)
        await stage.stop()
        await table.answer(ben, first)
        stage.simulator.clock.advance(20)
        await stage.start()
        stage.simulator.clock.advance(80)
        lines = podium_lines(await table.podium())
    assert [(line[1], line[2]) for line in lines] == [("Ben", 500), ("Ann", 0)]


async def test_a_reply_while_nobody_was_there_counts_by_its_date(
    stage: Stage, table: Table, people: list[Person]
) -> None:
    ann, ben, _ = people
    asked = await table.begin("/quiz 5 30", ann, ben)
    for number in range(2, 6):
        await table.answer(ann, asked)
        await table.answer(ben, asked)
        asked = await table.next_round(number)
    await table.pass_time(3)
    await stage.stop()
    stage.simulator.clock.advance(12)
    await table.answer(ann, asked)
    stage.simulator.clock.advance(10)
    await table.answer(ben, asked)
    stage.simulator.clock.advance(40)
    await stage.start()
    await table.pass_time(4)
    lines = podium_lines(await table.podium())
    assert [(line[1], line[2], line[4]) for line in lines] == [
        ("Ann", 5000, 15),
        ("Ben", 4583, 25),
    ]


async def test_a_vote_that_overtakes_the_answer_to_send_poll_counts(
    table: Table, people: list[Person]
) -> None:
    await table.open("/quiz python 1 30")
    await table.join(*people[:2])
    fault = table.simulator.faults.add("hang", "sendPoll", after_effect=True)
    await (await table.host.press("▶ Start")).answer()
    first = await table.round(1)
    for person in people[:2]:
        await table.answer(person, first)
    await table.bystander.ask("/streak")
    fault.release()
    lines = podium_lines(await table.podium())
    assert [line[1:] for line in lines] == [("Ann", 1000, "1/1", 0), ("Ben", 1000, "1/1", 0)]


async def test_the_first_vote_counts_whatever_comes_after(
    table: Table, people: list[Person]
) -> None:
    """A retraction and another vote, which official clients do not allow in quizzes."""
    ann, ben, _ = people
    first = await table.begin("/quiz python 1 30", ann, ben)
    await table.answer(ann, first, right=False)
    poll = first.poll or {}
    user = {"id": ann.id, "is_bot": False, "first_name": "Ann"}
    chosen: list[int]
    for chosen in ([], poll["correct_option_ids"]):
        ids = [poll["options"][n]["persistent_id"] for n in chosen]
        table.simulator.push_update(
            "poll_answer",
            {
                "poll_id": poll["id"],
                "user": user,
                "option_ids": chosen,
                "option_persistent_ids": ids,
            },
        )
    await table.answer(ben, first)
    lines = podium_lines(await table.podium())
    assert [(line[1], line[2]) for line in lines] == [("Ben", 1000), ("Ann", 0)]


async def test_votes_in_unknown_polls_and_after_the_end_change_nothing(
    table: Table, people: list[Person]
) -> None:
    first = await table.begin("/quiz python 1 30", people[0])
    await table.answer(people[0], first)
    podium = await table.podium()
    user = {"id": people[1].id, "is_bot": False, "first_name": "Ben"}
    for poll_id in ((first.poll or {})["id"], "77"):
        answer = {"poll_id": poll_id, "user": user, "option_ids": [0], "option_persistent_ids": []}
        table.simulator.push_update("poll_answer", answer)
    await table.pass_time(5)
    assert table.texts[-1] == podium.text
    assert "Ben" not in (await table.host.ask("/leaderboard")).text


async def test_teams(table: Table, people: list[Person]) -> None:
    ann, ben, cleo = people
    lobby = await table.open("/quiz teams python 1 20")
    assert lobby.buttons == [["✋ 🔴 Red", "✋ 🔵 Blue"], ["▶ Start"]]
    for person, label in ((ann, "✋ 🔴 Red"), (ben, "✋ 🔵 Blue")):
        answer = await (await person.at(table.group).press(label)).answer()
        assert answer.text == f"You are in: {label[2:]}."
    first = await table.start()
    await table.answer(ann, first)
    await table.answer(cleo, first)
    await table.answer(ben, first, right=False)
    standing = await table.standing(1)
    assert standing.text.splitlines()[1] == "1. 🔴 Red 1000 · 2. 🔵 Blue 0"
    podium = await table.podium()
    assert "🔴 Red: 1000\n🔵 Blue: 0" in podium.text


async def test_everything_stays_in_its_topic(stage: Stage, people: list[Person]) -> None:
    """Two topics, two quizzes at a time; in General nothing names a topic."""
    ann = people[0]
    forum = stage.simulator.group("Forum", members=people, is_forum=True)
    topic = forum.open_topic("Quiz")
    table = Table(stage.simulator, forum, people, thread=topic)
    await table.open("/quiz python 1 20")
    await ann.at(forum).say("/quiz python 1 20", thread=topic)
    refused = await ann.at(forum).wait(lambda seen: "quiz here already" in seen.text)
    assert refused.raw["message_thread_id"] == topic
    await table.join(ann)
    first = await table.start()
    await table.answer(ann, first)
    await table.podium()
    await table.simulator.settled()
    assert {seen.raw.get("message_thread_id") for seen in table.host.inbox} == {topic}
    general = Table(stage.simulator, forum, people)
    lobby = await general.open("/quiz python 1 20")
    assert "message_thread_id" not in lobby.raw


async def test_a_closed_topic_ends_the_quiz(stage: Stage, people: list[Person]) -> None:
    forum = stage.simulator.group("Forum", members=people, is_forum=True)
    topic = forum.open_topic("Quiz")
    table = Table(stage.simulator, forum, people, thread=topic)
    first = await table.begin("/quiz python 3 20", people[0])
    forum.close_topic(topic)
    await table.answer(people[0], first)
    call = await table.simulator.calls.wait(lambda call: call.outcome == "refused")
    assert "TOPIC_CLOSED" in (call.description or "")
    await table.simulator.settled()
    forum.reopen_topic(topic)
    await table.pass_time(30)
    assert "🎲" in (await table.open("/quiz python 1 20")).text


async def test_a_migration_drops_the_running_round(stage: Stage, people: list[Person]) -> None:
    ann, ben, _ = people
    group = stage.simulator.group("Small", members=people, kind="group")
    table = Table(stage.simulator, group, people)
    first = await table.begin("/quiz python 2 20", ann, ben)
    await table.answer(ann, first)
    await table.bystander.ask("/streak")
    table.group, table.begun = group.migrate(), 0
    await table.pass_time(4)
    second = await table.round(2)
    await table.answer(ben, second)
    await table.answer(ann, second, right=False)
    podium = await table.podium()
    assert [(line[1], line[3]) for line in podium_lines(podium)] == [
        ("Ben", "1/1"),
        ("Ann", "0/1"),
    ]


async def test_thrown_out_the_quiz_is_over_and_another_one_may_begin(
    table: Table, people: list[Person]
) -> None:
    await table.begin("/quiz python 3 20", people[0])
    table.group.kick_bot()
    await table.simulator.settled()
    await table.pass_time(60)
    table.group.add_bot()
    assert "Group quiz" in (await table.open("/quiz python 1 20")).text


async def test_a_flood_delays_the_round_and_loses_nothing(
    table: Table, people: list[Person]
) -> None:
    await table.open("/quiz python 1 20")
    await table.join(people[0])
    table.simulator.faults.add("too_many_requests", "sendPoll", retry_after=1)
    first = await table.start()
    await table.answer(people[0], first)
    assert podium_lines(await table.podium())[0][2] == 1000


async def test_whoever_speaks_as_a_chat_is_told_once_and_not_counted(
    table: Table, people: list[Person], boss: Person
) -> None:
    first = await table.begin("/quiz python 2 20", people[0])
    table.group.promote(boss, anonymous=True)
    await boss.at(table.group).vote(*choice(first), message=first)
    await table.host.wait(lambda seen: "does not count" in seen.text)
    await table.answer(people[0], first)
    second = await table.next_round(2)
    await boss.at(table.group).vote(*choice(second), message=second)
    await table.answer(people[0], second)
    podium = await table.podium()
    assert [line[1] for line in podium_lines(podium)] == ["Ann"]
    assert sum("does not count" in text for text in table.texts) == 1


async def test_an_anonymous_admin_may_host(
    table: Table, people: list[Person], boss: Person
) -> None:
    table.group.promote(boss, anonymous=True)
    table.host.skip()
    await boss.at(table.group).say("/quiz python 1 20")
    lobby = await table.host.next_message()
    assert "play as yourself" in lobby.text
    await table.join(people[0])
    refused = await (await people[0].at(table.group).press("▶ Start")).answer()
    assert refused.show_alert
    await boss.at(table.group).say("/stopquiz")
    await table.host.wait(lambda seen: "No quiz this time" in seen.text)


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("/quiz python 51", "1 to 50 questions"),
        ("/quiz python 0", "1 to 50 questions"),
        ("/quiz 5 601", "5 to 600 seconds"),
        ("/quiz 5 4", "5 to 600 seconds"),
        ("/quiz 5 20 20", "For example"),
        ("/quiz -5", "For example"),
        ("/quiz teams9", "For example"),
        ("/quiz phyton", "Did you mean /quiz python"),
        ("/quiz numerics", "no questions on"),
    ],
)
async def test_what_cannot_be_asked_for(table: Table, command: str, word: str) -> None:
    assert word in (await table.open(command)).text


async def test_in_private_quiz_shows_the_way_to_a_group(people: list[Person]) -> None:
    shown = await people[0].ask("/quiz")
    assert shown.labels == ["➕ Add me to a group"]
    assert "/quiz" in (await people[0].ask("/help")).text


async def test_answers_count_for_streak_and_data(table: Table, people: list[Person]) -> None:
    ann = people[0]
    first = await table.begin("/quiz python 2 20", ann)
    await table.answer(ann, first)
    await table.answer(ann, await table.next_round(2), right=False)
    await table.podium()
    await table.simulator.settled()
    assert "🔥 1 day" in (await ann.ask("/streak")).text
    document = json.loads(ann.download(await ann.ask("/export")))
    assert [(one["where"], one["score"]) for one in document["attempts"]] == [
        ("quiz", 1.0),
        ("quiz", 0.0),
    ]
    assert len(document["cards"]) == 2


async def test_nobody_waits_for_those_who_have_left(table: Table, people: list[Person]) -> None:
    ann, ben, _ = people
    first = await table.begin("/quiz python 1 600", ann, ben)
    await table.answer(ann, first)
    await table.bystander.ask("/streak")
    table.group.leave(ben)
    podium = await table.podium()
    assert [line[1] for line in podium_lines(podium)] == ["Ann", "Ben"]


async def test_names_are_shown_as_they_are(stage: Stage) -> None:
    odd = [
        stage.simulator.person("<b>Ann</b>", last_name="\u202eevil"),
        stage.simulator.person("\u200b"),
    ]
    table = Table(stage.simulator, stage.simulator.group("Odd", members=odd), odd)
    first = await table.begin("/quiz python 1 20", *odd)
    for person in odd:
        await table.answer(person, first)
    lines = podium_lines(await table.podium())
    assert [line[1] for line in lines] == ["<b>Ann</b> evil", "Somebody"]


async def test_joining_twice_changes_nothing(table: Table, people: list[Person]) -> None:
    lobby = await table.open("/quiz python 1 20")
    await table.join(people[0], people[0])
    shown = await table.host.wait(lambda seen: seen.id == lobby.id and "Playing" in seen.text)
    assert "Playing: Ann\n" in shown.text


async def test_those_who_have_started_the_bot_get_their_own_result(
    table: Table, people: list[Person]
) -> None:
    ann, ben, _ = people
    await ann.start()
    first = await table.begin("/quiz python 1 20", ann, ben)
    await table.answer(ann, first)
    await table.answer(ben, first, right=False)
    await table.podium()
    result = await ann.wait(lambda seen: "Your group quiz" in seen.text)
    assert result.text.splitlines()[0] == "🎲 Your group quiz: place 1 of 2"
    assert result.labels == ["▶ Practise"]
    await table.simulator.settled()
    assert ben.inbox == []


async def test_the_groups_leaderboard(stage: Stage, table: Table, people: list[Person]) -> None:
    """The last seven days and all time; other groups have their own."""
    ann, ben, _ = people
    assert "Nobody has points yet" in (await table.host.ask("/leaderboard")).text
    for winner, loser in ((ann, ben), (ben, ann)):
        first = await table.begin("/quiz python 1 20", ann, ben)
        await table.answer(loser, first, right=False)
        await table.answer(winner, first)
        await table.podium()
        await stage.next_day(4)
    board = await table.host.ask("/leaderboard")
    assert board.text.splitlines() == [
        "🏆 Leaderboard of this group",
        "",
        "The last seven days",
        "1. Ben · 1000",
        "",
        "All time",
        "1. Ann · 1000",
        "2. Ben · 1000",
    ]
    other = stage.simulator.group("Other", members=people)
    assert "Nobody has points yet" in (await ann.at(other).ask("/leaderboard")).text


async def test_the_leaderboard_across_groups_shows_who_wants_to_be_seen(
    table: Table, people: list[Person]
) -> None:
    ann, ben, cleo = people
    first = await table.begin("/quiz python 1 20", ann, ben)
    await table.answer(ben, first, right=False)
    await table.answer(ann, first)
    await table.podium()
    assert "Ann" not in (await ann.ask("/leaderboard")).text
    for person in people:
        board = await person.ask("/leaderboard")
        shown = await pressed(person, "👋 Show me on the list", board)
        assert "Take me off the list" in shown.labels
    assert "1. Ann · 1\n2. Ben · 0" in (await ben.ask("/leaderboard")).text
    alone = (await cleo.ask("/leaderboard")).text  # who has played with nobody
    assert "1. Cleo · 0" in alone
    assert "Ann" not in alone
    await pressed(ann, "Take me off the list", await ann.ask("/leaderboard"))
    assert "Ann" not in (await ben.ask("/leaderboard")).text
    document = json.loads(ben.download(await ben.ask("/export")))
    assert document["person"]["settings"]["listed_as"] == "Ben"
    assert [(one["name"], one["points"]) for one in document["quizzes"]] == [("Ben", 0)]


async def test_the_podium_has_a_picture(table: Table, people: list[Person]) -> None:
    first = await table.begin("/quiz python 1 20", people[0])
    await table.answer(people[0], first)
    podium = await table.podium()
    assert table.host.download(podium).startswith(b"\x89PNG")


async def test_where_pictures_are_denied_the_podium_has_none(
    stage: Stage, table: Table, people: list[Person]
) -> None:
    table.group.restrict_bot("photos")
    first = await table.begin("/quiz python 1 20", people[0])
    await table.answer(people[0], first)
    podium = await table.podium()
    assert "photo" not in podium.raw
    await table.simulator.settled()
    assert table.texts[-1] == podium.text


async def test_a_podium_of_many_is_the_last_message_all_the_same(stage: Stage) -> None:
    people = [stage.simulator.person(f"Somebody with the number {n}") for n in range(30)]
    table = Table(stage.simulator, stage.simulator.group("Many", members=people), people)
    first = await table.begin("/quiz python 1 20", people[0])
    for person in reversed(people):
        await table.answer(person, first)
    podium = await table.podium()
    assert len(podium_lines(podium)) == 30
    await table.simulator.settled()
    assert table.host.inbox[-1].id == podium.id
    assert table.host.inbox[-2].raw["photo"]
