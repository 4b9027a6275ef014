"""What handlers may use: put together once, in `app`."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.chat.desk import Desk
from bot.chat.gallery import Gallery
from bot.domain.streaks import StreakRules
from bot.services.answers import AnswerService
from bot.services.catalogue import Catalogue
from bot.services.certificates import CertificateService
from bot.services.daily import DailyService
from bot.services.leaderboards import LeaderboardService
from bot.services.mocks import MockService
from bot.services.people import PeopleService
from bot.services.pictures import PictureService
from bot.services.practice import PracticeService
from bot.services.preferences import PreferencesService
from bot.services.progress import ProgressService
from bot.services.quizzes import QuizService
from bot.services.reminders import ReminderService
from bot.services.typed import TypedService
from bot.texts import Library
from bot.transport.api import Api
from bot.transport.clock import Clock


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that can be asked of the product."""

    catalogue: Catalogue
    practice: PracticeService
    answers: AnswerService
    typed: TypedService
    daily: DailyService
    people: PeopleService
    preferences: PreferencesService
    mocks: MockService
    certificates: CertificateService
    progress: ProgressService
    pictures: PictureService
    reminders: ReminderService
    quizzes: QuizService
    leaderboards: LeaderboardService


@dataclass(frozen=True, slots=True)
class House:
    """The parts that a handler reaches for."""

    api: Api
    gallery: Gallery
    library: Library
    services: Services
    clock: Clock
    streak_rules: StreakRules
    bot_username: str
    version: str
    telling: set[str] = field(default_factory=set)
    """Interviews of which something is being sent just now; nobody else sends it, too."""
    desk: Desk = field(default_factory=Desk)
    """Where what quizzes have to say is being said."""
