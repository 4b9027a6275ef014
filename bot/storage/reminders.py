"""Reminders in the database, inside one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.reminders import (
    History,
    Kind,
    Plan,
    QuietHours,
    Schedule,
    Served,
    jitter_of,
    next_look,
    sign_of_life,
)
from bot.storage.records import Row, from_millis, to_millis

CLAIMS_KEPT = timedelta(days=60)
"""Older ones go: no claim is made again for a date that is long over."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """Everything about one person's reminders; `usual` is the daily time that was set last."""

    zone: str
    plan: Plan = field(default_factory=Plan)
    history: History = field(default_factory=History)
    usual: time | None = None

    def schedule(self, kind: Kind) -> Schedule:
        """One kind of them."""
        return Schedule(kind, self.plan, self.history, self.zone)

    @classmethod
    def from_row(cls, row: Row) -> Reminded:
        """Reads a row of `reminder_plans`."""
        quiet = (_time(row["quiet_from"]), _time(row["quiet_until"]))
        plan = Plan(
            at=_time(row["daily_at"]),
            quiet=QuietHours(quiet[0], quiet[1]) if quiet[0] and quiet[1] else None,
            last_call=bool(row["last_call"]),
            weekly=bool(row["weekly"]),
            jitter=jitter_of(row["person_id"]),
        )
        history = History(
            unanswered=row["unanswered"],
            paused=bool(row["paused"]),
            snoozed_until=_instant(row["snoozed_until"]),
            reminded=_served(row["reminded_day"], row["reminded_at"]),
            last_call=_served(row["last_call_day"], row["last_call_at"]),
            weekly=_served(row["weekly_day"], row["weekly_at"]),
        )
        return cls(row["zone"], plan, history, _time(row["usual_at"]))


@dataclass(frozen=True, slots=True)
class Reminders:
    """Plans, what has been sent, claims, and the instants to look."""

    queries: Any

    def find(self, person_id: int) -> Reminded | None:
        """What is stored of a person's reminders; None: they never asked for any."""
        row = self.queries.find_reminder_plan(person_id=person_id)
        return Reminded.from_row(row) if row else None

    def save(self, person_id: int, kept: Reminded) -> None:
        """Stores plan, history and zone."""
        plan = kept.plan
        self.queries.save_reminder_plan(
            person_id=person_id,
            zone=kept.zone,
            daily_at=_text(plan.at),
            usual_at=_text(kept.usual),
            quiet_from=_text(plan.quiet.start) if plan.quiet else None,
            quiet_until=_text(plan.quiet.end) if plan.quiet else None,
            last_call=int(plan.last_call),
            weekly=int(plan.weekly),
        )
        self.save_history(person_id, kept.history)

    def save_history(self, person_id: int, history: History) -> None:
        """Stores what has been sent."""
        until = history.snoozed_until
        self.queries.save_reminder_history(
            person_id=person_id,
            unanswered=history.unanswered,
            paused=int(history.paused),
            snoozed_until=to_millis(until) if until else None,
            **_columns("reminded", history.reminded),
            **_columns("last_call", history.last_call),
            **_columns("weekly", history.weekly),
        )

    def looks(self, person_id: int) -> dict[Kind, datetime]:
        """When a sweep has to look at each kind; what is off has none."""
        rows = self.queries.reminder_looks(person_id=person_id)
        return {Kind(row["kind"]): from_millis(row["next_due_at"]) for row in rows}

    def look_at(self, person_id: int, kind: Kind, at: datetime | None) -> None:
        """Has a sweep look at `at`; None: never."""
        if at is None:
            self.queries.drop_reminder_look(person_id=person_id, kind=kind)
        else:
            self.queries.set_reminder_look(person_id=person_id, kind=kind, at=to_millis(at))

    def replan(self, person_id: int, kept: Reminded, now: datetime) -> None:
        """Stores everything, and the next looks as they follow from it."""
        self.save(person_id, kept)
        for kind in Kind:
            self.look_at(person_id, kind, next_look(kept.schedule(kind), now))

    def move(self, person_id: int, zone: str, now: datetime) -> None:
        """Plans anew in another zone."""
        kept = self.find(person_id)
        if kept is not None:
            self.replan(person_id, replace(kept, zone=zone), now)

    def rest(self, person_id: int) -> None:
        """No sweep looks any more, until a sign of life."""
        self.queries.drop_reminder_looks(person_id=person_id)
        self.queries.set_reminders_wait(id=person_id, waits=1)

    def wait_for_life(self, person_id: int) -> None:
        """From now on a sign of life changes something."""
        self.queries.set_reminders_wait(id=person_id, waits=1)

    def wake(self, person_id: int, timezone: str | None, now: datetime) -> None:
        """A sign of life: nothing is ignored any more, and the next may come sooner."""
        self.queries.set_reminders_wait(id=person_id, waits=0)
        kept = self.find(person_id)
        if kept is None:
            return
        looks = self.looks(person_id)
        kept = replace(kept, zone=timezone or kept.zone)
        history, daily_at = sign_of_life(kept.schedule(Kind.DAILY), now, looks.get(Kind.DAILY))
        kept = replace(kept, history=history)
        self.save(person_id, kept)
        self.look_at(person_id, Kind.DAILY, daily_at)
        for kind in (Kind.SNOOZED, Kind.LAST_CALL, Kind.WEEKLY):
            if kind not in looks:
                self.look_at(person_id, kind, next_look(kept.schedule(kind), now))

    def due(self, now: datetime, amount: int) -> list[tuple[int, Kind]]:
        """What a sweep has to look at, the longest due first."""
        rows = self.queries.due_reminders(now=to_millis(now), amount=amount)
        return [(row["person_id"], Kind(row["kind"])) for row in rows]

    def claims(self, person_id: int) -> list[tuple[date, Kind, datetime]]:
        """What was claimed for the person lately, oldest first."""
        return [
            (date.fromisoformat(row["day"]), Kind(row["kind"]), from_millis(row["claimed_at"]))
            for row in self.queries.claims_of(person_id=person_id)
        ]

    def claim(self, person_id: int, day: date, kind: Kind, now: datetime) -> bool:
        """Claims the one of this date and kind; False: it was claimed before."""
        oldest = (day - CLAIMS_KEPT).isoformat()
        self.queries.prune_reminder_claims(person_id=person_id, before=oldest)
        claimed = self.queries.claim_reminder(
            person_id=person_id, day=day.isoformat(), kind=kind, now=to_millis(now)
        )
        return claimed is not None


def _columns(name: str, served: Served | None) -> Mapping[str, Any]:
    return {
        f"{name}_day": served.day.isoformat() if served else None,
        f"{name}_at": to_millis(served.at) if served else None,
    }


def _served(day: str | None, at: int | None) -> Served | None:
    if day is None or at is None:
        return None
    return Served(date.fromisoformat(day), from_millis(at))


def _instant(millis: int | None) -> datetime | None:
    return None if millis is None else from_millis(millis)


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def _text(at: time | None) -> str | None:
    return None if at is None else at.isoformat("minutes")
