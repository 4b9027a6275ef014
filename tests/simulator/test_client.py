"""Face 2: what the chat page and drivers in other processes get and do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.simulator import Flood, ManualClock, Simulator
from tests.simulator.calling import Api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

BUTTON = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


class Client:
    """The page's side of the interface."""

    def __init__(self, api: Api) -> None:
        self.root = f"{api.simulator.base_url}/client"
        self.session = api.session

    async def get(self, path: str, **query: Any) -> Any:
        async with self.session.get(f"{self.root}/{path}", params=query) as response:
            body = await response.json()
            assert response.status == 200, body
            return body

    async def post(self, path: str, **body: Any) -> Any:
        async with self.session.post(f"{self.root}/{path}", json=body) as response:
            answer = await response.json()
            assert response.status == 200, answer
            return answer

    async def refusal(self, path: str, **body: Any) -> str:
        async with self.session.post(f"{self.root}/{path}", json=body) as response:
            assert response.status == 400
            error: str = (await response.json())["error"]
            return error


class Events:
    """A stream of Server-Sent Events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self) -> tuple[int, dict[str, Any]]:
        """The id (0 if there is none) and the data of the next event."""
        number = 0
        while line := (await self.response.content.readline()).decode().strip("\n"):
            name, _, value = line.partition(": ")
            if name == "id":
                number = int(value)
            elif name == "data":
                await self.response.content.readline()
                return number, json.loads(value)
            elif name == "":
                await self.response.content.readline()
        raise AssertionError("the stream ended")


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator(clock=ManualClock(), page=True, flood=Flood(enabled=False)) as running:
        yield running


@pytest.fixture
async def client(api: Api) -> Client:
    return Client(api)


async def test_the_world_holds_one_user_and_their_chat(client: Client) -> None:
    world = await client.get("world")
    assert [user["first_name"] for user in world["users"]] == ["You"]
    assert world["bot"]["first_name"] == "Interview Bot"
    assert world["limits"] == {"message": 4096}
    assert world["chats"] == [
        {
            "id": 1,
            "type": "private",
            "title": "Interview Bot",
            "is_forum": False,
            "topics": [],
            "members": [1],
            "admins": [],
            "blocked": False,
        }
    ]


async def test_the_page_is_served_with_a_strict_policy(client: Client, sim: Simulator) -> None:
    async with client.session.get(f"{sim.base_url}/") as response:
        assert response.content_type == "text/html"
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    async with client.session.get(f"{sim.base_url}/page/main.js") as response:
        assert response.content_type == "text/javascript"
    async with client.session.get(f"{sim.base_url}/page/..%2fserver.py") as response:
        assert response.status in (400, 404)


async def test_another_site_is_kept_out(client: Client) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
        async with client.session.post(
            f"{client.root}/send", json={}, headers=headers
        ) as response:
            assert "this machine alone" in await response.text()


async def test_a_dialogue(client: Client, api: Api) -> None:
    sent = await client.post("send", **{"as": 1}, chat=1, text="/start")
    assert (await api.updates())[0]["message"]["message_id"] == sent["message_id"]
    await api("sendMessage", chat_id=1, text="?", reply_markup=BUTTON)
    messages = (await client.get("history", **{"as": 1}, chat=1))["messages"]
    assert [(m["text"], m["mine"]) for m in messages] == [("/start", True), ("?", False)]
    press = await client.post(
        "press", **{"as": 1}, chat=1, message_id=messages[1]["message_id"], row=0, column=0
    )
    query = (await api.updates())[0]["callback_query"]
    assert (query["id"], query["data"]) == (press["query_id"], "a")
    forged = {"chat": 1, "message_id": messages[1]["message_id"], "data": "forged"}
    await client.post("press", **{"as": 1}, **forged)
    assert (await api.updates())[0]["callback_query"]["data"] == "forged"
    await client.post("edit", **{"as": 1}, chat=1, message_id=sent["message_id"], text="x")
    await client.post("delete", **{"as": 1}, chat=1, message_id=sent["message_id"])
    assert len((await client.get("history", **{"as": 1}, chat=1))["messages"]) == 1


@pytest.mark.parametrize(
    ("kind", "extra"),
    [
        ("sticker", {}),
        ("photo", {}),
        ("voice", {}),
        ("location", {"latitude": 1.5, "longitude": 2}),
    ],
)
async def test_messages_without_text(
    client: Client, api: Api, kind: str, extra: dict[str, Any]
) -> None:
    await client.post(kind, **{"as": 1}, chat=1, **extra)
    message = (await api.updates())[0]["message"]
    assert kind in message
    assert "text" not in message
    shown = (await client.get("history", **{"as": 1}, chat=1))["messages"][0]
    if kind == "location":
        assert shown["location"] == {"latitude": 1.5, "longitude": 2.0}
    else:
        async with client.session.get(client.root[:-7] + shown["file_url"]) as response:
            assert response.status == 200
            assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_poll_shows_results_after_the_vote(client: Client, api: Api) -> None:
    await client.post("send", **{"as": 1}, chat=1, text="/start")
    sent = await api(
        "sendPoll",
        chat_id=1,
        question="?",
        options=[{"text": "a"}, {"text": "b"}],
        type="quiz",
        correct_option_ids=[1],
    )
    poll = {"chat": 1, "message_id": sent["message_id"]}
    shown = (await client.get("history", **{"as": 1}, chat=1))["messages"][-1]
    assert (shown["my_vote"], shown["results_visible"]) == (None, False)
    assert "correct_option_ids" not in shown["poll"]
    await client.post("vote", **{"as": 1}, **poll, options=[1])
    shown = (await client.get("history", **{"as": 1}, chat=1))["messages"][-1]
    assert (shown["my_vote"], shown["results_visible"]) == ([1], True)
    assert shown["poll"]["correct_option_ids"] == [1]


async def test_groups_people_and_commands(client: Client, api: Api) -> None:
    bob = (await client.post("users", first_name="Bob", language_code="de", id=77))["id"]
    assert bob == 77
    assert "already" in await client.refusal("users", first_name="Bob", id=77)
    group = (
        await client.post(
            "groups", title="Team", type="supergroup", is_forum=True, members=[1], admins=[bob]
        )
    )["id"]
    chat = next(c for c in (await client.get("world"))["chats"] if c["id"] == group)
    assert (chat["admins"], chat["topics"]) == (
        [bob],
        [{"id": 1, "name": "General", "closed": False}],
    )
    assert api.simulator.bot.id in chat["members"]
    command = {"command": "quiz", "description": "Play"}
    await api("setMyCommands", commands=[command], scope={"type": "all_group_chats"})
    assert (await client.get("commands", **{"as": 1}, chat=group))["commands"] == [command]
    assert (await client.get("commands", **{"as": 1}, chat=1))["commands"] == []
    await client.post("leave", **{"as": 1}, chat=group, user=1)
    assert "not in this chat" in await client.refusal("send", **{"as": 1}, chat=group, text="x")
    await client.post("join", **{"as": 1}, chat=group, user=1)
    refusal = await client.refusal("leave", **{"as": 1}, chat=group, user=bob)
    assert refusal == "Only administrators throw people out."
    await client.post("leave", **{"as": bob}, chat=group, user=api.simulator.bot.id)
    assert await api.refusal("sendMessage", chat_id=group, text="x") == (
        "Forbidden: bot was kicked from the supergroup chat"
    )


async def test_blocking(client: Client, api: Api) -> None:
    await client.post("send", **{"as": 1}, chat=1, text="/start")
    await client.post("block", **{"as": 1}, blocked=True)
    assert "blocked" in await api.refusal("sendMessage", chat_id=1, text="x")
    assert (await client.get("world"))["chats"][0]["blocked"] is True
    await client.post("block", **{"as": 1}, blocked=False)
    await api("sendMessage", chat_id=1, text="x")


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("send", {"as": 1, "chat": 1}, "The field text must be a text."),
        ("send", {"as": "x", "chat": 1, "text": "x"}, "The field as must be a whole number."),
        ("send", {"as": 9, "chat": 1, "text": "x"}, "There is no user 9."),
        ("send", {"as": 1, "chat": 9, "text": "x"}, "There is no chat 9."),
        ("send", {"as": 1, "chat": 1, "text": " "}, "A message needs some text."),
        (
            "send",
            {"as": 1, "chat": 1, "text": "x", "reply_to": 5},
            "There is no message 5 in this chat.",
        ),
        (
            "groups",
            {"title": "x", "type": "party"},
            "The field type must be one of private, group, supergroup, channel.",
        ),
        (
            "groups",
            {"title": "x", "members": ["y"]},
            "The field members must be a list of whole numbers.",
        ),
        ("groups", {"title": "x", "members": [9]}, "There is no user 9."),
        ("block", {"as": 1, "blocked": "yes"}, "The field blocked must be true or false."),
    ],
)
async def test_errors_are_sentences(
    client: Client, path: str, body: dict[str, Any], error: str
) -> None:
    assert await client.refusal(path, **body) == error


async def test_faces_show_who_has_voted_and_names_what_once_it_may_be_seen(
    client: Client, api: Api
) -> None:
    bob = (await client.post("users", first_name="Bob"))["id"]
    group = (await client.post("groups", title="Team", members=[1, bob]))["id"]
    options = [{"text": "a"}, {"text": "b"}]
    quiz = {"question": "?", "options": options, "type": "quiz", "correct_option_ids": [1]}
    for is_anonymous in (False, True):
        await api("sendPoll", chat_id=group, is_anonymous=is_anonymous, **quiz)
    public, secret = (await client.get("history", chat=group, **{"as": 1}))["messages"][-2:]
    for poll in (public, secret):
        place = {"chat": group, "message_id": poll["message_id"]}
        await client.post("vote", **{"as": bob}, **place, options=[0])
    public, secret = (await client.get("history", chat=group, **{"as": 1}))["messages"][-2:]
    assert public["voters"] == [{"id": bob, "options": []}]
    assert "voters" not in secret
    await client.post(
        "vote", **{"as": 1}, chat=group, message_id=public["message_id"], options=[1]
    )
    public, secret = (await client.get("history", chat=group, **{"as": 1}))["messages"][-2:]
    assert public["voters"] == [{"id": bob, "options": [0]}, {"id": 1, "options": [1]}]
    assert "voters" not in secret


async def test_the_page_learns_what_time_it_is(client: Client, sim: Simulator) -> None:
    before = (await client.get("world"))["now"]
    async with client.session.get(f"{client.root}/events", params={"as": 1}) as response:
        await client.post("clock", advance=90)
        assert (await Events(response).next())[1] == {"type": "world"}
    assert (await client.get("world"))["now"] == before + 90 == sim.clock.now()


async def test_presses_and_votes_need_a_button_and_a_poll(client: Client, api: Api) -> None:
    await client.post("send", **{"as": 1}, chat=1, text="/start")
    rows = {"inline_keyboard": [[{"text": "Site", "url": "https://a.org/"}]]}
    sent = await api("sendMessage", chat_id=1, text="?", reply_markup=rows)
    message = {"as": 1, "chat": 1, "message_id": sent["message_id"]}
    assert await client.refusal("press", **message, row=0, column=1) == (
        "There is no such button on this message."
    )
    assert await client.refusal("press", **message, row=0, column=0) == (
        "The app itself deals with this button."
    )
    assert await client.refusal("vote", **message, options=[0]) == "This message is no poll."
    assert await client.refusal("join", **{"as": 1}, chat=1, user=1) == (
        "A private chat has no members."
    )
    bob = (await client.post("users", first_name="Bob"))["id"]
    intruder = message | {"as": bob}
    assert await client.refusal("press", **intruder, data="x") == "Bob is not in this chat."
    assert await client.refusal("send", **intruder, text="x") == (
        "This is somebody else's private chat."
    )
    async with client.session.get(f"{client.root}/file/nothing") as response:
        assert "wrong file_id" in (await response.json())["error"]


async def test_reactions_and_new_groups_are_events(client: Client, api: Api) -> None:
    sent = await client.post("send", **{"as": 1}, chat=1, text="/start")
    fire = [{"type": "emoji", "emoji": "🔥"}]
    async with client.session.get(f"{client.root}/events", params={"as": 1}) as response:
        events = Events(response)
        await api("setMessageReaction", chat_id=1, message_id=sent["message_id"], reaction=fire)
        _, event = await events.next()
        assert (event["type"], event["message"]["reactions"]) == ("reaction", fire)
        await client.post("groups", title="Team", members=[1])
        _, event = await events.next()
        assert (event["type"], event["chat"]["title"]) == ("chat", "Team")


async def test_a_body_that_is_no_json_is_an_error(client: Client) -> None:
    for body in ("{", "[]"):
        async with client.session.post(f"{client.root}/send", data=body) as response:
            assert response.status == 400
            assert "JSON" in (await response.json())["error"]


async def test_events_arrive_live(client: Client, api: Api) -> None:
    await client.post("send", **{"as": 1}, chat=1, text="/start")
    async with client.session.get(f"{client.root}/events", params={"as": 1}) as response:
        events = Events(response)
        assert response.content_type == "text/event-stream"
        await api("sendChatAction", chat_id=1, action="typing")
        sent = await api("sendMessage", chat_id=1, text="?", reply_markup=BUTTON)
        address = {"chat_id": 1, "message_id": sent["message_id"]}
        await api("editMessageText", **address, text="!", reply_markup=BUTTON)
        query = (
            await client.post(
                "press", **{"as": 1}, chat=1, message_id=sent["message_id"], row=0, column=0
            )
        )["query_id"]
        await api("answerCallbackQuery", callback_query_id=query, text="Hi", show_alert=True)
        await api("deleteMessage", **address)
        seen = [await events.next() for _ in range(5)]
    assert [number for number, _ in seen] == sorted(number for number, _ in seen)
    typing, message, edited, answer, deleted = [event for _, event in seen]
    assert typing == {"type": "typing", "chat": 1, "action": "typing"}
    assert (message["type"], message["chat"]) == ("message", 1)
    assert edited["type"] in ("edited", "deleted")
    assert answer == {
        "type": "callback_answer",
        "chat": 1,
        "query_id": query,
        "text": "Hi",
        "show_alert": True,
        "url": None,
    }
    assert deleted == {"type": "deleted", "chat": 1, "message_id": sent["message_id"]}


async def test_a_reconnected_client_gets_what_it_missed(client: Client, api: Api) -> None:
    url = f"{client.root}/events"
    async with client.session.get(url, params={"as": 1}) as response:
        await client.post("send", **{"as": 1}, chat=1, text="first")
        last, event = await Events(response).next()
        assert event["message"]["text"] == "first"
    await client.post("send", **{"as": 1}, chat=1, text="second")
    async with client.session.get(
        url, params={"as": 1}, headers={"Last-Event-ID": str(last)}
    ) as response:
        _, event = await Events(response).next()
        assert event["message"]["text"] == "second"
    for forgotten in ("999999", "rubbish"):
        async with client.session.get(
            url, params={"as": 1}, headers={"Last-Event-ID": forgotten}
        ) as response:
            assert (await Events(response).next())[1] == {"type": "world"}


async def test_a_quiet_stream_is_kept_alive(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.simulator.event_stream.PING_SECONDS", 0.01)
    async with client.session.get(f"{client.root}/events", params={"as": 1}) as response:
        lines = [await response.content.readline() for _ in range(3)]
    assert lines == [b": hello\n", b"\n", b": ping\n"]


async def test_people_see_only_their_own_chats(client: Client, api: Api) -> None:
    bob = (await client.post("users", first_name="Bob"))["id"]
    async with client.session.get(f"{client.root}/events", params={"as": bob}) as response:
        await client.post("send", **{"as": 1}, chat=1, text="secret")
        await client.post("send", **{"as": bob}, chat=bob, text="mine")
        _, event = await Events(response).next()
        assert event["message"]["text"] == "mine"
    async with client.session.get(
        f"{client.root}/history", params={"as": bob, "chat": 1}
    ) as response:
        assert response.status == 400
