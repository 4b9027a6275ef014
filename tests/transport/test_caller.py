"""How a call is seen through floods, failures, migrations and queues."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

import pytest
from telegram.error import BadRequest, ChatMigrated, InvalidToken

from bot.transport import failures
from bot.transport.caller import FLOOD_PATIENCE, Caller
from bot.transport.pacing import Lane, Pace, Pacer
from bot.transport.request import AiohttpRequest
from bot.transport.sending import Upload
from tests.transport.fakes import (
    TOKEN,
    Answer,
    BotApiServer,
    FakeClock,
    error,
    half,
    held,
    ok,
    raw,
    reset,
)

if TYPE_CHECKING:
    from collections.abc import Coroutine

FLOOD = error(429, "Too Many Requests: retry after 3", retry_after=3)
MIGRATED = error(
    400,
    "Bad Request: group chat was upgraded to a supergroup chat",
    migrate_to_chat_id=-1001,
)
TROUBLE = [
    pytest.param(error(500, "Internal Server Error"), id="500"),
    pytest.param(raw(502, "<html>", "text/html"), id="502"),
]
LOST = [
    pytest.param(reset, id="reset"),
    pytest.param(half, id="half a body"),
    pytest.param(raw(200, "<html>", "text/html"), id="200 with HTML"),
    pytest.param(raw(504, "", "text/html"), id="504"),
]


class Setting:
    """A caller on a loopback server, with a clock of its own and no luck in its dice."""

    def __init__(self, request: AiohttpRequest, server: BotApiServer, clock: FakeClock) -> None:
        self.clock = clock
        self.moves: list[tuple[int, int]] = []
        self.caller = Caller(
            request,
            TOKEN,
            base_url=server.base_url,
            pacer=Pacer(Pace(chat_interval=1.0), clock),
            clock=clock,
            dice=lambda: 0.5,
            on_migrated=self._note,
        )

    async def _note(self, old: int, new: int) -> None:
        self.moves.append((old, new))

    def send(
        self, text: str, chat: int = 7, lane: Lane = Lane.PEOPLE
    ) -> Coroutine[Any, Any, dict[str, Any]]:
        return self.caller.call("sendMessage", {"chat_id": chat, "text": text}, lane=lane)


@pytest.fixture
def jumping(request_: AiohttpRequest, server: BotApiServer) -> Setting:
    """Sleeps end at once and are noted."""
    return Setting(request_, server, FakeClock(jumps=True))


@pytest.fixture
def still(request_: AiohttpRequest, server: BotApiServer) -> Setting:
    """Time moves when a test moves it."""
    return Setting(request_, server, FakeClock())


async def test_parameters_go_out_as_json_without_those_that_are_none(
    jumping: Setting, server: BotApiServer
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ä 🙂", "callback_data": "a"}]]}
    params = {"chat_id": 7, "text": "x", "reply_markup": keyboard, "message_thread_id": None}
    message = await jumping.caller.call("sendMessage", params)
    assert message["chat"]["id"] == 7
    call = server.calls[0]
    assert call.content_type == "application/json"
    assert call.params == {"chat_id": 7, "text": "x", "reply_markup": keyboard}


async def test_files_go_out_as_multipart(jumping: Setting, server: BotApiServer) -> None:
    media = {"type": "photo", "media": "attach://picture"}
    await jumping.caller.call(
        "editMessageMedia",
        {"chat_id": 7, "message_id": 1, "media": media, "caption": None},
        files={"picture": Upload("Öl.png", b"\x89PNG", "image/png")},
    )
    call = server.calls[0]
    assert call.content_type == "multipart/form-data"
    assert call.params == {
        "chat_id": "7",
        "message_id": "1",
        "media": '{"type":"photo","media":"attach://picture"}',
    }
    assert call.files == {"picture": ("Öl.png", b"\x89PNG", "image/png")}


async def test_the_request_goes_to_the_token_of_the_base_address(
    jumping: Setting, server: BotApiServer
) -> None:
    assert await jumping.caller.call("deleteWebhook") is True
    assert server.methods() == ["deleteWebhook"]
    assert TOKEN not in repr(jumping.caller)


@pytest.mark.parametrize("answer", TROUBLE)
@pytest.mark.parametrize("lane", Lane)
async def test_trouble_of_the_server_is_waited_out_in_both_lanes(
    jumping: Setting, server: BotApiServer, answer: Answer, lane: Lane
) -> None:
    server.then("sendMessage", answer, answer)
    await jumping.send("x", lane=lane)
    assert len(server.calls) == 3
    assert jumping.clock.slept == [0.5, 1.5]


@pytest.mark.parametrize("answer", LOST)
async def test_a_lost_answer_is_asked_for_again_if_a_person_waits(
    jumping: Setting, server: BotApiServer, answer: Answer
) -> None:
    server.then("sendMessage", answer)
    await jumping.send("x")
    assert server.texts() == ["x", "x"]


@pytest.mark.parametrize("answer", LOST)
async def test_a_lost_answer_to_a_broadcast_is_not_asked_for_again(
    jumping: Setting, server: BotApiServer, answer: Answer
) -> None:
    server.then("sendMessage", answer)
    with pytest.raises(failures.OutcomeUnknownError):
        await jumping.send("x", lane=Lane.BROADCAST)
    assert server.texts() == ["x"]


async def test_a_lost_answer_to_an_edit_is_asked_for_again_in_any_lane(
    jumping: Setting, server: BotApiServer
) -> None:
    server.then("editMessageText", reset)
    params = {"chat_id": 7, "message_id": 1, "text": "x"}
    await jumping.caller.call("editMessageText", params, lane=Lane.BROADCAST)
    assert len(server.calls) == 2


async def test_uploads_are_repeated_whole(jumping: Setting, server: BotApiServer) -> None:
    server.then("sendDocument", error(500, "x"))
    files = {"document": Upload("a", b"content")}
    await jumping.caller.call("sendDocument", {"chat_id": 7}, files=files)
    assert [call.files["document"][1] for call in server.calls] == [b"content", b"content"]


async def test_trouble_that_does_not_end_is_given_up_within_twenty_seconds(
    jumping: Setting, server: BotApiServer
) -> None:
    server.always_to(7, error(500, "Internal Server Error"))
    with pytest.raises(failures.ServerError):
        await jumping.send("x")
    assert len(server.calls) == 5
    assert jumping.clock.slept == [0.5, 1.5, 4.5, 8.0]


async def test_slow_failures_use_up_the_patience_sooner(
    jumping: Setting, server: BotApiServer
) -> None:
    def slow() -> Answer:
        async def answer(request: Any) -> Any:
            jumping.clock.time += 15
            return await error(500, "x")(request)

        return answer

    server.always_to(7, slow())
    with pytest.raises(failures.ServerError):
        await jumping.send("x")
    assert len(server.calls) == 2


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error(400, "Bad Request: message text is empty"), BadRequest),
        (error(400, "Bad Request: chat not found"), failures.Unreachable),
        (error(401, "Unauthorized"), InvalidToken),
        (error(403, "Forbidden: bot was blocked by the user"), failures.Unreachable),
    ],
)
async def test_a_refusal_is_never_repeated(
    jumping: Setting, server: BotApiServer, answer: Answer, kind: type[Exception]
) -> None:
    server.then("sendMessage", answer)
    with pytest.raises(kind):
        await jumping.send("x")
    assert len(server.calls) == 1
    assert jumping.clock.slept == []


async def test_a_refusal_names_the_chat(jumping: Setting, server: BotApiServer) -> None:
    server.then("sendMessage", error(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(failures.Unreachable) as caught:
        await jumping.send("x", chat=12)
    assert caught.value.chat_id == 12


async def test_post_is_one_exchange(jumping: Setting, server: BotApiServer) -> None:
    server.then("getUpdates", error(500, "x"))
    with pytest.raises(failures.ServerError):
        await jumping.caller.post("getUpdates", {"offset": None})
    server.then("getUpdates", ok([{"update_id": 1}]))
    assert await jumping.caller.post("getUpdates", {"offset": 5}) == [{"update_id": 1}]
    assert [call.params for call in server.calls] == [{}, {"offset": 5}]


async def test_after_a_429_only_that_chat_waits(still: Setting, server: BotApiServer) -> None:
    server.then("sendMessage", FLOOD)
    flooded = asyncio.create_task(still.send("a", chat=1))
    await still.clock.somebody_sleeps()
    behind = asyncio.create_task(still.send("b", chat=1))
    await still.send("c", chat=2)
    assert server.texts() == ["a", "c"]
    await still.clock.advance(3.0)
    assert server.texts() == ["a", "c"], "retry_after alone is too early for all at once"
    await still.clock.advance(1.0)
    await flooded
    await still.clock.advance(1.0)
    await behind
    assert server.texts() == ["a", "c", "a", "b"]


async def test_edits_in_a_flooded_private_chat_wait_too(
    still: Setting, server: BotApiServer
) -> None:
    server.then("editMessageText", FLOOD)
    params = {"chat_id": 1, "message_id": 1, "text": "x"}
    first = asyncio.create_task(still.caller.call("editMessageText", params))
    await still.clock.somebody_sleeps()
    second = asyncio.create_task(still.caller.call("editMessageText", params))
    await still.clock.advance(3.0)
    assert len(server.calls) == 1
    await still.clock.advance(1.0)
    await asyncio.gather(first, second)
    assert len(server.calls) == 3


async def test_a_flooded_call_without_a_chat_waits_alone(
    still: Setting, server: BotApiServer
) -> None:
    server.then("answerCallbackQuery", FLOOD)
    flooded = asyncio.create_task(
        still.caller.call("answerCallbackQuery", {"callback_query_id": "1"})
    )
    await still.clock.somebody_sleeps()
    await still.caller.call("answerCallbackQuery", {"callback_query_id": "2"})
    await still.clock.advance(4.0)
    assert await flooded is True
    assert [call.params["callback_query_id"] for call in server.calls] == ["1", "2", "1"]


async def test_floods_one_after_another_are_sat_out(
    jumping: Setting, server: BotApiServer
) -> None:
    server.then("sendMessage", *[FLOOD] * 20)
    await jumping.send("x")
    assert len(server.calls) == 21


@pytest.mark.parametrize("answer", [FLOOD, error(500, "Internal Server Error")])
async def test_a_call_that_waited_long_for_its_turn_has_all_its_tries(
    jumping: Setting, server: BotApiServer, answer: Answer
) -> None:
    jumping.caller._pacer.pause(7, 10 * FLOOD_PATIENCE)
    server.then("sendMessage", *[answer] * 4)
    await jumping.send("x", lane=Lane.BROADCAST)
    assert len(server.calls) == 5


async def test_floods_without_end_are_given_up(jumping: Setting, server: BotApiServer) -> None:
    server.always_to(7, FLOOD)
    began = jumping.clock.time
    with pytest.raises(failures.FloodWait):
        await jumping.send("x")
    assert FLOOD_PATIENCE - 5 < jumping.clock.time - began <= FLOOD_PATIENCE


async def test_a_flood_longer_than_the_patience_is_told_at_once(
    jumping: Setting, server: BotApiServer
) -> None:
    server.then("sendMessage", error(429, "x", retry_after=int(FLOOD_PATIENCE) + 1))
    with pytest.raises(failures.FloodWait):
        await jumping.send("x")
    assert jumping.clock.slept == []


async def test_messages_to_a_chat_keep_their_order_even_when_one_is_repeated(
    still: Setting, server: BotApiServer
) -> None:
    server.then("sendMessage", error(500, "x"))
    sends = [asyncio.create_task(still.send(text)) for text in "abc"]
    await still.clock.somebody_sleeps()
    await still.clock.advance(1.0)
    await server.has_got(4)
    await still.clock.advance(10.0)
    await asyncio.gather(*sends)
    assert server.texts() == ["a", "a", "b", "c"]


async def test_a_chat_that_hangs_delays_no_other_and_no_broadcast_delays_its_person(
    still: Setting, server: BotApiServer
) -> None:
    release = asyncio.Event()
    server.then("sendMessage", held(release, ok({"message_id": 1})))
    hanging = asyncio.create_task(still.send("hangs", chat=1, lane=Lane.BROADCAST))
    await server.has_got(1)
    await still.send("other", chat=2)
    await still.send("same chat, a person waits", chat=1)
    assert not hanging.done()
    release.set()
    await hanging


async def test_waiting_lines_are_forgotten(still: Setting) -> None:
    for chat in range(1, 20):
        await still.send("x", chat=chat)
    gc.collect()
    assert len(still.caller._lines) == 0


async def test_a_cancelled_call_lets_the_next_one_through(
    still: Setting, server: BotApiServer
) -> None:
    server.then("sendMessage", held(asyncio.Event(), ok(True)))
    hanging = asyncio.create_task(still.send("a"))
    await server.has_got(1)
    hanging.cancel()
    await still.send("b")
    assert server.texts() == ["a", "b"]


async def test_a_migration_is_told_once_and_followed(
    jumping: Setting, server: BotApiServer
) -> None:
    server.always_to(-1, MIGRATED)
    params = {"chat_id": -1, "text": "x"}
    message = await jumping.caller.call("sendMessage", params)
    assert message["chat"]["id"] == -1001
    assert params["chat_id"] == -1, "the caller's parameters are left alone"
    assert jumping.moves == [(-1, -1001)]
    assert [call.params["chat_id"] for call in server.calls] == [-1, -1001]


async def test_migrations_met_by_several_calls_are_told_once(
    jumping: Setting, server: BotApiServer
) -> None:
    server.always_to(-1, MIGRATED)
    edit = {"chat_id": -1, "message_id": 1, "text": "x"}
    await asyncio.gather(
        jumping.send("x", chat=-1),
        jumping.send("y", chat=-1, lane=Lane.BROADCAST),
        jumping.caller.call("deleteMessage", edit),
    )
    await jumping.send("z", chat=-1)
    assert jumping.moves == [(-1, -1001)]
    assert server.calls[-1].params["chat_id"] == -1001


async def test_a_migration_that_cannot_be_saved_is_told_again(
    request_: AiohttpRequest, server: BotApiServer
) -> None:
    tries: list[int] = []

    async def fails_once(old: int, _: int) -> None:
        tries.append(old)
        if len(tries) == 1:
            raise OSError("disk full")

    caller = Caller(request_, TOKEN, base_url=server.base_url, on_migrated=fails_once)
    server.always_to(-1, MIGRATED)
    with pytest.raises(OSError, match="disk full"):
        await caller.call("sendMessage", {"chat_id": -1, "text": "x"})
    await caller.call("sendMessage", {"chat_id": -1, "text": "x"})
    assert tries == [-1, -1]


async def test_migrations_in_a_circle_are_not_followed_for_ever(
    jumping: Setting, server: BotApiServer
) -> None:
    server.always_to(-1, MIGRATED)
    server.always_to(-1001, error(400, "x", migrate_to_chat_id=-1))
    with pytest.raises(ChatMigrated):
        await jumping.send("x", chat=-1)
    assert len(server.calls) == 2


async def test_the_default_policy_needs_no_arguments(
    request_: AiohttpRequest, server: BotApiServer
) -> None:
    server.always_to(-1, MIGRATED)
    caller = Caller(request_, TOKEN, base_url=f"{server.base_url}/")
    await caller.call("sendMessage", {"chat_id": -1, "text": "x"})
    assert server.calls[-1].params["chat_id"] == -1001
