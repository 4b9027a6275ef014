"""What `/export` says about reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from bot.domain.reminders import Kind, QuietHours, Served
from bot.storage.reminders import Reminded
from bot.storage.store import Unit


def reminder_document(unit: Unit, person_id: int) -> dict[str, object]:
    """Everything that is kept; empty for who never asked for any."""
    kept = unit.reminders.find(person_id)
    if kept is None:
        return {}
    looks = unit.reminders.looks(person_id)
    return {
        **_plan(kept),
        **_history(kept),
        "next": {kind.value: _iso(at) for kind, at in looks.items()},
        "sent": _claims(unit.reminders.claims(person_id)),
    }


def _plan(kept: Reminded) -> dict[str, object]:
    plan = kept.plan
    return {
        "at": _clock(plan.at),
        "usual": _clock(kept.usual),
        "timezone": kept.zone,
        "quiet": _quiet(plan.quiet),
        "last_call": plan.last_call,
        "weekly": plan.weekly,
    }


def _history(kept: Reminded) -> dict[str, object]:
    history = kept.history
    return {
        "unanswered": history.unanswered,
        "paused": history.paused,
        "snoozed_until": _iso(history.snoozed_until),
        "last_reminder": _served(history.reminded),
        "last_call_sent": _served(history.last_call),
        "weekly_sent": _served(history.weekly),
    }


def _claims(claims: Sequence[tuple[date, Kind, datetime]]) -> list[dict[str, object]]:
    return [
        {"day": day.isoformat(), "kind": kind.value, "at": _iso(at)} for day, kind, at in claims
    ]


def _quiet(quiet: QuietHours | None) -> list[str | None] | None:
    return [_clock(quiet.start), _clock(quiet.end)] if quiet else None


def _served(served: Served | None) -> dict[str, object] | None:
    return {"day": served.day.isoformat(), "at": _iso(served.at)} if served else None


def _clock(at: time | None) -> str | None:
    return at.isoformat("minutes") if at else None


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
