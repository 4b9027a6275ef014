"""Practice sets: begin, go on, skip, hint, stop; one transaction each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.domain.errors import NoHint, NothingOpen, NothingToAsk, NotYours, Stale
from bot.domain.scheduling import Met, plan_set
from bot.domain.streaks import StreakRules, view_at
from bot.services.catalogue import Catalogue
from bot.services.ids import DiceBox, new_id
from bot.services.results import (
    AlreadyShown,
    AreaScore,
    Happening,
    Question,
    Shown,
    Skipped,
    Summary,
    Who,
)
from bot.storage.records import Attempt, Person, PracticeSet, from_millis
from bot.storage.store import Store, Unit


@dataclass(frozen=True, slots=True)
class PracticeRules:
    """What the operator configured for everybody who set nothing else."""

    set_size: int = 10
    timezone: str = "UTC"
    streaks: StreakRules = field(default_factory=StreakRules)


class PracticeService:
    """Everything about a set but grading (see `answers`)."""

    def __init__(
        self, store: Store, catalogue: Catalogue, rules: PracticeRules, dice: DiceBox
    ) -> None:
        self.store = store
        self.catalogue = catalogue
        self.rules = rules
        self.dice = dice

    async def practise(
        self, who: Who, what: Happening, topic: str | None = None
    ) -> Question | Summary | AlreadyShown:
        """Goes on with the open set, or begins one; naming a topic begins a new one.

        Raises:
            UnknownTopic: `topic` names nothing; carries suggestions.
            NothingToAsk: the bank has no question there.
        """
        scope = self.catalogue.scope_of(topic).id if topic else None
        return await self.store.transact(lambda unit: self._practise(unit, who, what, scope))

    async def go_on(
        self, who: Who, what: Happening, attempt_id: str
    ) -> Question | Summary | AlreadyShown:
        """The question after `attempt_id`, or the summary.

        Raises:
            Stale: that set is over, or has moved on already.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._go_on(unit, who, what, attempt_id))

    async def skip(self, who: Who, what: Happening, attempt_id: str | None = None) -> Skipped:
        """Passes over a question (the open one, if none is named).

        Raises:
            NothingOpen: no question is open.
            Stale: this one is not.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._skip(unit, who, what, attempt_id))

    async def hint(self, who: Who, what: Happening, attempt_id: str | None = None) -> Shown:
        """Uncovers the next hint of a question.

        Raises:
            NoHint: there is none (left).
            NothingOpen: no question is open.
            Stale: this one is not.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._hint(unit, who, what, attempt_id))

    async def stop(self, who: Who, what: Happening, attempt_id: str | None = None) -> Summary:
        """Ends the open set where it stands.

        Raises:
            NothingOpen: there is none.
            Stale: the button belongs to another one.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._stop(unit, who, what, attempt_id))

    async def question_shown(self, attempt_id: str, message_id: int) -> None:
        """Remembers which message holds the question."""
        await self.store.transact(lambda u: u.practice.question_shown(attempt_id, message_id))

    async def summary_shown(self, set_id: str, message_id: int) -> None:
        """Remembers which message holds the summary."""
        await self.store.transact(lambda u: u.practice.summary_shown(set_id, message_id))

    async def feedback_shown(self, attempt_id: str, message_id: int) -> None:
        """Remembers which message holds the feedback on a typed answer."""
        await self.store.transact(lambda u: u.practice.feedback_shown(attempt_id, message_id))

    async def report(self, who: Who, what: Happening, attempt_id: str) -> bool:
        """Takes a complaint about a question; `False` if it was made before.

        Raises:
            Stale: no such attempt.
            NotYours: it is somebody else's.
        """

        def work(unit: Unit) -> bool:
            return unit.practice.report(own_attempt(unit, who, attempt_id), what.now)

        return await self.store.transact(work)

    def _practise(
        self, unit: Unit, who: Who, what: Happening, scope: str | None
    ) -> Question | Summary | AlreadyShown:
        if not unit.updates.mark(what.update_id, what.now):
            return self._again(unit, who, what)
        person = unit.people.touch(who.person_id, who.language, what.now)
        current = unit.practice.open_set(person.id)
        if current is None:
            return self._begin(unit, who, person, what, scope or "")
        if scope is None:
            return self._resume(unit, who, person, what, current)
        last = unit.practice.last_of_set(current.id)
        unit.practice.close_set(current.id, "replaced", what.update_id, what.now)
        question = self._begin(unit, who, person, what, scope)
        old = last.message_id if last and last.state == "open" else None
        return replace(question, old_message_id=old)

    def _begin(
        self, unit: Unit, who: Who, person: Person, what: Happening, scope: str
    ) -> Question:
        met = {
            row["item_id"]: Met(
                at=from_millis(row["answered_at"]),
                score=row["score"] if row["state"] == "answered" else None,
                variant=row["variant"],
            )
            for row in unit.practice.history(person.id)
        }
        size = person.set_size or self.rules.set_size
        plan = plan_set(self.catalogue.within(scope), met, size, self.dice)
        if not plan:
            raise NothingToAsk(title=self.catalogue.title_of(scope))
        set_id = new_id(self.dice)
        unit.practice.add_set(set_id, person.id, scope, plan, what.now)
        begun = PracticeSet(set_id, person.id, scope, tuple(plan), "open", None, None)
        question = self._ask(unit, who, what, begun, after=0)
        assert question is not None  # noqa: S101 — the plan was made of items at hand
        return question

    def _resume(
        self, unit: Unit, who: Who, person: Person, what: Happening, current: PracticeSet
    ) -> Question | Summary:
        last = unit.practice.last_of_set(current.id)
        position = last.position if last else 0
        if last and last.state == "open":
            if again := self._ask_again(unit, what, current, last):
                return again
            unit.practice.end(last.id, "dropped", what.update_id, what.now)
        question = self._ask(unit, who, what, current, after=position)
        return question or self._finish(unit, person, what, current)

    def _ask_again(
        self, unit: Unit, what: Happening, current: PracticeSet, last: Attempt
    ) -> Question | None:
        """The open question once more; `None` if the bank has changed under it."""
        try:
            self.catalogue.shown(last, len(current.plan))
        except Stale:
            return None
        again = unit.practice.ask_again(last.id, what.update_id)
        if again is None:
            return None
        return Question(self.catalogue.shown(again, len(current.plan)), last.message_id)

    def _ask(
        self, unit: Unit, who: Who, what: Happening, current: PracticeSet, *, after: int
    ) -> Question | None:
        """Asks the next planned question that is still in the bank; `None` at the end."""
        for position in range(after + 1, len(current.plan) + 1):
            item_id, variant = current.plan[position - 1]
            if not self.catalogue.has(item_id):
                continue
            attempt = self._attempt(who, what, current.id, position, item_id, variant)
            unit.practice.add_attempt(attempt)
            return Question(self.catalogue.shown(attempt, len(current.plan)))
        return None

    def _attempt(
        self,
        who: Who,
        what: Happening,
        set_id: str,
        position: int,
        item_id: str,
        variant: int | None,
    ) -> Attempt:
        return Attempt(
            id=new_id(self.dice),
            person_id=who.person_id,
            set_id=set_id,
            position=position,
            origin="practice",
            item_id=item_id,
            rev=self.catalogue.rev_of(item_id),
            variant=variant,
            seed=self.dice.randrange(1 << 31),
            state="open",
            picked=frozenset(),
            hints=0,
            asked_at=what.now,
            asked_by=what.update_id,
            chat_id=who.chat_id,
            message_id=None,
            answered_at=None,
            answered_by=None,
            answer=None,
            score=None,
            zone=None,
            first_of_day=False,
            feedback_message_id=None,
        )

    def _go_on(
        self, unit: Unit, who: Who, what: Happening, attempt_id: str
    ) -> Question | Summary | AlreadyShown:
        if not unit.updates.mark(what.update_id, what.now):
            return self._again(unit, who, what)
        attempt = own_attempt(unit, who, attempt_id)
        person = unit.people.touch(who.person_id, who.language, what.now)
        current = unit.practice.find_set(attempt.set_id) if attempt.set_id else None
        if current is None or current.state != "open" or attempt.state == "open":
            raise Stale
        last = unit.practice.last_of_set(current.id)
        if last is None or last.id != attempt.id:
            raise Stale
        question = self._ask(unit, who, what, current, after=attempt.position)
        return question or self._finish(unit, person, what, current)

    def _skip(self, unit: Unit, who: Who, what: Happening, attempt_id: str | None) -> Skipped:
        if not unit.updates.mark(what.update_id, what.now):
            done = unit.practice.answered_by(what.update_id)
            if done is None:
                raise Stale
            return Skipped(self.with_total(unit, done))
        attempt = open_attempt(unit, who, attempt_id)
        unit.people.touch(who.person_id, who.language, what.now)
        ended = unit.practice.end(attempt.id, "skipped", what.update_id, what.now)
        if ended is None:
            raise Stale
        return Skipped(self.with_total(unit, ended))

    def _hint(self, unit: Unit, who: Who, what: Happening, attempt_id: str | None) -> Shown:
        attempt = open_attempt(unit, who, attempt_id)
        shown = self.with_total(unit, attempt)
        if not unit.updates.mark(what.update_id, what.now):
            return shown
        if attempt.hints >= len(shown.item.hints):
            raise NoHint
        unit.practice.take_hint(attempt.id, attempt.hints + 1)
        return replace(shown, attempt=replace(attempt, hints=attempt.hints + 1))

    def _stop(self, unit: Unit, who: Who, what: Happening, attempt_id: str | None) -> Summary:
        person = unit.people.touch(who.person_id, who.language, what.now)
        if not unit.updates.mark(what.update_id, what.now):
            closed = unit.practice.set_closed_by(what.update_id)
            if closed is None:
                raise NothingOpen
            return self._summary(unit, person, what, closed)
        current = unit.practice.open_set(person.id)
        if attempt_id is not None:
            attempt = own_attempt(unit, who, attempt_id)
            if current is None or attempt.set_id != current.id:
                raise Stale
        if current is None:
            raise NothingOpen
        last = unit.practice.last_of_set(current.id)
        unit.practice.close_set(current.id, "stopped", what.update_id, what.now)
        summary = self._summary(unit, person, what, replace(current, state="stopped"))
        still_open = last.message_id if last and last.state == "open" else None
        return replace(summary, open_message_id=still_open)

    def _finish(
        self, unit: Unit, person: Person, what: Happening, current: PracticeSet
    ) -> Summary:
        unit.practice.close_set(current.id, "finished", what.update_id, what.now)
        return self._summary(unit, person, what, replace(current, state="finished"))

    def _summary(
        self, unit: Unit, person: Person, what: Happening, closed: PracticeSet
    ) -> Summary:
        attempts = unit.practice.of_set(closed.id)
        answered = [attempt for attempt in attempts if attempt.state == "answered"]
        stopped = closed.state == "stopped"
        zone = person.timezone or self.rules.timezone
        return Summary(
            set_id=closed.id,
            score=sum(attempt.score or 0 for attempt in answered),
            total=len(answered) if stopped else len(closed.plan),
            stopped=stopped,
            areas=self._areas(answered),
            missed=sum((attempt.score or 0) < 1 for attempt in answered),
            skipped=sum(attempt.state == "skipped" for attempt in attempts),
            streak=view_at(person.streak, what.now, zone, self.rules.streaks),
            scope=closed.scope,
        )

    def _areas(self, answered: list[Attempt]) -> tuple[AreaScore, ...]:
        by_title: dict[str, list[float]] = {}
        for attempt in answered:
            if title := self.catalogue.area_title(attempt.item_id):
                by_title.setdefault(title, []).append(attempt.score or 0)
        return tuple(
            AreaScore(title, sum(scores), len(scores)) for title, scores in by_title.items()
        )

    def _again(self, unit: Unit, who: Who, what: Happening) -> Question | Summary | AlreadyShown:
        """What a repeated update led to, if the person may not have seen it."""
        asked = unit.practice.asked_by(what.update_id)
        if asked and asked.state == "open" and asked.message_id is None:
            return Question(self.with_total(unit, asked))
        closed = unit.practice.set_closed_by(what.update_id)
        if closed and closed.state == "finished" and closed.summary_message_id is None:
            person = unit.people.touch(who.person_id, who.language, what.now)
            return self._summary(unit, person, what, closed)
        return AlreadyShown()

    def with_total(self, unit: Unit, attempt: Attempt) -> Shown:
        """The attempt as shown, with the length of its set.

        Raises:
            Stale: the bank has changed under it.
        """
        its_set = unit.practice.find_set(attempt.set_id) if attempt.set_id else None
        return self.catalogue.shown(attempt, len(its_set.plan) if its_set else None)


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
