"""People who practise by way of the services, without any chat."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.banks.loader import load_bank
from bot.domain.mastery import Abilities
from bot.services.answers import AnswerService
from bot.services.catalogue import Catalogue
from bot.services.daily import DailyService
from bot.services.interviews import MockKeeper
from bot.services.mocks import MockService
from bot.services.people import PeopleService
from bot.services.practice import PracticeService
from bot.services.preferences import PreferencesService
from bot.services.progress import ProgressService
from bot.services.quizmaster import QuizKeeper
from bot.services.quizzes import QuizService
from bot.services.reminders import ReminderService
from bot.services.results import Feedback, Happening, Question, Shown, Who
from bot.services.sets import PracticeRules, SetKeeper
from bot.services.settling import Settler
from bot.services.typed import TypedService
from bot.storage.database import Database
from bot.storage.memory import StoredCard
from bot.storage.store import Store, Unit

BANK = Path(__file__).parent.parent / "dialogues" / "bank"
START = datetime(2026, 1, 10, 12, tzinfo=UTC)


def option(shown: Shown, text: str) -> int:
    """The place at which an option was dealt."""
    texts = [shown.item.options[index].text for index in shown.order]  # type: ignore[union-attr]  # choice items only
    return texts.index(text)


@dataclass
class Table:
    """The services over one database, with a clock that the test moves."""

    database: Database
    bank: Path = BANK
    now: datetime = START
    update_id: int = 0
    store: Store = field(init=False)
    sets: SetKeeper = field(init=False)
    practice: PracticeService = field(init=False)
    answers: AnswerService = field(init=False)
    typed: TypedService = field(init=False)
    daily: DailyService = field(init=False)
    progress: ProgressService = field(init=False)
    people: PeopleService = field(init=False)
    preferences: PreferencesService = field(init=False)
    mocks: MockService = field(init=False)
    reminders: ReminderService = field(init=False)
    quizzes: QuizService = field(init=False)

    def __post_init__(self) -> None:
        rules = PracticeRules()
        self.store = Store(self.database)
        catalogue = Catalogue(load_bank(self.bank))
        self.sets = sets = SetKeeper(catalogue, rules, random.Random(1))
        settler = Settler(sets)
        keeper = MockKeeper(settler)
        self.practice = PracticeService(self.store, keeper)
        self.answers = AnswerService(self.store, keeper)
        self.typed = TypedService(self.store, keeper)
        self.daily = DailyService(self.store, keeper)
        self.progress = ProgressService(self.store, sets)
        self.mocks = MockService(self.store, keeper)
        self.quizzes = QuizService(self.store, QuizKeeper(settler))
        self.people = PeopleService(self.store, rules)
        self.reminders = ReminderService(self.store, catalogue, rules)
        self.preferences = PreferencesService(self.store, sets)

    def happening(self) -> Happening:
        """A new update, a second after the last."""
        self.update_id += 1
        self.now += timedelta(seconds=1)
        return Happening(self.update_id, self.now, self.now)

    async def ask(self, who: Who, topic: str) -> Shown:
        """A set on one topic; gives its first question."""
        question = await self.practice.practise(who, self.happening(), topic)
        assert isinstance(question, Question)
        return question.shown

    async def answer(self, who: Who, shown: Shown, text: str) -> Feedback:
        """Picks the option with this text."""
        result = await self.answers.choose(
            who, self.happening(), shown.attempt.id, option(shown, text)
        )
        assert isinstance(result, Feedback)
        return result


def memory_of(unit: Unit, person_id: int) -> tuple[list[StoredCard], Abilities | None]:
    """Everything that is remembered of a person, in a fixed order."""
    cards = sorted(unit.memory.cards(person_id), key=lambda stored: stored.item_id)
    stored = unit.memory.abilities(person_id)
    return cards, stored.abilities if stored else None


def who(person_id: int = 7) -> Who:
    return Who(person_id, "en", person_id)
