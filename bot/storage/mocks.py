"""Mock interviews and certificates in the database, inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.interview import Ending, Form, Interview, Kind, Phase, Slot
from bot.storage.records import Attempt, Row, from_millis, to_millis

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Mock:
    """A mock interview; `report` is there once it is over."""

    id: str
    person_id: int
    number: int
    kind: Kind
    slots: tuple[Slot, ...]
    state: Interview
    chat_id: int
    opened_at: datetime
    closed_at: datetime | None
    closed_by: int | None
    report: Mapping[str, Any] | None
    report_message_id: int | None
    naming_message_id: int | None

    @classmethod
    def from_row(cls, row: Row) -> Mock:
        """Reads a row of `mocks`."""
        slots = tuple(Slot(area, Form(form)) for area, form in json.loads(row["slots"]))
        return cls(
            id=row["id"],
            person_id=row["person_id"],
            number=row["number"],
            kind=Kind(row["kind"]),
            slots=slots,
            state=_state(row, len(slots)),
            chat_id=row["chat_id"],
            opened_at=from_millis(row["opened_at"]),
            closed_at=_instant(row["closed_at"]),
            closed_by=row["closed_by"],
            report=json.loads(row["report"]) if row["report"] else None,
            report_message_id=row["report_message_id"],
            naming_message_id=row["naming_message_id"],
        )


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says; `id` is the first part of its code."""

    id: str
    mock_id: str
    person_id: int
    name: str
    day: str
    score: float
    areas: Mapping[str, float]

    @classmethod
    def from_row(cls, row: Row) -> Certificate:
        """Reads a row of `certificates`."""
        return cls(
            id=row["id"],
            mock_id=row["mock_id"],
            person_id=row["person_id"],
            name=row["name"],
            day=row["day"],
            score=row["score"],
            areas=json.loads(row["areas"]),
        )


@dataclass(frozen=True, slots=True)
class Mocks:
    """Mock interviews."""

    queries: Any

    def add(
        self,
        mock_id: str,
        person_id: int,
        kind: Kind,
        slots: Sequence[Slot],
        state: Interview,
        chat_id: int,
        now: datetime,
    ) -> Mock:
        """Opens an interview."""
        columns = _columns(state)
        del columns["ending"]
        row = self.queries.add_mock(
            id=mock_id,
            person_id=person_id,
            number=int(self.queries.count_mocks(person_id=person_id)) + 1,
            kind=kind,
            slots=json.dumps([(slot.area_id, slot.form) for slot in slots]),
            chat_id=chat_id,
            now=to_millis(now),
            **columns,
        )
        return Mock.from_row(row)

    def find(self, mock_id: str) -> Mock | None:
        """The interview called `mock_id`."""
        row = self.queries.find_mock(id=mock_id)
        return Mock.from_row(row) if row else None

    def open_of(self, person_id: int) -> Mock | None:
        """The person's interview that is not over; there is at most one."""
        row = self.queries.open_mock(person_id=person_id)
        return Mock.from_row(row) if row else None

    def closed_by(self, update_id: int) -> Mock | None:
        """The interview that this update ended."""
        row = self.queries.mock_closed_by(update_id=update_id)
        return Mock.from_row(row) if row else None

    def of(self, person_id: int) -> list[Mock]:
        """All interviews of a person, oldest first."""
        return [Mock.from_row(row) for row in self.queries.mocks_of(person_id=person_id)]

    def save(self, mock_id: str, state: Interview, due: datetime | None) -> None:
        """Stores the state, and when a sweep has to look at it."""
        due_at = to_millis(due) if due else None
        self.queries.save_mock(id=mock_id, due=due_at, **_columns(state))

    def close(
        self, mock_id: str, report: Mapping[str, Any], now: datetime, update_id: int | None
    ) -> None:
        """Stores how it went."""
        text = json.dumps(report)
        self.queries.close_mock(id=mock_id, report=text, now=to_millis(now), update_id=update_id)

    def report_shown(self, mock_id: str, message_id: int) -> None:
        """Remembers the message that holds the report."""
        self.queries.mock_report_shown(id=mock_id, message_id=message_id)

    def wait(self, mock_id: str, due: datetime | None) -> None:
        """Sets when a sweep has to look at it again."""
        self.queries.mock_waits(id=mock_id, due=to_millis(due) if due else None)

    def due(self, now: datetime, amount: int) -> list[tuple[str, int]]:
        """Interviews that a sweep has to look at, with their persons, the longest due first."""
        rows = self.queries.due_mocks(now=to_millis(now), amount=amount)
        return [(row["id"], row["person_id"]) for row in rows]

    def attempts(self, mock_id: str) -> list[Attempt]:
        """All attempts of an interview, in order; withdrawn ones, too."""
        return [Attempt.from_row(row) for row in self.queries.attempts_of_mock(mock_id=mock_id)]

    def hold(self, attempt_id: str) -> None:
        """Covers an open question."""
        self.queries.hold_attempt(id=attempt_id)

    def uncover(self, attempt_id: str, asked_at: datetime, until: datetime) -> None:
        """Opens a covered question again, as if it had been asked then.

        An answer in several messages waits for the next of them until `until`.
        """
        self.queries.uncover_attempt(
            id=attempt_id, asked_at=to_millis(asked_at), until=to_millis(until)
        )

    def ask_for_name(self, mock_id: str, message_id: int | None) -> None:
        """Remembers the message that asks for the name on the certificate; None: it has come."""
        self.queries.ask_for_name(id=mock_id, message_id=message_id)

    def waiting_for_name(self, person_id: int) -> Mock | None:
        """The newest interview for whose certificate a name was asked."""
        row = self.queries.mock_waiting_for_name(person_id=person_id)
        return Mock.from_row(row) if row else None

    def add_certificate(self, certificate: Certificate) -> None:
        """Stores a certificate."""
        self.queries.add_certificate(
            id=certificate.id,
            mock_id=certificate.mock_id,
            person_id=certificate.person_id,
            name=certificate.name,
            day=certificate.day,
            score=certificate.score,
            areas=json.dumps(certificate.areas),
        )

    def certificate(self, certificate_id: str) -> Certificate | None:
        """The certificate with this id."""
        row = self.queries.find_certificate(id=certificate_id)
        return Certificate.from_row(row) if row else None

    def certificate_of(self, mock_id: str) -> Certificate | None:
        """The certificate of an interview."""
        row = self.queries.certificate_of_mock(mock_id=mock_id)
        return Certificate.from_row(row) if row else None

    def drop_certificate(self, certificate_id: str) -> None:
        """Revokes a certificate."""
        self.queries.drop_certificate(id=certificate_id)

    def signing_key(self, name: str, made: str) -> str:
        """The key called `name`; `made` becomes it where there is none yet."""
        row = self.queries.signing_key(name=name)
        if row is None:
            self.queries.keep_signing_key(name=name, value=made)
            row = self.queries.signing_key(name=name)
        return str(row["value"])


def _columns(state: Interview) -> dict[str, Any]:
    return {
        "phase": state.phase,
        "position": state.position,
        "asking": int(state.asking),
        "time_left": state.left // _MILLISECOND,
        "item_left": state.item_left // _MILLISECOND,
        "since": to_millis(state.since) if state.since else None,
        "seen": to_millis(state.seen) if state.seen else None,
        "silent": state.silent,
        "ending": state.ending,
    }


def _state(row: Row, questions: int) -> Interview:
    return Interview(
        questions=questions,
        left=row["time_left"] * _MILLISECOND,
        position=row["position"],
        phase=Phase(row["phase"]),
        asking=bool(row["asking"]),
        item_left=row["item_left"] * _MILLISECOND,
        since=_instant(row["since"]),
        seen=_instant(row["seen"]),
        silent=row["silent"],
        ending=Ending(row["ending"]) if row["ending"] else None,
    )


def _instant(millis: int | None) -> datetime | None:
    return None if millis is None else from_millis(millis)
