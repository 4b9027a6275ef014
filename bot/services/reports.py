"""Reports of interviews inside one transaction: made when one ends, read whenever asked for."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import debrief
from bot.domain.debrief import Reply
from bot.domain.errors import Stale
from bot.domain.interview import FORMATS, Ending, Kind, passed
from bot.domain.streaks import view_at
from bot.services.results import Compared, Moment, Report, Share
from bot.services.sets import SetKeeper
from bot.storage.mocks import Mock
from bot.storage.records import Attempt
from bot.storage.store import Unit


class Reporter:
    """Knows how an interview went."""

    def __init__(self, sets: SetKeeper) -> None:
        self.sets = sets
        self.catalogue = sets.catalogue

    def close(self, unit: Unit, mock: Mock, what: Moment) -> Report:
        """Writes down how it went; `mock` is over."""
        replies = self._replies(unit, mock)
        used = FORMATS[mock.kind].time - mock.state.left
        document = {
            "seconds": round(used.total_seconds()),
            "replies": debrief.to_document(replies),
        }
        unit.mocks.close(mock.id, document, what.now, what.update_id)
        return self.report(unit, replace(mock, report=document, closed_at=what.now))

    def report(self, unit: Unit, mock: Mock, against: Mock | None = None) -> Report:
        """How the interview went, beside another one if there is one to compare.

        Raises:
            Stale: it is not over.
        """
        if mock.report is None or mock.closed_at is None:
            raise Stale
        replies = debrief.from_document(mock.report["replies"])
        others = [one for one in unit.mocks.of(mock.person_id) if one.report and one.id != mock.id]
        against = against or _latest_before(mock, others)
        full = mock.kind is Kind.FULL and mock.state.ending is not Ending.STOPPED
        areas = self._areas(replies)
        overall = debrief.tally(replies)
        person = unit.people.find(mock.person_id)
        assert person is not None  # noqa: S101 — their interview goes with them
        zone = person.timezone or self.sets.rules.timezone
        return Report(
            mock_id=mock.id,
            number=mock.number,
            kind=mock.kind,
            ending=mock.state.ending or Ending.FINISHED,
            at=mock.closed_at,
            zone=zone,
            seconds=int(mock.report["seconds"]),
            allowed=FORMATS[mock.kind].time,
            replies=replies,
            points=overall.points,
            questions=overall.questions,
            areas=areas,
            types=tuple(
                Share(type_, type_, found.points, found.questions)
                for type_, found in debrief.by(replies, lambda reply: reply.type).items()
            ),
            tips=tuple(debrief.tips(replies, mock.kind)),
            earned=full and passed(overall.share, (area.share for area in areas)),
            certificate=bool(unit.mocks.certificate_of(mock.id)),
            streak=view_at(person.streak, mock.closed_at, zone, self.sets.rules.streaks),
            theme=person.theme or "light",
            others=len(others),
            against=self._compared(against) if against else None,
        )

    def _compared(self, mock: Mock) -> Compared:
        """What is shown of the other interview."""
        assert mock.report is not None  # noqa: S101 — only those that are over are compared
        replies = debrief.from_document(mock.report["replies"])
        return Compared(
            number=mock.number,
            kind=mock.kind,
            at=mock.closed_at or mock.opened_at,
            share=debrief.tally(replies).share,
            areas=self._areas(replies),
        )

    def _areas(self, replies: tuple[Reply, ...]) -> tuple[Share, ...]:
        """Points by area, in the order of the syllabus."""
        found = debrief.by(replies, lambda reply: reply.area_id)
        order = {area.id: place for place, area in enumerate(self.catalogue.bank.areas)}
        return tuple(
            Share(area, self.catalogue.title_of(area) or area, tally.points, tally.questions)
            for area, tally in sorted(found.items(), key=lambda p: order.get(p[0], len(order)))
        )

    def _replies(self, unit: Unit, mock: Mock) -> list[Reply]:
        """One reply a question; an interview that was stopped counts what was over by then."""
        last = {one.position: one for one in unit.mocks.attempts(mock.id)}
        replies = []
        for position, slot in enumerate(mock.slots, start=1):
            attempt = last.get(position)
            if attempt and attempt.state in {"answered", "skipped"}:
                replies.append(self._reply(attempt, slot.area_id))
            elif mock.state.ending is not Ending.STOPPED:
                type_ = "behavioural" if slot.form == "story" else "single"
                replies.append(Reply(position, slot.area_id, None, type_, None, 0.0, 0.0, None))
        return replies

    def _reply(self, attempt: Attempt, area: str) -> Reply:
        item = self.catalogue.bank.items.get(attempt.item_id)
        ended = attempt.answered_at or attempt.asked_at
        return Reply(
            position=attempt.position,
            area_id=item.area_id if item else area,
            topic_id=item.topic_id if item else None,
            type=_type(str(item.type)) if item else "single",
            score=attempt.score if attempt.state == "answered" else None,
            seconds=max(0.0, (ended - attempt.asked_at).total_seconds()),
            fair=float(item.seconds) if item else 0.0,
            attempt_id=attempt.id,
        )


def _type(type_: str) -> str:
    """Types as a person tells them apart."""
    return "numeric" if type_ == "param" else type_


def _latest_before(mock: Mock, others: list[Mock]) -> Mock | None:
    """The newest interview of the same kind before this one."""
    alike = [one for one in others if one.kind is mock.kind and one.number < mock.number]
    return max(alike, key=lambda one: one.number, default=None)
