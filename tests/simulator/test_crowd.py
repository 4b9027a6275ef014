"""Simulated members: they join, vote and reply like people, and the same evening comes again."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import mean
from typing import TYPE_CHECKING, Any

import pytest

from bot.simulator import Flood, ManualClock, Person, Simulator
from bot.simulator.crowd import Crowd
from tests.simulator.calling import Api

if TYPE_CHECKING:
    from bot.simulator import Group

NAMES = {"Dana", "Emeka", "Farah", "Goran", "Hana", "Ivo"}
QUIZ: dict[str, Any] = {
    "question": "Which of these does not change when one value is mistyped?",
    "options": [{"text": "the median"}, {"text": "the mean"}, {"text": "the spread"}],
    "type": "quiz",
    "correct_option_ids": [0],
    "is_anonymous": False,
    "open_period": 20,
}
LOBBY = {
    "inline_keyboard": [
        [
            {"text": "✋ Join", "callback_data": "join"},
            {"text": "▶ Start", "callback_data": "start"},
        ]
    ]
}
OPEN = "Statistics · Spread  ●●○○○  5/5\nWhat is a variance?"


@pytest.fixture
def group(sim: Simulator) -> Group:
    return company(sim)


def company(sim: Simulator) -> Group:
    """A group in which the six play along."""
    ann = sim.person("Ann")
    members = [Person(sim.world, user) for user in sim.crowd.gather()]
    group = sim.group("Team", admins=[ann], members=members)
    sim.crowd.play(playing=True)
    sim.updates.clear()
    return group


async def heard(api: Api, kind: str, seconds: int = 30) -> list[tuple[str, dict[str, Any], int]]:
    """Who did what and after how many seconds, of one kind of update."""
    found = []
    for second in range(1, seconds + 1):
        api.simulator.clock.advance(1)
        for update in await api.updates():
            if kind in update:
                body = update[kind]
                who = body.get("user") or body.get("from")
                found.append((who["first_name"], body, second))
    return found


async def test_everybody_joins_a_lobby_once_and_nobody_starts_it(api: Api, group: Group) -> None:
    await api("sendMessage", chat_id=group.id, text="Quiz!", reply_markup=LOBBY)
    presses = await heard(api, "callback_query")
    assert Counter(name for name, _, _ in presses) == Counter(NAMES)
    assert {press["data"] for _, press, _ in presses} == {"join"}
    assert len({second for _, _, second in presses}) > 2
    assert max(second for _, _, second in presses) <= 13


async def test_they_choose_among_teams(api: Api, group: Group) -> None:
    teams = [{"text": name, "callback_data": name} for name in ("🔴 Red", "🔵 Blue")]
    rows = {"inline_keyboard": [teams, [{"text": "▶ Start", "callback_data": "start"}]]}
    await api("sendMessage", chat_id=group.id, text="Quiz!", reply_markup=rows)
    presses = await heard(api, "callback_query")
    assert {press["data"] for _, press, _ in presses} == {"🔴 Red", "🔵 Blue"}


async def test_buttons_of_other_messages_are_left_alone(api: Api, group: Group) -> None:
    rows = {"inline_keyboard": [[{"text": "Show more", "callback_data": "more"}]]}
    await api("sendMessage", chat_id=group.id, text="Board", reply_markup=rows)
    assert await heard(api, "callback_query") == []


async def test_a_lobby_that_closed_is_not_joined(api: Api, group: Group) -> None:
    sent = await api("sendMessage", chat_id=group.id, text="Quiz!", reply_markup=LOBBY)
    await api(
        "editMessageText", chat_id=group.id, message_id=sent["message_id"], text="It has begun."
    )
    assert await heard(api, "callback_query") == []


async def test_votes_come_one_by_one_within_the_time(api: Api, group: Group) -> None:
    await api("sendPoll", chat_id=group.id, **QUIZ)
    votes = await heard(api, "poll_answer")
    assert 3 <= len({name for name, _, _ in votes}) == len(votes)
    assert len({second for _, _, second in votes}) > 2
    assert all(second < 20 for _, _, second in votes)


async def test_short_rounds_leave_them_time_too(api: Api, group: Group) -> None:
    for _ in range(5):
        await api("sendPoll", chat_id=group.id, **QUIZ | {"open_period": 5})
        votes = await heard(api, "poll_answer", 6)
        assert len(votes) >= 3
        assert all(second <= 5 for _, _, second in votes)


async def test_temperaments_show_over_many_questions(api: Api, group: Group) -> None:
    right, waits = Counter[str](), defaultdict[str, list[int]](list)
    for _ in range(40):
        await api("sendPoll", chat_id=group.id, **QUIZ)
        for name, vote, second in await heard(api, "poll_answer", 21):
            right[name] += vote["option_ids"] == [0]
            waits[name].append(second)
    assert set(right) == NAMES
    assert right["Dana"] > right["Ivo"] + 8
    assert right["Dana"] < 40
    assert right["Ivo"] > 3
    assert mean(waits["Farah"]) < mean(waits["Hana"]) - 2
    assert all(len(times) > 25 for times in waits.values())


async def test_a_mistake_with_several_answers_is_partly_right(api: Api, group: Group) -> None:
    several = QUIZ | {"correct_option_ids": [0, 2], "allows_multiple_answers": True}
    chosen = set()
    for _ in range(10):
        await api("sendPoll", chat_id=group.id, **several)
        chosen |= {tuple(vote["option_ids"]) for _, vote, _ in await heard(api, "poll_answer")}
    assert (0, 2) in chosen
    assert chosen & {(0,), (2,), (0, 1), (1, 2)}


async def evening(seed: int) -> list[tuple[str, list[int], int]]:
    async with Simulator(clock=ManualClock(), flood=Flood(enabled=False)) as sim, Api(sim) as api:
        sim.crowd = Crowd(sim.world, seed=seed)
        group = company(sim)
        told = []
        for _ in range(3):
            await api("sendPoll", chat_id=group.id, **QUIZ)
            told += await heard(api, "poll_answer")
    return [(name, vote["option_ids"], second) for name, vote, second in told]


async def test_the_seed_decides() -> None:
    first, again, other = await evening(1), await evening(1), await evening(2)
    assert first == again != other


async def test_an_open_question_is_answered_by_replies_in_own_words(
    api: Api, group: Group
) -> None:
    asked = []

    def answers(question: str) -> tuple[list[str], list[str]]:
        asked.append(question)
        return ["mean squared distance", "average squared deviation"], ["a kind of mean"]

    api.simulator.crowd.answers = answers
    replies = []
    for _ in range(6):
        sent = await api("sendMessage", chat_id=group.id, text=OPEN)
        found = [message for _, message, _ in await heard(api, "message")]
        assert all(m["reply_to_message"]["message_id"] == sent["message_id"] for m in found)
        texts = [message["text"] for message in found]
        assert len(set(texts)) == len(texts)
        replies += texts
    assert set(asked) == {OPEN}
    assert {"mean squared distance", "a kind of mean"} <= set(replies)


async def test_who_has_not_answered_lets_it_be_once_something_else_is_asked(
    api: Api, group: Group
) -> None:
    api.simulator.crowd.answers = lambda _: (["right"] * 6, ["wrong"] * 6)
    for _ in range(6):
        await api("sendMessage", chat_id=group.id, text=OPEN)
    last = await api("sendMessage", chat_id=group.id, text=OPEN)
    replies = [message for _, message, _ in await heard(api, "message")]
    assert replies
    assert {reply["reply_to_message"]["message_id"] for reply in replies} == {last["message_id"]}


async def test_somebody_cheers_the_podium(api: Api, group: Group) -> None:
    podium = "Well played\n1. Dana · 2310 · 3/3 · 12 s\n2. Ivo · 0 · 0/3 · 3 s"
    sent = await api("sendMessage", chat_id=group.id, text=podium)
    await heard(api, "message", 10)
    assert group.chat.messages[sent["message_id"]].reactions


async def test_the_switch_stops_them_and_lets_them_join_what_goes_on(
    api: Api, group: Group
) -> None:
    crowd = api.simulator.crowd
    await api("sendPoll", chat_id=group.id, **QUIZ | {"open_period": 600})
    crowd.play(playing=False)
    await api("sendMessage", chat_id=group.id, text="Quiz!", reply_markup=LOBBY)
    assert await heard(api, "poll_answer") == []
    crowd.play(playing=True)
    crowd.play(playing=True)
    votes = await heard(api, "poll_answer")
    assert votes
    assert max(Counter(name for name, _, _ in votes).values()) == 1


async def test_they_are_only_where_they_belong(sim: Simulator, api: Api, group: Group) -> None:
    elsewhere = sim.group("Others", members=[sim.person("Bob")])
    await api("sendPoll", chat_id=elsewhere.id, **QUIZ)
    for user in sim.crowd.users[1:]:
        group.leave(Person(sim.world, user))
    await api("sendPoll", chat_id=group.id, **QUIZ)
    assert {name for name, _, _ in await heard(api, "poll_answer")} <= {"Dana"}


async def test_other_processes_have_the_switch(api: Api, group: Group) -> None:
    root = f"{api.simulator.base_url}/client"
    async with api.session.get(f"{root}/crowd") as answer:
        shown = await answer.json()
    assert shown["playing"]
    assert len(shown["members"]) == 6
    async with api.session.get(f"{root}/world") as answer:
        users = (await answer.json())["users"]
    assert {user["id"] for user in users if user["simulated"]} == set(shown["members"])
    async with api.session.post(f"{root}/crowd", json={"playing": False}) as answer:
        assert not (await answer.json())["playing"]
    assert not api.simulator.crowd.playing
