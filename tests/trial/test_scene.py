"""What a trial begins with: people to be, and a group whose members know the bank."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.banks.loader import load_bank
from bot.domain.questions import Bank, KeywordItem, NumericItem, ParamItem
from bot.simulator import Simulator
from bot.trial.cheat_sheet import CheatSheet
from bot.trial.scene import set_scene

BANKS = Path(__file__).parents[1] / "dialogues"
HEADER = "Area · Topic  ●●○○○  5/5\n"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(BANKS / "text_bank")


def test_the_group_has_people_topics_and_company(bank: Bank) -> None:
    simulator = Simulator(page=True)
    set_scene(simulator, bank)
    names = [user.first_name for user in simulator.world.users.values() if not user.is_bot]
    assert names[:3] == ["Ann", "Ben", "Cleo"]
    (group,) = [chat for chat in simulator.world.chats.values() if chat.is_group]
    assert group.is_forum
    assert len(group.topics) == 2
    assert {simulator.world.users[id_].first_name for id_ in group.people()} == set(names)
    assert len(simulator.crowd.users) == 6
    assert simulator.crowd.playing


def test_the_company_knows_right_and_wrong_answers_to_open_questions(bank: Bank) -> None:
    sheet = CheatSheet(bank)
    keyword = next(item for item in bank.items.values() if isinstance(item, KeywordItem))
    right, wrong = sheet(f"{HEADER}{keyword.question.upper()} — within 20 s")
    worth = {example.answer: example for example in keyword.examples}
    assert right
    assert all(worth[answer].min > worth[other].max for answer in right for other in wrong)
    assert sheet("Nobody asked this.") == ([], [])


def test_the_company_can_count() -> None:
    bank = load_bank(BANKS / "bank")
    sheet = CheatSheet(bank)
    numeric = next(item for item in bank.items.values() if isinstance(item, NumericItem))
    drawn = next(item for item in bank.items.values() if isinstance(item, ParamItem))
    for item in (numeric, *(drawn.dealt(variant.index) for variant in drawn.variants[:20])):
        right, wrong = sheet(HEADER + item.question)
        assert item.tolerance.allows(float(right[0]), item.answer)
        assert len(right[0].lstrip("-0.").replace(".", "")) <= 7
        assert wrong == [f"{trap.value:.4g}" for trap in item.traps]


def test_nothing_is_used_up(bank: Bank) -> None:
    sheet = CheatSheet(bank)
    keyword = next(item for item in bank.items.values() if isinstance(item, KeywordItem))
    sheet(keyword.question)[0].clear()
    assert sheet(keyword.question)[0]
