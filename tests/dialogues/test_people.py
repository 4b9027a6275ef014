"""The person's own affairs: streak, zone, data, being forgotten, help."""

from __future__ import annotations

import json

from bot.domain.streaks import Streak, StreakRules, answer_given
from bot.simulator import Person
from bot.storage.database import open_database
from bot.storage.store import Store
from bot.wording import COMMANDS
from tests.dialogues.conftest import Stage, letter_of, pressed

NOON = 43_200


async def answer_numerics(person: Person, said: str = "2") -> str:
    await person.ask("/practice numerics")
    return (await person.ask(said)).text


async def test_a_streak_begins_with_zeros(ann: Person) -> None:
    text = (await ann.ask("/streak")).text
    for line in ("🔥 0 ", "🏆 0 ", "🧊 0 ", "⬜ "):
        assert f"\n{line}" in f"\n{text}"


async def test_the_streak_line_comes_once_a_day(stage: Stage, ann: Person) -> None:
    assert "\n🔥 Day 1 of your streak" in await answer_numerics(ann)
    assert "🔥" not in await answer_numerics(ann, "1")
    await stage.next_day()
    assert "\n🔥 2 days in a row" in await answer_numerics(ann, "1")
    text = (await ann.ask("/streak")).text
    assert "🔥 2 days" in text
    assert "🏆 2 days" in text
    assert "✅" in text


async def test_a_missed_day_ends_the_streak(stage: Stage, ann: Person) -> None:
    await answer_numerics(ann)
    await stage.next_day(3)
    text = (await ann.ask("/streak")).text
    assert "🔥 0 days" in text
    assert "🏆 1 day" in text


async def test_a_freeze_is_earned_and_spent(stage: Stage, ann: Person) -> None:
    for _ in range(7):
        await answer_numerics(ann)
        await stage.next_day()
    assert "🧊 1 freeze" in (await ann.ask("/streak")).text
    await stage.next_day()
    assert "\n🔥 8 days in a row" in await answer_numerics(ann)
    assert "🧊 0 freezes" in (await ann.ask("/streak")).text


async def test_recomputing_from_the_log_gives_the_stored_streak(stage: Stage, ann: Person) -> None:
    zones = ["Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "UTC", "Asia/Kolkata"]
    for day in range(10):
        if day % 2:
            await ann.ask(f"/timezone {zones[day // 2]}")
        await answer_numerics(ann, str(day % 3))
        stage.simulator.clock.advance(20 * 3600 + day * 3600)
    await stage.stop()
    async with await open_database(f"sqlite:///{stage.database}") as database:
        store = Store(database)
        person = await store.transact(lambda unit: unit.people.find(ann.id))
        log = await store.transact(lambda unit: unit.practice.graded(ann.id))
    assert person
    assert len(log) == person.graded == 10
    streak = Streak()
    for attempt in log:
        assert attempt.answered_at
        assert attempt.zone
        streak = answer_given(streak, attempt.answered_at, attempt.zone, StreakRules())
    assert streak == person.streak
    assert streak.longest > 1
    await stage.start()


async def test_three_zone_changes_a_day(stage: Stage, ann: Person) -> None:
    for city in ("Berlin", "Tokyo", "Lagos"):
        assert "now" in (await ann.ask(f"/timezone {city}")).text
    assert "Lagos" in (await ann.ask("/timezone Lagos")).text
    refused = await ann.ask("/timezone Berlin")
    assert "three times" in refused.text
    assert "Africa/Lagos" in refused.text
    await stage.next_day()
    assert "now Europe/Berlin" in (await ann.ask("/timezone Berlin")).text


async def document_of(stage: Stage, person: Person) -> dict[str, object]:
    sent = await person.ask("/export")
    assert sent.raw["document"]["mime_type"] == "application/json"
    content = stage.simulator.world.files.get(sent.raw["document"]["file_id"]).data
    document: dict[str, object] = json.loads(content.decode("utf-8"))
    return document


async def test_the_export_holds_every_graded_answer_once(stage: Stage, ann: Person) -> None:
    await ann.ask("/timezone Berlin")
    await answer_numerics(ann, "2048 MiB")
    await answer_numerics(ann, "1")
    await ann.ask("/practice python")
    await pressed(ann, "A")
    await ann.ask("/practice python")
    await pressed(ann, "⏭ Skip")
    document = await document_of(stage, ann)
    assert document["format"] == "ml-interview-bot/export/1"
    person = document["person"]
    assert person == {
        "id": ann.id,
        "language": "en",
        "timezone": "Europe/Berlin",
        "settings": {},
    }
    attempts = document["attempts"]
    assert isinstance(attempts, list)
    assert [(a["item"], a["answer"], a["where"]) for a in attempts] == [
        ("math.numerics.0001", "2048 MiB", "practice"),
        ("math.numerics.0001", "1", "practice"),
        ("prog.python.0001", "A", "practice"),
    ]
    assert [a["score"] for a in attempts[:2]] == [1.0, 0.0]
    assert all(a["asked_at"] <= a["answered_at"] and a["asked_at"][-1] == "Z" for a in attempts)
    streak = document["streak"]
    assert isinstance(streak, dict)
    assert streak["current"] == streak["longest"] == 1
    cards = document["cards"]
    assert isinstance(cards, list)
    assert {card["item"] for card in cards} == {a["item"] for a in attempts}
    assert (document["mocks"], document["reminder"]) == ([], {})


async def test_an_export_without_anything_to_export(stage: Stage, ann: Person) -> None:
    document = await document_of(stage, ann)
    assert document["attempts"] == []


async def test_forgetting_takes_a_confirmation(stage: Stage, ann: Person) -> None:
    await answer_numerics(ann)
    asked = await ann.ask("/forget")
    assert asked.keyboard[0][0]["style"] == "danger"
    kept = await pressed(ann, asked.labels[1])
    assert kept.text == "Nothing was erased."
    assert "🔥 1 day" in (await ann.ask("/streak")).text


async def test_what_is_forgotten_is_gone_from_the_files(stage: Stage, ann: Person) -> None:
    bob = stage.simulator.person("Bob")
    secret = "about 2 GiB, roughly, I think"  # graded, and unmistakable in a file
    assert (await answer_numerics(ann, secret)).startswith("✅")
    assert (await answer_numerics(bob, "2.000001")).startswith("✅")
    ask = await ann.ask("/forget")
    gone = await pressed(ann, ask.labels[0])
    assert "erased" in gone.text
    assert not gone.labels
    content = b"".join(path.read_bytes() for path in stage.folder.glob("bot.db*"))
    assert secret.encode() not in content
    assert b"2.000001" in content
    assert "🔥 0 days" in (await ann.ask("/streak")).text
    assert "🔥 1 day" in (await bob.ask("/streak")).text


async def test_help_lists_every_command(ann: Person) -> None:
    text = (await ann.ask("/help")).text
    for name in COMMANDS["private"]:
        assert f"/{name} " in text


async def test_about_says_what_it_is(ann: Person) -> None:
    assert (
        "Skills Required To Become A Machine Learning Engineer" in (await ann.ask("/about")).text
    )


async def test_commands_are_registered_for_their_chats(stage: Stage) -> None:
    await stage.simulator.calls.wait(
        lambda call: (
            call.method == "setMyCommands" and call.params["scope"]["type"] == "all_group_chats"
        )
    )
    registered = {
        call.params["scope"]["type"]: [entry["command"] for entry in call.params["commands"]]
        for call in stage.simulator.calls.of("setMyCommands")
    }
    assert registered["all_private_chats"] == list(COMMANDS["private"])
    assert registered["all_group_chats"] == list(COMMANDS["group"])


async def test_who_kept_their_data_cannot_erase_it_with_the_same_message(ann: Person) -> None:
    question = await ann.ask("/practice python")
    await pressed(ann, letter_of(question, "wrong one"), question)
    asked = await ann.ask("/forget")
    await pressed(ann, "Keep my data", asked)
    late = await (await ann.press("Erase everything", asked)).answer()
    assert "no longer active" in (late.text or "")
    assert "1 day" in (await ann.ask("/streak")).text


async def test_what_is_erased_is_not_said_to_be_kept(ann: Person) -> None:
    asked = await ann.ask("/forget")
    await pressed(ann, "Erase everything", asked)
    late = await (await ann.press("Keep my data", asked)).answer()
    assert "no longer active" in (late.text or "")
    assert "erased" in next(seen for seen in ann.inbox if seen.id == asked.id).text
