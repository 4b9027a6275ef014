"""Sets of questions inside one transaction: begin, ask, ask again, finish, sum up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.domain.errors import NothingOpen, NothingToAsk, NotYours, Stale
from bot.domain.scheduling import TARGET, TARGETS, plan_set
from bot.domain.streaks import StreakRules, view_at
from bot.services.catalogue import Catalogue
from bot.services.ids import DiceBox, new_id
from bot.services.memory import MemoryKeeper, changes
from bot.services.results import AreaScore, Happening, Question, Shown, Summary, Who
from bot.storage.records import Attempt, Person, Planned, PracticeSet
from bot.storage.store import Unit


@dataclass(frozen=True, slots=True)
class PracticeRules:
    """What the operator configured for everybody who set nothing else."""

    set_size: int = 10
    retention: float = 0.9
    timezone: str = "UTC"
    streaks: StreakRules = field(default_factory=StreakRules)


class SetKeeper:
    """Knows how a set goes on; every method works inside the caller's transaction."""

    def __init__(self, catalogue: Catalogue, rules: PracticeRules, dice: DiceBox) -> None:
        self.catalogue = catalogue
        self.rules = rules
        self.dice = dice
        self.memory = MemoryKeeper(catalogue.bank, rules.streaks, rules.retention)

    def begin(self, unit: Unit, who: Who, person: Person, what: Happening, scope: str) -> Question:
        """Opens a set within `scope` and asks its first question.

        Where `scope` is empty, the person's own areas are mixed.

        Raises:
            NothingToAsk: the bank has none there.
        """
        size = person.set_size or self.rules.set_size
        outlook = self.memory.outlook(unit, person, self._zone(person), what.now)
        items = self.catalogue.within(scope) if scope else self.catalogue.mixed(person.areas)
        able = [outlook.candidates[item.id] for item in items]
        target = TARGETS.get(person.level, TARGET)
        choices = plan_set(able, size, outlook.readiness, self.dice, target)
        if not choices:
            raise NothingToAsk(title=self.catalogue.title_of(scope))
        plan = [(choice.item_id, choice.variant, str(choice.why)) for choice in choices]
        set_id = new_id(self.dice)
        unit.practice.add_set(set_id, person.id, scope, plan, outlook.readiness, what.now)
        begun = PracticeSet(set_id, person.id, scope, tuple(plan), "open", None, None)
        question = self.ask(unit, who, what, begun, after=0)
        assert question is not None  # noqa: S101 — the plan was made of items at hand
        return question

    def ask(
        self, unit: Unit, who: Who, what: Happening, current: PracticeSet, *, after: int
    ) -> Question | None:
        """Asks the next planned question that is still in the bank; `None` at the end."""
        for position in range(after + 1, len(current.plan) + 1):
            planned = current.plan[position - 1]
            if not self.catalogue.has(planned[0]):
                continue
            attempt = self._attempt(who, what, current.id, position, planned)
            unit.practice.add_attempt(attempt)
            return Question(self.catalogue.shown(attempt, len(current.plan)))
        return None

    def ask_again(
        self, unit: Unit, what: Happening, current: PracticeSet, last: Attempt
    ) -> Question | None:
        """The open question once more; `None` if the bank has changed under it."""
        try:
            self.catalogue.shown(last, len(current.plan))
        except Stale:
            return None
        again = unit.practice.ask_again(last.id, what.update_id, what.now)
        if again is None:
            return None
        return Question(self.catalogue.shown(again, len(current.plan)), last.message_id)

    def finish(self, unit: Unit, person: Person, what: Happening, current: PracticeSet) -> Summary:
        """Closes a set that has come to its end."""
        unit.practice.close_set(current.id, "finished", what.update_id, what.now)
        return self.summary(unit, person, what, replace(current, state="finished"))

    def summary(self, unit: Unit, person: Person, what: Happening, closed: PracticeSet) -> Summary:
        """How a closed set went."""
        attempts = unit.practice.of_set(closed.id)
        answered = [attempt for attempt in attempts if attempt.state == "answered"]
        stopped = closed.state == "stopped"
        zone = self._zone(person)
        return Summary(
            set_id=closed.id,
            score=sum(attempt.score or 0 for attempt in answered),
            total=len(answered) if stopped else len(closed.plan),
            stopped=stopped,
            areas=self._areas(unit, person, what, closed, answered),
            missed=sum((attempt.score or 0) < 1 for attempt in answered),
            skipped=sum(attempt.state == "skipped" for attempt in attempts),
            streak=view_at(person.streak, what.now, zone, self.rules.streaks),
            scope=closed.scope,
        )

    def with_total(self, unit: Unit, attempt: Attempt) -> Shown:
        """The attempt as shown, with the length of its set or interview.

        Raises:
            Stale: the bank has changed under it.
        """
        if attempt.mock_id and (mock := unit.mocks.find(attempt.mock_id)):
            return replace(self.catalogue.shown(attempt, len(mock.slots)), interview=mock.state)
        its_set = unit.practice.find_set(attempt.set_id) if attempt.set_id else None
        return self.catalogue.shown(attempt, len(its_set.plan) if its_set else None)

    def _attempt(
        self,
        who: Who,
        what: Happening,
        set_id: str,
        position: int,
        planned: Planned,
    ) -> Attempt:
        item_id, variant, why = planned
        return Attempt.opened(
            new_id(self.dice),
            person_id=who.person_id,
            chat_id=who.chat_id,
            set_id=set_id,
            position=position,
            item_id=item_id,
            rev=self.catalogue.rev_of(item_id),
            variant=variant,
            seed=self.dice.randrange(1 << 31),
            asked_at=what.now,
            asked_by=what.update_id,
            why=why,
        )

    def _zone(self, person: Person) -> str:
        return person.timezone or self.rules.timezone

    def _areas(
        self,
        unit: Unit,
        person: Person,
        what: Happening,
        closed: PracticeSet,
        answered: list[Attempt],
    ) -> tuple[AreaScore, ...]:
        """How the areas went, and what that has changed."""
        by_area: dict[str, list[float]] = {}
        for attempt in answered:
            if self.catalogue.has(attempt.item_id):
                area = self.catalogue.bank.items[attempt.item_id].area_id
                by_area.setdefault(area, []).append(attempt.score or 0)
        now = self.memory.outlook(unit, person, self._zone(person), what.now).readiness
        moved = changes(closed.readiness, now, by_area)
        return tuple(
            AreaScore(
                title=self.catalogue.title_of(area),
                score=sum(scores),
                answered=len(scores),
                before=moved[area][0] if area in moved else None,
                after=moved[area][1] if area in moved else None,
            )
            for area, scores in by_area.items()
        )


def own_attempt(unit: Unit, who: Who, attempt_id: str) -> Attempt:
    """The attempt, if it is this person's.

    Raises:
        Stale: there is none by this id.
        NotYours: it is somebody else's.
    """
    attempt = unit.practice.find(attempt_id)
    if attempt is None:
        raise Stale
    if attempt.person_id != who.person_id:
        raise NotYours
    return attempt


def open_attempt(unit: Unit, who: Who, attempt_id: str | None) -> Attempt:
    """The named attempt, or the one shown last, if it is open and this person's.

    Raises:
        NothingOpen: no question is open.
        Stale: the named one is not.
        NotYours: it is somebody else's.
    """
    if attempt_id is None:
        attempts = unit.practice.open_of(who.person_id)
        if not attempts:
            raise NothingOpen
        return attempts[0]
    attempt = own_attempt(unit, who, attempt_id)
    if attempt.state != "open":
        raise Stale
    return attempt
