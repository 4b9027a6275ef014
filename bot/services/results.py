"""What a service hands to the chat: everything that a screen needs, and nothing of Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.domain.debrief import Reply, Tip
from bot.domain.interview import Ending, Interview, Kind
from bot.domain.questions import BehaviouralItem, ChoiceItem, KeywordItem, NumericItem
from bot.domain.streaks import StreakView
from bot.services.grading import Verdict, score_of
from bot.storage.records import Attempt

Playable = ChoiceItem | NumericItem | KeywordItem | BehaviouralItem


@dataclass(frozen=True, slots=True)
class Who:
    """The person who acts, and where."""

    person_id: int
    language: str
    chat_id: int


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens, and by which update; none where it is time that makes it happen.

    `at` is when the person acted (clamped, for the streak), `now` when we got to know.
    """

    update_id: int | None
    at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Happening(Moment):
    """An update that makes something happen."""

    update_id: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An attempt with its item as dealt; `order[place]` is the option's index in the item.

    `interview` is there where the question belongs to a mock interview.
    """

    attempt: Attempt
    item: Playable
    order: tuple[int, ...]
    area: str
    topic: str
    total: int | None
    interview: Interview | None = None

    @property
    def is_last(self) -> bool:
        """Whether the set ends with this question."""
        return self.total is not None and self.attempt.position >= self.total


@dataclass(frozen=True, slots=True)
class Question:
    """A question to show; `old_message_id` held it before and loses its buttons.

    `held` is the question of an interview that had to wait for it.
    """

    shown: Shown
    old_message_id: int | None = None
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """How people fared with a daily question: `correct` of `answers` had full marks.

    `others` leaves the person out who looks; `today` says that it is still that day.
    """

    answers: int
    correct: int
    others: int
    today: bool

    @property
    def share(self) -> float:
        """Of those who got it right, 0 to 1."""
        return self.correct / self.answers if self.answers else 0.0


@dataclass(frozen=True, slots=True)
class Feedback:
    """A graded answer; `streak` is there with the first one of the day.

    `crowd` is there where it was a daily question.
    """

    shown: Shown
    grade: Verdict
    streak: StreakView | None
    crowd: Crowd | None = None

    @property
    def score(self) -> float:
        """0 to 1."""
        return score_of(self.grade)


@dataclass(frozen=True, slots=True)
class Collected:
    """One of several messages that make up an answer; nothing is graded yet."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class Settled:
    """A draft that was graded because its time was up, and whose feedback is to be sent."""

    feedback: Feedback | Moved
    language: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question that was passed over; its answer is told all the same."""

    shown: Shown
    crowd: Crowd | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A daily question that was stopped: nothing is told or counted, and it can be had back."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class DailyOutcome:
    """A daily question that is over for the person, or that they have not had (no `attempt`).

    `shown` is missing where the bank has changed since; `earlier` is the day before, if that had
    a question.
    """

    day: date
    today: bool
    attempt: Attempt | None
    shown: Shown | None
    crowd: Crowd | None
    earlier: date | None = None


@dataclass(frozen=True, slots=True)
class AreaScore:
    """How one area went within a set; readiness in percent before and after it."""

    title: str
    score: float
    answered: int
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a set; `total` counts its questions, or the answered ones if it was stopped.

    `last_message_id` holds buttons of a stopped set, which go.
    """

    set_id: str
    score: float
    total: int
    stopped: bool
    areas: tuple[AreaScore, ...]
    missed: int
    skipped: int
    streak: StreakView
    scope: str
    last_message_id: int | None = None


@dataclass(frozen=True, slots=True)
class AlreadyShown:
    """A repeated update whose outcome the person has seen."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A question of an interview that is over; nobody hears the verdict before the end."""

    shown: Shown
    how: Literal["answered", "skipped", "time", "dropped"]


@dataclass(frozen=True, slots=True)
class Held:
    """An interview whose clock stands; `shown` is the question that is covered, if any.

    `away` says that it waits because nobody seemed to be there.
    """

    mock_id: str
    state: Interview
    shown: Shown | None
    away: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """Points of an area or type; `title` is what people call it."""

    id: str
    title: str
    points: float
    questions: int

    @property
    def share(self) -> float:
        """Points a question, 0 to 1."""
        return self.points / self.questions if self.questions else 0.0


@dataclass(frozen=True, slots=True)
class Compared:
    """Another interview, beside which a report is shown; `share` is that of its points."""

    number: int
    kind: Kind
    at: datetime
    share: float
    areas: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """How an interview went.

    `earned` says that it is worth a certificate, `certificate` that there is one; `against` is
    another interview to compare with, `others` counts those that there are.
    """

    mock_id: str
    number: int
    kind: Kind
    ending: Ending
    at: datetime
    zone: str
    seconds: int
    allowed: timedelta
    replies: tuple[Reply, ...]
    points: float
    questions: int
    areas: tuple[Share, ...]
    types: tuple[Share, ...]
    tips: tuple[Tip, ...]
    earned: bool
    certificate: bool
    streak: StreakView
    theme: str
    others: int
    against: Compared | None

    @property
    def share(self) -> float:
        """Points a question, 0 to 1."""
        return self.points / self.questions if self.questions else 0.0


@dataclass(frozen=True, slots=True)
class MockOver:
    """The end of an interview."""

    report: Report


@dataclass(frozen=True, slots=True)
class Moved:
    """A step of an interview: what is over, and what is to be shown.

    A question that is `Shown` stays where it is, and only its clock has moved on.
    """

    then: Question | MockOver | Held | Shown | None
    closed: Closed | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Nothing is under way: the person may choose; `past` counts the reports that there are."""

    past: int
