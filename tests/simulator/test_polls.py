"""Native polls: votes, closing, and who sees which results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.simulator import PersonError
from bot.simulator.samples import picture

if TYPE_CHECKING:
    from bot.simulator import Group, Person, Simulator
    from tests.simulator.calling import Api

OPTIONS = [{"text": "a"}, {"text": "b"}, {"text": "c"}]
QUIZ: dict[str, Any] = {
    "question": "Which?",
    "options": OPTIONS,
    "type": "quiz",
    "correct_option_ids": [0, 2],
    "is_anonymous": False,
}


@pytest.fixture
def group(sim: Simulator, ann: Person) -> Group:
    group = sim.group("Team", members=[ann, sim.person("Bob")])
    sim.updates.clear()
    return group


async def test_a_vote_tells_the_bot_who_chose_what(api: Api, ann: Person, group: Group) -> None:
    sent = await api("sendPoll", chat_id=group.id, **QUIZ, allows_multiple_answers=True)
    poll = sent["poll"]
    assert poll["correct_option_ids"] == [0, 2]
    assert poll["allows_revoting"] is False
    persistent = [option["persistent_id"] for option in poll["options"]]
    assert len(set(persistent)) == 3
    await ann.at(group).vote(2, 0)
    updates = await api.updates()
    assert [[*update][1] for update in updates] == ["poll_answer", "poll"]
    assert updates[0]["poll_answer"] == {
        "poll_id": poll["id"],
        "user": updates[0]["poll_answer"]["user"],
        "option_ids": [0, 2],
        "option_persistent_ids": [persistent[0], persistent[2]],
    }
    assert updates[0]["poll_answer"]["user"]["id"] == ann.id
    assert [option["voter_count"] for option in updates[1]["poll"]["options"]] == [1, 0, 1]
    assert updates[1]["poll"]["total_voter_count"] == 1


async def test_an_anonymous_poll_tells_only_the_counts(
    api: Api, ann: Person, group: Group
) -> None:
    await api("sendPoll", chat_id=group.id, question="?", options=OPTIONS)
    await ann.at(group).vote(1)
    assert [[*update][1] for update in await api.updates()] == ["poll"]


async def test_a_vote_that_may_change_can_be_taken_back(
    api: Api, ann: Person, group: Group
) -> None:
    seat = ann.at(group)
    await api("sendPoll", chat_id=group.id, question="?", options=OPTIONS, is_anonymous=False)
    await seat.vote(1)
    await seat.vote(0)
    await seat.vote()
    answers = [update["poll_answer"] for update in await api.updates() if "poll_answer" in update]
    assert [answer["option_ids"] for answer in answers] == [[1], [0], []]
    assert answers[-1]["option_persistent_ids"] == []
    with pytest.raises(PersonError, match="no vote to take back"):
        await seat.vote()


@pytest.mark.parametrize(
    ("first", "second", "complaint"),
    [
        ((0,), (1,), "cannot be changed"),
        ((0,), (), "cannot be changed"),
        ((0, 1), None, "takes one answer"),
        ((3,), None, "no such option"),
        ((0, 0), None, "chosen once"),
    ],
)
async def test_the_app_does_not_let_people_break_the_rules(
    api: Api,
    ann: Person,
    group: Group,
    first: tuple[int, ...],
    second: tuple[int, ...] | None,
    complaint: str,
) -> None:
    await api("sendPoll", chat_id=group.id, **QUIZ)
    seat = ann.at(group)
    votes = [first] if second is None else [first, second]
    for earlier in votes[:-1]:
        await seat.vote(*earlier)
    with pytest.raises(PersonError, match=complaint):
        await seat.vote(*votes[-1])


async def test_a_poll_closes_by_itself(
    sim: Simulator, api: Api, ann: Person, group: Group
) -> None:
    sent = await api("sendPoll", chat_id=group.id, **QUIZ, open_period=30)
    assert sent["poll"]["open_period"] == 30
    assert sent["poll"]["close_date"] == sent["date"] + 30
    sim.clock.advance(29)
    assert await api("getUpdates") == []
    sim.clock.advance(1)
    update = (await api("getUpdates"))[0]
    assert update["poll"]["is_closed"] is True
    with pytest.raises(PersonError, match="closed"):
        await ann.at(group).vote(0)


async def test_a_long_poll_learns_of_the_closing_when_it_happens(
    sim: Simulator, api: Api, ann: Person, group: Group
) -> None:
    now = int(sim.clock.now())
    await api("sendPoll", chat_id=group.id, **QUIZ, close_date=now + 30)
    sim.clock.advance(30)
    await sim.updates.changed.until(
        lambda: sim.updates.pending(sim.clock.now()) or None, 5, lambda: "not closed"
    )


async def test_a_stopped_poll_does_not_close_again(
    sim: Simulator, api: Api, ann: Person, group: Group
) -> None:
    sent = await api("sendPoll", chat_id=group.id, **QUIZ, open_period=30)
    stopped = await api("stopPoll", chat_id=group.id, message_id=sent["message_id"])
    assert stopped["is_closed"] is True
    assert len(await api.updates()) == 1
    sim.clock.advance(60)
    assert await api("getUpdates") == []


async def test_descriptions_pictures_and_explanations_are_kept(
    api: Api, ann: Person, group: Group
) -> None:
    sent = await api(
        "sendPoll",
        chat_id=group.id,
        **QUIZ,
        explanation="<b>Because</b>",
        explanation_parse_mode="HTML",
        description='<pre><code class="language-python">print(1)</code></pre>',
        description_parse_mode="HTML",
        media={"type": "photo", "media": "attach://formula"},
        formula=picture(200, 100),
        shuffle_options=True,
    )
    poll = sent["poll"]
    assert (poll["explanation"], poll["explanation_entities"][0]["type"]) == ("Because", "bold")
    assert poll["description"] == "print(1)"
    assert poll["description_entities"][0]["language"] == "python"
    assert poll["media"]["photo"][-1]["width"] == 200


async def test_results_are_hidden_until_they_may_be_seen(
    sim: Simulator, api: Api, ann: Person, group: Group
) -> None:
    sent = await api("sendPoll", chat_id=group.id, **QUIZ, explanation="because")
    poll = group.chat.messages[sent["message_id"]].poll
    assert poll is not None
    await ann.at(group).vote(0)
    bob = next(user for user in sim.world.users.values() if user.first_name == "Bob")
    hidden, shown = poll.render_for(bob.id), poll.render_for(ann.id)
    assert (hidden["total_voter_count"], shown["total_voter_count"]) == (0, 1)
    assert not {"correct_option_ids", "explanation"} & hidden.keys()
    assert {"correct_option_ids", "explanation"} <= shown.keys()
    assert poll.results_visible_to(ann.id)
    assert not poll.results_visible_to(bob.id)
    poll.closed = True
    assert poll.render_for(bob.id)["correct_option_ids"] == [0, 2]


async def test_results_hidden_until_the_end_stay_hidden_after_the_vote(
    api: Api, ann: Person, group: Group
) -> None:
    await api("sendPoll", chat_id=group.id, **QUIZ, hide_results_until_closes=True)
    await ann.at(group).vote(0)
    poll = group.messages[-1].message.poll
    assert poll
    assert not poll.results_visible_to(ann.id)


async def test_an_anonymous_administrator_votes_as_the_group(
    api: Api, ann: Person, group: Group
) -> None:
    group.promote(ann, anonymous=True)
    await api("sendPoll", chat_id=group.id, **QUIZ)
    await api.updates()
    await ann.at(group).vote(0)
    answer = (await api.updates())[0]["poll_answer"]
    assert answer["voter_chat"]["id"] == group.id
    assert answer["user"]["id"] != ann.id
