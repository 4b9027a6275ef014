"""Mock interviews, as a person lives through them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from bot.simulator import Person, Seen
from tests.dialogues.conftest import Stage, letter_of, pressed

OFFER = [["▶ Quick"], ["▶ Full"], ["▶ Behavioural"]]
BELOW = ["⏸ Pause", "⏭ Skip", "⏹ Stop"]
WAITING = [["▶ Go on", "⏹ End it"]]


async def begin(person: Person, kind: str = "quick") -> Seen:
    """Begins an interview; gives its first question."""
    return await person.ask(f"/mock {kind}")


async def answer(person: Person, question: Seen, *, right: bool = True) -> Seen:
    """Answers a question of the small bank; gives what comes next in a new message."""
    person.skip()
    if "print(" in question.text:
        option = "right & <proper>" if right else "wrong one"
        await person.press(letter_of(question, option), question)
    elif "Which of these" in question.text:
        for option in ("right one", "right two") if right else ("wrong one",):
            ticked = await pressed(person, f"☐ {letter_of(question, option)}", question)
        person.skip()
        await person.press("Submit", ticked)
    elif product := re.search(r"What is (\d+) times (\d+)", question.text):
        factors = [int(factor) for factor in product.groups()]
        await person.say(str(factors[0] * factors[1] if right else 1))
    else:
        await person.say("2 GiB" if right else "7")
    return await person.next_message()


async def play(person: Person, question: Seen, right: Callable[[Seen], bool]) -> Seen:
    """Answers until the report comes."""
    while not is_report(question):
        question = await answer(person, question, right=right(question))
    return question


def is_report(seen: Seen) -> bool:
    return "interview:" in seen.text.splitlines()[0]


def always(_: Seen) -> bool:
    return True


async def export_of(person: Person) -> dict[str, list[dict[str, object]]]:
    document: dict[str, list[dict[str, object]]] = json.loads(
        person.download(await person.ask("/export"))
    )
    return document


async def test_mock_offers_the_three_interviews(ann: Person) -> None:
    offer = await ann.ask("/mock")
    assert offer.buttons == OFFER
    assert "8 questions in 12 minutes" in offer.text
    question = await pressed(ann, "▶ Quick")
    assert question.text.splitlines()[0].endswith("1/4")


async def test_a_question_shows_the_clock_and_gives_no_hints(ann: Person) -> None:
    question = await begin(ann)
    while "print(" not in question.text:
        question = await answer(ann, question)
    clock = question.text.splitlines()[1]
    assert re.fullmatch(r"⏱ 1[12]:\d\d left · 2:00 for this one", clock)
    assert question.buttons == [["A", "B", "C", "D"], BELOW]
    refusal = await ann.ask("/hint")
    assert "no hints" in refusal.text


async def test_nothing_is_told_before_the_end(ann: Person) -> None:
    """An answer is noted without a verdict, and the next question follows at once."""
    question = await begin(ann)
    seen = [question]
    while not is_report(question):
        question = await answer(ann, question, right=len(seen) % 2 == 0)
        seen.append(question)
    told = [now for now in ann.inbox if now.id in {one.id for one in seen[:-1]}]
    assert len(told) == 4
    assert len(seen) == 5
    for one in told:
        assert "📝 Noted" in one.text
        assert not any(mark in one.text for mark in ("✅", "❌", "🟡", "✓", "xplanation"))
        assert one.buttons == []


async def test_the_report(ann: Person) -> None:
    report = await play(ann, await begin(ann), lambda q: "print(" not in q.text)
    assert report.text.splitlines()[0] == "🏁 Quick interview: 3/4 · 75 %"
    assert "❌ Programming languages 0/1" in report.text
    assert "✅ Statistics 1/1" in report.text
    assert "numbers 2/2" in report.text
    assert "1. Practise Programming languages first" in report.text
    assert ann.download(report).startswith(b"\x89PNG")
    assert ["▶ Practise what I missed"] in report.buttons
    document = await export_of(ann)
    assert [one["where"] for one in document["attempts"]] == ["mock"] * 4
    assert [one["kind"] for one in document["mocks"]] == ["quick"]


async def test_every_question_can_be_looked_at_with_its_feedback(ann: Person) -> None:
    report = await play(ann, await begin(ann), lambda q: "print(" not in q.text)
    ann.skip()
    await ann.press("📋 Every question", report)
    listed = await ann.next_message()
    assert listed.labels == ["1", "2", "3", "4"]
    lines = [line for line in listed.text.splitlines() if re.match(r"\d\. ", line)]
    wrong = next(n for n, line in enumerate(lines, 1) if "❌ Python" in line)
    one = await pressed(ann, str(wrong), listed)
    assert one.id == listed.id
    assert "❌ Not quite." in one.text
    assert "The explanation of 1." in one.text
    assert "Because of <one>." in one.text
    assert [label for label in one.labels if label.strip("◀▶ ").isdigit()]
    back = await pressed(ann, "📋 List", one)
    assert back.labels == ["1", "2", "3", "4"]


async def test_a_missed_question_comes_back_in_practice(stage: Stage, ann: Person) -> None:
    await play(ann, await begin(ann), lambda q: "print(" not in q.text)
    await stage.next_day()
    assert "print(" in (await ann.ask("/practice")).text


async def test_pausing_covers_the_question_and_stops_the_clock(stage: Stage, ann: Person) -> None:
    question = await begin(ann)
    stem = question.text.splitlines()[2]
    waiting = await pressed(ann, "⏸ Pause", question)
    assert waiting.id == question.id
    assert waiting.buttons == WAITING
    assert "The clock stands" in waiting.text
    assert stem not in waiting.text
    await stage.next_day()
    again = await pressed(ann, "▶ Go on", waiting)
    assert again.id == question.id
    assert stem in again.text
    assert re.match(r"⏱ 1[12]:\d\d left", again.text.splitlines()[1])
    assert is_report(await play(ann, again, always))


async def test_mock_goes_on_with_what_is_open(ann: Person) -> None:
    question = await begin(ann)
    again = await ann.ask("/mock")
    assert again.id != question.id
    assert again.text.splitlines()[0] == question.text.splitlines()[0]
    other = await ann.ask("/mock full")
    assert "not over yet" in other.text
    assert other.buttons == WAITING


async def test_practice_makes_the_interview_wait(ann: Person) -> None:
    question = await begin(ann)
    practice = await ann.ask("/practice python")
    assert practice.text.splitlines()[0].endswith("1/1")
    covered = next(seen for seen in ann.inbox if seen.id == question.id)
    assert covered.buttons == WAITING
    summary = await ann.ask("/stop")
    assert "Stopped" in summary.text
    assert (await ann.ask("/mock")).text.splitlines()[0] == question.text.splitlines()[0]


async def test_stopping_gives_the_report_of_what_was_answered(ann: Person) -> None:
    question = await answer(ann, await begin(ann))
    ann.skip()
    await ann.press("⏹ Stop", question)
    report = await ann.next_message()
    assert report.text.splitlines()[0] == "🏁 Quick interview: 1/1 · 100 %"
    assert "Stopped before the end" in report.text
    assert (await ann.ask("/mock")).buttons[:3] == OFFER
    late = await (await ann.press("A", question)).answer() if "A" in question.labels else None
    assert late is None or "no longer active" in (late.text or "")


async def test_time_runs_out(stage: Stage, ann: Person) -> None:
    """The clock moves on by itself; then the next question comes, and nothing was scored."""
    question = await begin(ann)
    first, clocks = question.id, [question.text.splitlines()[1]]
    while True:
        ann.skip()
        stage.simulator.clock.advance(16)
        change = await ann.wait(lambda seen: seen.text.splitlines()[1] != clocks[-1])
        if change.id != first or "Time is up" in change.text:
            break
        clocks.append(change.text.splitlines()[1])
    assert len(clocks) > 3
    following = await ann.wait(lambda seen: seen.text.splitlines()[0].endswith("2/4"))
    assert following.id != first
    assert "⌛ Time is up." in next(seen for seen in ann.inbox if seen.id == first).text
    report = await play(ann, following, always)
    assert report.text.splitlines()[0] == "🏁 Quick interview: 3/4 · 75 %"
    assert "Answer everything: 1 question went without" in report.text


async def test_a_restart_in_the_middle(stage: Stage, ann: Person) -> None:
    """A short one is not noticed; after a long one the clock has stood still."""
    question = await begin(ann)
    await stage.restart()
    question = await answer(ann, question)
    assert question.text.splitlines()[0].endswith("2/4")
    await stage.stop()
    stage.simulator.clock.advance(3600)
    await stage.start()
    waiting = await ann.wait(lambda seen: seen.id == question.id and seen.buttons == WAITING)
    assert re.search(r"1[12]:\d\d are left", waiting.text)
    assert is_report(await play(ann, await pressed(ann, "▶ Go on", waiting), always))


async def test_past_reports_can_be_called_up_and_compared(ann: Person) -> None:
    assert "no report yet" in (await ann.ask("/mock past")).text
    await play(ann, await begin(ann), lambda _: False)
    report = await play(ann, await begin(ann), always)
    assert "Statistics 1/1 (▲ 100)" in report.text
    past = await ann.ask("/mock past")
    assert [label.rpartition(" · ")[2] for label in past.labels] == ["100 %", "0 %"]
    ann.skip()
    await ann.press(past.labels[1], past)
    old = await ann.next_message()
    assert old.text.splitlines()[0] == "🏁 Quick interview: 0/4 · 0 %"
    ann.skip()
    await ann.press("🔍 Compare", old)
    choice = await ann.next_message()
    assert len(choice.labels) == 1
    ann.skip()
    await ann.press(choice.labels[0], choice)
    compared = await ann.next_message()
    assert "Statistics 0/1 (▼ 100)" in compared.text
    assert "Beside #2, Quick, " in compared.text
    assert ": 100 %" in compared.text


async def test_foreign_hands_change_nothing(stage: Stage, ann: Person) -> None:
    report = await play(ann, await begin(ann), always)
    thief = stage.simulator.person("Thief")
    own = await thief.ask("/start")
    for label in ("📋 Every question", "▶ Practise what I missed"):
        button = report.button(label)
        assert button
        answer_ = await (await thief.press_data(button["callback_data"], own)).answer()
        if label.startswith("📋"):
            assert answer_.show_alert


async def certified(person: Person, name: str | None = None) -> Seen:
    """Passes a full interview and takes the certificate."""
    report = await play(person, await begin(person, "full"), always)
    assert "🎓 Passed" in report.text
    person.skip()
    await person.press("🎓 Practice certificate", report)
    asked = await person.next_message()
    assert "Which name" in asked.text
    if name is None:
        person.skip()
        await person.press(asked.labels[0], asked)
    else:
        person.skip()
        await person.say(name)
    return await person.next_message()


def code_in(seen: Seen) -> str:
    found = re.search(r"MLI(-[0-9A-Z]{5}){4}", seen.text)
    assert found
    return found[0]


async def test_a_certificate_is_genuine_until_its_owner_is_forgotten(
    stage: Stage, ann: Person
) -> None:
    shown = await certified(ann, "Ada Lovelace")
    assert "Ada Lovelace passed a full mock interview" in shown.text
    assert ann.download(shown).startswith(b"\x89PNG")
    code = code_in(shown)
    ben = stage.simulator.person("Ben")
    assert "Genuine." in (await ben.ask(f"/verify {code}")).text
    sloppy = code.lower().replace("-", " ").replace("0", "o")
    verified = await ben.ask(f"/verify {sloppy}")
    assert "Ada Lovelace" in verified.text
    assert "100 %" in verified.text
    await ann.ask("/forget")
    await pressed(ann, "Erase everything")
    assert "no certificate" in (await ben.ask(f"/verify {code}")).text


async def test_the_name_in_the_chat_will_do(ann: Person) -> None:
    assert "Ann passed" in (await certified(ann)).text


async def test_a_name_that_cannot_be_drawn_is_asked_for_again(ann: Person) -> None:
    refused = await certified(ann, "王小明")
    assert "cannot draw" in refused.text
    assert "Xiaoming Wang passed" in (await ann.ask("Xiaoming Wang")).text


@pytest.mark.parametrize("code", ["MLI-00000-00000-00000-00000", "nonsense", "💥" * 200])
async def test_made_up_codes_are_not_genuine(ann: Person, code: str) -> None:
    assert "no certificate" in (await ann.ask(f"/verify {code}")).text


async def test_a_changed_code_is_not_genuine(ann: Person) -> None:
    code = code_in(await certified(ann))
    last = "7" if code[-1] != "7" else "8"
    assert "no certificate" in (await ann.ask(f"/verify {code[:-1]}{last}")).text


async def test_a_quick_interview_earns_no_certificate(ann: Person) -> None:
    report = await play(ann, await begin(ann), always)
    assert "🎓 Practice certificate" not in report.labels


async def test_a_name_is_asked_for_just_once_in_a_while(stage: Stage, ann: Person) -> None:
    """Days later, a text is no name; and while an interview waits, it is none either."""
    report = await play(ann, await begin(ann, "full"), always)
    ann.skip()
    await ann.press("🎓 Practice certificate", report)
    await ann.next_message()
    question = await begin(ann)
    await pressed(ann, "⏸ Pause", question)
    assert "not over yet" in (await ann.ask("is it paused now?")).text
    await ann.ask("/stop")
    await stage.next_day()
    assert "passed" not in (await ann.ask("good morning")).text


async def test_a_name_of_letters_that_cannot_be_drawn_is_told_below_its_button(
    stage: Stage,
) -> None:
    wang = stage.simulator.person("王")
    report = await play(wang, await begin(wang, "full"), always)
    wang.skip()
    await wang.press("🎓 Practice certificate", report)
    assert (await wang.next_message()).buttons == []


async def test_an_interview_without_a_single_answer_leaves_no_trace(ann: Person) -> None:
    await begin(ann)
    report = await ann.ask("/stop")
    assert report.text.splitlines()[0] == "🏁 Quick interview: 0/0 · 0 %"
    assert report.buttons == []
    assert "no report yet" in (await ann.ask("/mock past")).text
