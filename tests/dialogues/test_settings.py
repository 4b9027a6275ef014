"""`/settings`: one message that shows what holds, and changes it by buttons."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content import content_folder
from bot.simulator import Flood, Person, Seen, Simulator
from bot.wording import COMMANDS
from tests.dialogues.conftest import Stage, pressed
from tests.dialogues.test_people import document_of

BACK = "⚙ Settings"
DEFAULTS = (
    "Set: 10 questions",
    "Difficulty: as it fits",
    "Areas: all 4",
    "Reminder: off",
    "Quiet hours: none",
    "Time zone: UTC, until you set yours",
    "Pictures: light",
    "Language: English",
)


async def kept(stage: Stage, person: Person) -> dict[str, object]:
    """The settings as they are exported."""
    exported = (await document_of(stage, person))["person"]
    assert isinstance(exported, dict)
    settings: dict[str, object] = exported["settings"]
    return settings


async def walked(person: Person, *labels: str) -> Seen:
    """Presses one button after the other, all of them below the same message."""
    seen = await pressed(person, labels[0])
    for label in labels[1:]:
        after = await pressed(person, label, seen)
        assert after.id == seen.id
        seen = after
    return seen


async def test_the_settings_are_one_message_that_says_what_holds(ann: Person) -> None:
    page = await ann.ask("/settings")
    for line in DEFAULTS:
        assert line in page.text
    assert page.buttons == [
        ["○ 5 a set", "● 10 a set", "○ 20 a set"],
        ["○ Easier", "● As it fits", "○ Harder"],
        ["🧭 Areas", "🌍 Time zone"],
        ["⏰ Reminder", "🔕 Quiet hours"],
        ["🌙 Dark pictures", "🗣 Language"],
    ]


async def test_every_change_edits_the_message_and_is_kept(stage: Stage, ann: Person) -> None:
    page = await ann.ask("/settings")
    after = await walked(ann, "○ 5 a set", "○ Harder", "🌙 Dark pictures")
    assert after.id == page.id
    assert "Set: 5 questions" in after.text
    assert "Difficulty: harder, about half right" in after.text
    assert "Pictures: dark" in after.text
    assert after.buttons[:2] == [
        ["● 5 a set", "○ 10 a set", "○ 20 a set"],
        ["○ Easier", "○ As it fits", "● Harder"],
    ]
    assert await kept(stage, ann) == {"set_size": 5, "level": "harder", "theme": "dark"}
    await stage.restart()
    again = await ann.ask("/settings")
    assert (again.text, again.buttons) == (after.text, after.buttons)
    eased = await walked(ann, "○ Easier", "☀ Light pictures", "○ As it fits")
    assert "as it fits, about 7 of 10 right" in eased.text


async def test_what_holds_already_may_be_pressed_again(ann: Person) -> None:
    page = await ann.ask("/settings")
    await (await ann.press("● 10 a set")).answer()
    assert "● 10 a set" in page.labels


async def test_dark_pictures_are_those_of_progress_too(ann: Person) -> None:
    await ann.ask("/settings")
    await pressed(ann, "🌙 Dark pictures")
    assert "☀ Light" in (await ann.ask("/progress")).labels


async def test_areas_are_ticked_and_left_out(stage: Stage, ann: Person) -> None:
    await ann.ask("/settings")
    page = await pressed(ann, "🧭 Areas")
    assert "all 4" in page.text
    assert page.buttons == [
        ["☑ Programming languages"],
        ["☑ Statistics"],
        ["☑ Applied mathematics"],
        ["☑ Signal processing"],
        ["☐ Untick all"],
        [BACK],
    ]
    fewer = await walked(ann, "☑ Statistics", "☑ Signal processing")
    assert "2 of 4" in fewer.text
    assert fewer.labels[4:] == ["☑ All of them", "☐ Untick all", BACK]
    assert await kept(stage, ann) == {"areas": ["programming", "applied_math"]}
    main = await pressed(ann, BACK)
    assert "Areas: Programming languages, Applied mathematics" in main.text
    assert "all 4" in (await walked(ann, "🧭 Areas", "☑ All of them")).text
    assert await kept(stage, ann) == {}


async def test_one_area_alone_takes_two_taps(stage: Stage, ann: Person) -> None:
    await ann.ask("/settings")
    unticked = await walked(ann, "🧭 Areas", "☐ Untick all")
    assert [label for label in unticked.labels if label.startswith("☑")] == ["☑ All of them"]
    assert await kept(stage, ann) == {}, "nothing has changed yet"
    only = await pressed(ann, "☐ Applied mathematics")
    assert "1 of 4" in only.text
    question = await ann.ask("/practice")
    assert question.text.startswith("Applied mathematics")
    assert question.text.splitlines()[0].endswith("1/1")


async def test_the_last_area_stays(ann: Person) -> None:
    await ann.ask("/settings")
    await walked(ann, "🧭 Areas", "☐ Untick all", "☐ Statistics")
    answer = await (await ann.press("☑ Statistics")).answer()
    assert answer.text == "One area has to stay. Tick another one first."
    assert (await ann.ask("/practice")).text.startswith("Statistics")


async def test_a_named_topic_works_whatever_the_areas_are(ann: Person) -> None:
    await ann.ask("/settings")
    await walked(ann, "🧭 Areas", "☐ Untick all", "☐ Statistics")
    assert "Python" in (await ann.ask("/practice python")).text


async def test_two_taps_on_an_area_are_one_change(stage: Stage, ann: Person) -> None:
    await ann.ask("/settings")
    page = await pressed(ann, "🧭 Areas")
    for press in [await ann.press("☑ Statistics", page) for _ in range(2)]:
        await press.answer()
    assert await kept(stage, ann) == {"areas": ["programming", "applied_math", "signal"]}


async def test_usual_nights_are_one_tap(ann: Person) -> None:
    await ann.ask("/settings")
    page = await pressed(ann, "🔕 Quiet hours")
    assert page.labels == ["○ 22:00–07:00", "○ 23:00–08:00", "🕐 Other hours", "● None", BACK]
    night = await pressed(ann, "○ 23:00–08:00")
    assert "Quiet hours: 23:00–08:00" in night.text
    assert "● 23:00–08:00" in night.labels
    assert "Quiet hours: 23:00–08:00" in (await pressed(ann, BACK)).text
    assert "Quiet hours: none" in (await walked(ann, "🔕 Quiet hours", "○ None")).text


async def test_other_quiet_hours_are_picked_by_their_ends(ann: Person) -> None:
    await ann.ask("/settings")
    start = await walked(ann, "🔕 Quiet hours", "🕐 Other hours")
    assert len(start.labels) == 25
    end = await pressed(ann, "13:00")
    assert "from 13:00 until" in end.text
    assert end.labels[:2] == ["14:00", "15:00"]
    assert end.labels[-2:] == ["12:00", "◀ Back"]
    quiet = await pressed(ann, "15:00")
    assert quiet.labels[0] == "● 13:00–15:00"
    assert "13:00–15:00" in (await ann.ask("/settings")).text
    assert "Quiet from 13:00 to 15:00" in (await ann.ask("/remind")).text


async def test_the_reminder_is_set_in_the_same_message(ann: Person) -> None:
    page = await ann.ask("/settings")
    reminder = await pressed(ann, "⏰ Reminder")
    assert reminder.id == page.id
    await pressed(ann, next(label for label in reminder.labels if "19:30" in label))
    back = await pressed(ann, BACK)
    assert back.id == page.id
    assert "Reminder: daily at 19:30" in back.text


async def test_the_zone_is_picked_in_the_same_message(ann: Person) -> None:
    page = await ann.ask("/settings")
    picker = await pressed(ann, "🌍 Time zone")
    assert picker.id == page.id
    label = next(label for label in picker.labels if "Tokyo" in label)
    back = await walked(ann, label, BACK)
    assert back.id == page.id
    assert "Time zone: Asia/Tokyo (UTC+9), where it is" in back.text


async def test_the_only_language_is_shown(ann: Person) -> None:
    await ann.ask("/settings")
    page = await pressed(ann, "🗣 Language")
    assert page.labels == ["● English", BACK]
    assert "Language: English" in (await pressed(ann, "● English")).text


async def test_the_greeting_leads_to_the_settings(ann: Person) -> None:
    greeting = await ann.ask("/start")
    assert greeting.labels == ["▶ Practise", "🎙 Mock interview", "⚙ Set up"]
    ann.skip()
    press = await ann.press("⚙ Set up")
    page = await ann.next_message()
    await press.answer()
    assert page.id != greeting.id
    assert "⚙ Settings" in page.text
    assert {"settings", "timezone"} <= set(COMMANDS["private"])


async def test_changes_count_from_the_next_set_on(ann: Person) -> None:
    await ann.ask("/practice")
    await ann.ask("/settings")
    await walked(ann, "🧭 Areas", "☐ Untick all", "☐ Statistics")
    assert (await ann.ask("/practice")).text.splitlines()[0].endswith("1/4")
    await ann.ask("/stop")
    assert (await ann.ask("/practice")).text.splitlines()[0].endswith("1/1")


FORGED = (
    "S:size/1000",
    "S:size/-5",
    "S:size/٥",
    "S:size/",
    "S:level/impossible",
    "S:theme/pink",
    "S:language/xx",
    "S:language/en/../de",
    "S:with/alchemy",
    "S:only/",
    "S:without/communication",
    "S:quiet/24-7",
    "S:quiet/22-99",
    "S:quiet/99",
    "S:quiet/-",
    "S:quiet/a-b",
    "S:nothing",
    "S:/",
    "S:size/10:9999",
    "w:Mars/Olympus",
    "w::9999",
    "w:Berln:1",
    "z:Mars/Olympus",
    "z:",
    "z:21",
)


@pytest.mark.parametrize("data", FORGED)
async def test_forged_presses_are_answered_and_change_nothing(
    stage: Stage, ann: Person, data: str
) -> None:
    page = await ann.ask("/settings")
    await (await ann.press_data(data, page)).answer()
    if data != "S:size/10:9999":  # a stray place is not looked at
        assert await kept(stage, ann) == {}
    assert "Time zone: UTC, until" in (await ann.ask("/settings")).text


async def test_a_settings_message_of_yesterday_still_works(stage: Stage, ann: Person) -> None:
    page = await ann.ask("/settings")
    await stage.next_day()
    await stage.restart()
    assert "Set: 5 questions" in (await pressed(ann, "○ 5 a set", page)).text


async def test_where_the_message_is_gone_the_page_comes_in_a_new_one(ann: Person) -> None:
    page = await ann.ask("/settings")
    await ann.delete(page)
    ann.skip()
    press = await ann.press("○ 5 a set", page)
    assert "Set: 5 questions" in (await ann.next_message()).text
    await press.answer()


@pytest.fixture
async def bilingual(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house that speaks two languages; German by a copy that differs where tests look."""
    texts = tmp_path / "prompts"
    shutil.copytree(content_folder("prompts"), texts)
    shutil.copytree(texts / "en", texts / "de")
    labels = (texts / "de" / "labels.toml").read_text("utf-8")
    labels = labels.replace('own_language = "English"', 'own_language = "Deutsch"')
    labels = labels.replace('"What I can do"', '"Was ich kann"')
    (texts / "de" / "labels.toml").write_text(labels, "utf-8")
    async with Simulator(flood=Flood(enabled=False)) as simulator:
        stage = Stage(simulator, tmp_path, {"BOT_CONTENT__TEXTS": str(texts)})
        await stage.start()
        yield stage
        await stage.stop()
        assert simulator.violations == []


async def test_a_language_that_was_chosen_holds(bilingual: Stage) -> None:
    ann = bilingual.simulator.person("Ann")
    await ann.ask("/settings")
    page = await pressed(ann, "🗣 Language")
    assert page.labels == ["○ Deutsch", "● English", BACK]
    assert "Language: Deutsch" in (await pressed(ann, "○ Deutsch")).text
    assert "Was ich kann" in (await ann.ask("/help")).text
    await bilingual.restart()
    assert "Was ich kann" in (await ann.ask("/help")).text
    bob = bilingual.simulator.person("Bob", language_code="de")
    assert "Was ich kann" in (await bob.ask("/help")).text
