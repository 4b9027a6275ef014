"""Free text: concepts named, stories told, answers in several messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator import Flood, Person, Seen, Simulator
from tests.dialogues.conftest import Stage, go_on, pressed

BANK = Path(__file__).parent / "text_bank"
FULL = "I use dropout between the layers and I stop training early when validation gets worse."
MORE = "➕ I am not finished"
DONE = "✔ I am finished"
MODEL = "📄 Show a model answer"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Simulator(flood=Flood(enabled=False)) as simulator:
        stage = Stage(simulator, tmp_path, {"BOT_CONTENT__BANKS": str(BANK)})
        await stage.start()
        yield stage
        await stage.stop()
        assert simulator.violations == []


async def asked(person: Person, topic: str = "training") -> Seen:
    return await person.ask(f"/practice {topic}")


async def test_an_open_question_has_no_letters(ann: Person) -> None:
    question = await asked(ann)
    assert question.buttons == [[MORE], ["💡 Hint", "⏭ Skip", "⏹ Stop"]]
    assert "Answer in a few sentences" in question.text


async def test_a_full_answer(ann: Person) -> None:
    question = await asked(ann)
    feedback = await ann.ask(FULL)
    assert feedback.text.startswith("✅")
    assert feedback.raw["reply_to_message"]["text"] == FULL
    assert "You covered: early stopping on a validation set; dropout" in feedback.text
    assert "Missing" not in feedback.text
    assert "Fewer effective parameters" in feedback.text
    assert feedback.labels == [MODEL, "Next ▶", "🚩 Report"]
    await ann.wait(lambda seen: seen.id == question.id and not seen.labels)


async def test_half_an_answer_says_what_is_missing(ann: Person) -> None:
    await asked(ann)
    feedback = await ann.ask("I would add dropout to the dense layers.")
    assert feedback.text.startswith("🟡 0.5/1")
    assert "• data augmentation – How could you make more of the data?" in feedback.text
    assert "0.5/1" in (await go_on(ann)).text


async def test_a_misconception_is_named(ann: Person) -> None:
    await asked(ann)
    feedback = await ann.ask("I would train it for more epochs until the loss is small.")
    assert feedback.text.startswith("❌")
    assert "Training longer usually makes overfitting worse." in feedback.text


async def test_a_list_of_keywords_earns_little_and_hears_why(ann: Person) -> None:
    await asked(ann)
    feedback = await ann.ask("dropout, early stopping, weight decay, L2, augmentation")
    assert not feedback.text.startswith("✅")
    assert "reads like a list" in feedback.text


async def test_a_denied_answer_earns_nothing(ann: Person) -> None:
    await asked(ann)
    assert (await ann.ask("It is not true that dropout or early stopping help.")).text[0] == "❌"


async def test_another_language_is_not_scored(ann: Person) -> None:
    await asked(ann)
    word = await ann.ask("Ich würde die Gewichte bestrafen und das Training früh genug beenden.")
    assert "language of the question" in word.text
    assert (await ann.ask(FULL)).text.startswith("✅")


async def test_the_model_answer_comes_on_request(ann: Person) -> None:
    await asked(ann)
    feedback = await ann.ask("no idea, sorry")
    await ann.press(MODEL)
    told = "I would use dropout between the layers"
    with_model = await ann.wait(lambda seen: told in seen.text)
    assert with_model.id == feedback.id
    assert with_model.labels == ["Next ▶", "🚩 Report"]


async def test_the_model_answer_is_no_help_before_the_answer(ann: Person) -> None:
    question = await asked(ann)
    button = question.button(MORE)
    assert button
    forged = "m" + button["callback_data"][1:]
    answer = await (await ann.press_data(forged, question)).answer()
    assert answer.text
    assert "no longer active" in answer.text


async def test_an_answer_in_several_messages(ann: Person) -> None:
    question = await asked(ann)
    listening = await pressed(ann, MORE)
    assert listening.id == question.id
    assert DONE in listening.labels
    await ann.say("I would use dropout,")
    await ann.say("and I would stop training early when the validation loss rises.")
    ann.skip()
    await ann.press(DONE)
    feedback = await ann.next_message()
    assert feedback.text.startswith("✅")
    assert feedback.raw["reply_to_message"]["text"].startswith("and I would stop")


async def test_nothing_was_said_yet(ann: Person) -> None:
    await asked(ann)
    await pressed(ann, MORE)
    answer = await (await ann.press(DONE)).answer()
    assert answer.text == "I have not heard anything yet. Send your answer first."


async def test_a_minute_of_silence_ends_the_answer(stage: Stage, ann: Person) -> None:
    await asked(ann)
    await pressed(ann, MORE)
    await ann.say("I would use dropout.")
    await stage.simulator.settled()
    stage.simulator.clock.advance(61)
    feedback = await ann.next_message()
    assert feedback.text.startswith("🟡")
    assert "0.5/1" in (await go_on(ann)).text


async def test_a_draft_survives_a_restart_and_is_told_once(stage: Stage, ann: Person) -> None:
    await asked(ann)
    await pressed(ann, MORE)
    await ann.say("I would use dropout.")
    await stage.simulator.settled()
    await stage.stop()
    stage.simulator.clock.advance(300)
    await stage.start()
    assert (await ann.next_message()).text.startswith("🟡")
    stage.simulator.clock.advance(300)
    assert "🔥 1 day" in (await ann.ask("/streak")).text


async def test_4096_characters_are_graded_at_once(ann: Person) -> None:
    for text in ("dropout " * 512, "(" * 4096, "a" * 4096, "ｄｒｏｐｏｕｔ ²" * 300, "🧨" * 2048):
        await asked(ann)
        assert (await ann.ask(text[:4096])).text


STORY = (
    "Last spring, in the forecasting team of a retailer, a colleague and I disagreed about the "
    "model for the new depot. I was responsible for the forecast and had to choose a model within "
    "two weeks. First I asked him for his reasons and wrote them down. Then I ran a comparison of "
    "both models on last year's data and showed him the errors by weekday. I found that his model "
    "was better on holidays, so I combined the two. The error fell from 18 to 12 percent, we "
    "agreed on the combination, and I learned to test a claim before arguing about it."
)


async def test_a_story_is_scored_by_its_parts(ann: Person) -> None:
    question = await asked(ann, "teamwork")
    assert "Tell it in 40 to 350 words" in question.text
    feedback = await ann.ask(STORY)
    assert feedback.text[0] in "✅🟡"
    assert "●●● Action" in feedback.text
    assert "An interviewer would now ask:" in feedback.text


async def test_a_story_without_an_end_hears_what_to_add(ann: Person) -> None:
    await asked(ann, "teamwork")
    feedback = await ann.ask(STORY.partition("The error fell")[0])
    assert feedback.text.startswith("🟡")
    assert "Work on the result." in feedback.text
    assert "A number, and what you learned." in feedback.text


async def test_buzzwords_are_no_story(ann: Person) -> None:
    await asked(ann, "teamwork")
    feedback = await ann.ask(
        "I am a passionate team player with a proactive mindset and leverage synergies to empower "
        "stakeholders and deliver impactful data driven value end to end in every journey."
    )
    assert not feedback.text.startswith("✅")
    assert "say nothing about you" in feedback.text or "•" in feedback.text


async def test_rating_oneself_beside_the_score(ann: Person) -> None:
    await asked(ann, "teamwork")
    feedback = await ann.ask(STORY)
    assert feedback.buttons[0] == ["○ weak", "○ fair", "○ good", "○ strong"]
    answer = await (await ann.press("○ good")).answer()
    assert answer.text
    assert answer.text.startswith("You say: good. I say: ")
    rated = await ann.wait(lambda seen: seen.id == feedback.id and "● good" in seen.labels)
    assert "○ weak" in rated.labels
