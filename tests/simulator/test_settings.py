"""What the bot says about itself: commands by scope and language, names, texts, menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name.title()} for name in names]


async def test_the_bot_knows_itself(api: Api) -> None:
    me = await api("getMe")
    assert (me["is_bot"], me["id"], me["username"]) == (
        True,
        1_234_567_890,
        "interview_simulator_bot",
    )
    assert me["can_read_all_group_messages"] is False


async def test_commands_are_kept_by_scope_and_language(api: Api) -> None:
    await api("setMyCommands", commands=commands("help"))
    await api("setMyCommands", commands=commands("hilfe"), language_code="de")
    assert await api("getMyCommands") == commands("help")
    assert await api("getMyCommands", language_code="de") == commands("hilfe")
    assert await api("getMyCommands", scope={"type": "all_group_chats"}) == []
    await api("deleteMyCommands", language_code="de")
    assert await api("getMyCommands", language_code="de") == []


async def test_apps_offer_the_most_specific_commands(
    sim: Simulator, api: Api, ann: Person
) -> None:
    bob = sim.person("Bob", language_code="de")
    group = sim.group("Team", members=[bob], admins=[ann])
    scopes: list[tuple[str, dict[str, Any]]] = [
        ("everyone", {"type": "default"}),
        ("private", {"type": "all_private_chats"}),
        ("groups", {"type": "all_group_chats"}),
        ("admins", {"type": "all_chat_administrators"}),
    ]
    for name, scope in scopes:
        await api("setMyCommands", commands=commands(name), scope=scope)
    await api(
        "setMyCommands",
        commands=commands("gruppen"),
        scope={"type": "all_group_chats"},
        language_code="de",
    )

    def offered(person: Person, chat_id: int) -> str:
        found = sim.world.profile.commands_for(person.user, sim.world.chats[chat_id])
        return found[0]["command"]

    assert offered(ann, ann.id) == "private"
    assert offered(ann, group.id) == "admins"
    assert offered(bob, group.id) == "gruppen"
    await api(
        "setMyCommands", commands=commands("here"), scope={"type": "chat", "chat_id": group.id}
    )
    assert offered(bob, group.id) == "here"
    await api(
        "setMyCommands",
        commands=commands("only_bob"),
        scope={"type": "chat_member", "chat_id": group.id, "user_id": bob.id},
    )
    assert offered(bob, group.id) == "only_bob"
    assert offered(ann, group.id) == "here"


@pytest.mark.parametrize(
    ("what", "field", "default"),
    [
        ("Name", "name", "Interview Bot"),
        ("Description", "description", ""),
        ("ShortDescription", "short_description", ""),
    ],
)
async def test_texts_are_kept_by_language(api: Api, what: str, field: str, default: str) -> None:
    assert await api(f"getMy{what}") == {field: default}
    await api(f"setMy{what}", **{field: "For all"})
    await api(f"setMy{what}", **{field: "Für alle"}, language_code="de")
    assert await api(f"getMy{what}", language_code="de") == {field: "Für alle"}
    assert await api(f"getMy{what}", language_code="fr") == {field: "For all"}
    refusal = await api.refusal(f"setMy{what}", **{field: "x"}, language_code="german")
    assert refusal == "Bad Request: LANG_CODE_INVALID"


async def test_a_text_that_is_too_long_is_refused(api: Api) -> None:
    assert "more than 64" in await api.refusal("setMyName", name="x" * 65)


async def test_the_menu_button_has_a_default(api: Api, ann: Person) -> None:
    assert await api("getChatMenuButton", chat_id=ann.id) == {"type": "default"}
    await api("setChatMenuButton", menu_button={"type": "commands"})
    assert await api("getChatMenuButton", chat_id=ann.id) == {"type": "commands"}
    await api("setChatMenuButton", chat_id=ann.id)
    assert await api("getChatMenuButton", chat_id=ann.id) == {"type": "default"}


async def test_a_scope_may_name_its_chat_as_text(api: Api, ann: Person) -> None:
    scope = {"type": "chat", "chat_id": str(ann.id)}
    await api("setMyCommands", commands=commands("here"), scope=scope)
    assert await api("getMyCommands", scope=scope | {"chat_id": ann.id}) == commands("here")


async def test_menu_buttons_are_for_private_chats(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann])
    assert await api.refusal("setChatMenuButton", chat_id=group.id) == (
        "Bad Request: chat not found"
    )


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        ({"command": "Help", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "help", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "help"}, "can't parse BotCommand: Can't find field \"description\""),
    ],
)
async def test_bad_commands_are_refused(api: Api, command: dict[str, str], refusal: str) -> None:
    assert await api.refusal("setMyCommands", commands=[command]) == f"Bad Request: {refusal}"
