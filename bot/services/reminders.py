"""Reminders: what a person sets, and what a sweep does; one transaction each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain.reminders import (
    RULES,
    Kind,
    Plan,
    QuietHours,
    ReminderRules,
    Schedule,
    Send,
    Snooze,
    decide,
    jitter_of,
    next_due,
    snoozed_until,
)
from bot.domain.streaks import Streak, StreakView, view_at
from bot.services.catalogue import Catalogue
from bot.services.results import Happening, Who
from bot.services.sets import PracticeRules
from bot.storage.records import Person, to_millis
from bot.storage.reminders import Reminded
from bot.storage.store import Store, Unit

FIRST_TIME = time(19)
"""The daily time of who switches reminders on without ever having named one."""
BACKLOG = timedelta(minutes=15)
"""What a sweep found due may wait so long for its turn to be sent, and still count as on time."""

Edit = Callable[[Reminded], Reminded]


@dataclass(frozen=True, slots=True)
class ReminderState:
    """What a person's reminders are set to; times are local in `zone`.

    `usual` is the daily time, or the one that they had before. `next_at` is the next daily
    reminder's instant. `zone_is_set` is False while the zone is the configured one.
    """

    plan: Plan
    usual: time
    zone: str
    zone_is_set: bool
    next_at: datetime | None
    snoozed_until: datetime | None

    @property
    def at(self) -> time | None:
        """The daily reminder's time; None: there is none."""
        return self.plan.at

    @property
    def quiet(self) -> QuietHours | None:
        """The quiet hours, if any."""
        return self.plan.quiet

    @property
    def on(self) -> bool:
        """Whether anything is ever sent."""
        return self.plan.at is not None or self.plan.last_call or self.plan.weekly


@dataclass(frozen=True, slots=True)
class Due:
    """What a sweep found due at `noticed`."""

    person_id: int
    kind: Kind
    noticed: datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """One that was claimed and is to be sent now: to whom, and what there is to say."""

    who: Who
    kind: Kind
    day: date
    late: bool
    notice: bool
    waiting: int
    streak: StreakView
    zone: str


class ReminderService:
    """Everything about reminders but how they look."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        rules: PracticeRules,
        reminders: ReminderRules = RULES,
    ) -> None:
        self.store = store
        self.catalogue = catalogue
        self.rules = rules
        self.reminders = reminders

    async def state(self, who: Who, now: datetime | None = None) -> ReminderState:
        """What the person's reminders are set to; changes nothing. `next_at` takes a `now`."""

        def work(unit: Unit) -> ReminderState:
            person = unit.people.find(who.person_id)
            return self._state(unit, who.person_id, person, now)

        return await self.store.transact(work)

    async def look(self, who: Who, what: Happening) -> ReminderState:
        """What the person's reminders are set to; a sign of life."""
        return await self._change(who, what, lambda kept: kept)

    async def set_time(self, who: Who, what: Happening, at: time | None) -> ReminderState:
        """Sets the daily reminder's local time; None turns everything off, at once."""

        def edit(kept: Reminded) -> Reminded:
            if at is not None:
                return replace(kept, plan=replace(kept.plan, at=at), usual=at)
            plan = replace(kept.plan, at=None, last_call=False, weekly=False)
            return replace(kept, plan=plan, history=replace(kept.history, snoozed_until=None))

        return await self._change(who, what, edit)

    async def switch_on(self, who: Who, what: Happening) -> ReminderState:
        """Daily reminders at the time that they had before."""

        def edit(kept: Reminded) -> Reminded:
            at = kept.plan.at or kept.usual or FIRST_TIME
            return replace(kept, plan=replace(kept.plan, at=at), usual=at)

        return await self._change(who, what, edit)

    async def set_quiet(
        self, who: Who, what: Happening, quiet: QuietHours | None
    ) -> ReminderState:
        """Sets the quiet hours; None: there are none."""

        def edit(kept: Reminded) -> Reminded:
            return replace(kept, plan=replace(kept.plan, quiet=quiet))

        return await self._change(who, what, edit)

    async def set_last_call(self, who: Who, what: Happening, on: bool) -> ReminderState:
        """Whether an evening's word comes while a streak is at risk."""

        def edit(kept: Reminded) -> Reminded:
            return replace(kept, plan=replace(kept.plan, last_call=on))

        return await self._change(who, what, edit)

    async def set_weekly(self, who: Who, what: Happening, on: bool) -> ReminderState:
        """Whether the week's summary comes."""

        def edit(kept: Reminded) -> Reminded:
            return replace(kept, plan=replace(kept.plan, weekly=on))

        return await self._change(who, what, edit)

    async def snooze(self, who: Who, what: Happening, choice: Snooze) -> ReminderState:
        """Has a reminder come again later."""

        def edit(kept: Reminded) -> Reminded:
            until = snoozed_until(choice, kept.plan, kept.zone, what.now, self.reminders)
            return replace(kept, history=replace(kept.history, snoozed_until=until))

        return await self._change(who, what, edit)

    async def due(self, now: datetime, amount: int) -> list[Due]:
        """What has to be looked at, the longest due first."""
        found = await self.store.transact(lambda unit: unit.reminders.due(now, amount))
        return [Due(person_id, kind, now) for person_id, kind in found]

    async def settle(self, due: Due, now: datetime) -> bool:
        """Does what takes no sending; True: one is to be sent, and waits to be claimed."""
        return await self.store.transact(lambda u: bool(self._look(u, due, now, claim=False)))

    async def claim(self, due: Due, now: datetime) -> Reminder | None:
        """Takes it upon this caller to send it, once and for all; None: it is not to be sent."""
        return await self.store.transact(lambda u: self._look(u, due, now, claim=True))

    async def alive(self, who: Who, now: datetime) -> None:
        """A sign of life that changed nothing else."""

        def work(unit: Unit) -> None:
            person = unit.people.find(who.person_id)
            if person and (person.reminders_wait or not person.reachable):
                unit.people.touch(who.person_id, who.language, now)

        await self.store.transact(work)

    async def _change(self, who: Who, what: Happening, edit: Edit) -> ReminderState:
        """Edits what is kept and plans anew, once an update."""

        def work(unit: Unit) -> ReminderState:
            person = unit.people.touch(who.person_id, who.language, what.now)
            if unit.updates.mark(what.update_id, what.now):
                kept = unit.reminders.find(person.id) or Reminded(self._zone(person))
                plan = replace(kept.plan, jitter=jitter_of(person.id, self.reminders))
                kept = replace(kept, plan=plan, zone=self._zone(person))
                if (edited := edit(kept)) != kept:
                    unit.reminders.replan(person.id, edited, what.now)
            return self._state(unit, person.id, person, what.now)

        return await self.store.transact(work)

    def _state(
        self, unit: Unit, person_id: int, person: Person | None, now: datetime | None = None
    ) -> ReminderState:
        zone = self._zone(person) if person else self.rules.timezone
        kept = unit.reminders.find(person_id) or Reminded(zone)
        return ReminderState(
            plan=kept.plan,
            usual=kept.plan.at or kept.usual or FIRST_TIME,
            zone=zone,
            zone_is_set=bool(person and person.timezone),
            next_at=self._next_at(kept, zone, person, now) if now else None,
            snoozed_until=kept.history.snoozed_until,
        )

    def _next_at(
        self, kept: Reminded, zone: str, person: Person | None, now: datetime
    ) -> datetime | None:
        """The next daily reminder, if the person does not practise before."""
        daily = Schedule(Kind.DAILY, kept.plan, kept.history, zone, self.reminders)
        streak, rules = person.streak if person else Streak(), self.rules.streaks
        due = next_due(daily, now)
        while due is not None and view_at(streak, due, zone, rules).done_today:
            due = next_due(daily, due)
        return due

    def _look(self, unit: Unit, due: Due, now: datetime, *, claim: bool) -> Reminder | None:
        """Decides; stores everything but a claim that was not asked for."""
        person = unit.people.lock(due.person_id)
        kept = unit.reminders.find(due.person_id)
        look_at = unit.reminders.looks(due.person_id).get(due.kind)
        if person is None or kept is None or look_at is None or look_at > due.noticed:
            return None  # somebody else has dealt with it, or it was planned anew
        if not person.reachable:
            unit.reminders.rest(person.id)
            return None
        zone = self._zone(person)
        streak = view_at(person.streak, now, zone, self.rules.streaks)
        schedule = Schedule(due.kind, kept.plan, kept.history, zone, self.reminders)
        # Whoever waits their turn behind thousands of others is not late for that.
        at = due.noticed if now - due.noticed < BACKLOG else now
        verdict = decide(schedule, at, done_today=streak.done_today, streak=streak.current)
        outcome = verdict.outcome
        if isinstance(outcome, Send) and not claim:
            return self._reminder(unit, person, outcome, streak, now)
        unit.reminders.save_history(person.id, verdict.history)
        unit.reminders.look_at(person.id, due.kind, verdict.look_at)
        if verdict.history.snoozed_until is None and kept.history.snoozed_until:
            unit.reminders.look_at(person.id, Kind.SNOOZED, None)
        if not isinstance(outcome, Send) or not self._claimed(unit, person.id, outcome, now):
            return None
        return self._reminder(unit, person, outcome, streak, now)

    def _claimed(self, unit: Unit, person_id: int, send: Send, now: datetime) -> bool:
        """The claim; a snoozed one is claimed by its own end, a date may have several."""
        if send.kind in {Kind.DAILY, Kind.SNOOZED}:
            unit.reminders.wait_for_life(person_id)
        if send.kind is Kind.SNOOZED:
            return True
        return unit.reminders.claim(person_id, send.day, send.kind, now)

    def _reminder(
        self, unit: Unit, person: Person, send: Send, streak: StreakView, now: datetime
    ) -> Reminder:
        return Reminder(
            who=Who(person.id, person.language, person.id),
            kind=send.kind,
            day=send.day,
            late=send.late,
            notice=send.notice,
            waiting=self._waiting(unit, person.id, now),
            streak=streak,
            zone=self._zone(person),
        )

    def _waiting(self, unit: Unit, person_id: int, now: datetime) -> int:
        """How many items are due to be asked again."""
        moment = to_millis(now)
        cards = unit.memory.glances(person_id).values()
        return sum(
            missed or due_at <= moment
            for item_id, _, due_at, _, missed, _ in cards
            if self.catalogue.has(item_id)
        )

    def _zone(self, person: Person) -> str:
        return person.timezone or self.rules.timezone
