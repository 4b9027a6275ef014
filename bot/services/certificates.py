"""Practice certificates: issued for a full interview passed, verified by anybody."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.certificates import (
    ALPHABET,
    ID_LENGTH,
    Certified,
    code_of,
    is_genuine,
    read_code,
)
from bot.domain.errors import NoName, NotEarned, NotYours, Stale
from bot.domain.names import display_name
from bot.services.interviews import MockKeeper
from bot.services.results import Happening, Report, Share, Who
from bot.storage.mocks import Certificate, Mock
from bot.storage.store import Store, Unit

KEY = "certificates"
LONGEST_NAME = 60
NAME_WITHIN = timedelta(hours=1)
"""So long after the interview, a text that answers nothing else is taken for the name."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with its code; `areas` are in the order of the syllabus."""

    certified: Certified
    code: str
    areas: tuple[Share, ...]


class CertificateService:
    """Certificates; `/forget` revokes them, as they go with the person."""

    def __init__(self, store: Store, keeper: MockKeeper) -> None:
        self.store = store
        self.keeper = keeper
        self._fresh_key = secrets.token_hex(32)

    async def wanted(self, who: Who, mock_id: str) -> Issued | None:
        """The certificate of an interview; None where a name has to be asked for first.

        Raises:
            NotEarned: the interview is not worth one.
            Stale: there is no such interview.
            NotYours: it is somebody else's.
        """

        def work(unit: Unit) -> Issued | None:
            mock, _ = self._earned(unit, who, mock_id)
            stored = unit.mocks.certificate_of(mock.id)
            return self._issued(unit, stored) if stored else None

        return await self.store.transact(work)

    async def name_asked(self, mock_id: str, message_id: int | None) -> None:
        """Remembers the message that asks for the name; a reply to it is the name."""
        await self.store.transact(lambda unit: unit.mocks.ask_for_name(mock_id, message_id))

    async def issue(self, who: Who, what: Happening, mock_id: str, name: str) -> Issued:
        """Issues the certificate in this name; the same again if there is one.

        Raises:
            NoName: nothing visible is left of the name.
            NotEarned: the interview is not worth one.
            Stale: there is no such interview.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda u: self._issue(u, who, what, mock_id, name))

    async def waiting(self, who: Who, now: datetime, reply_to: int | None) -> str | None:
        """The interview whose certificate waits for the name that is being told.

        A reply to the question is surely meant; any other text only soon after the interview,
        and where nothing is open.
        """

        def work(unit: Unit) -> str | None:
            mock = unit.mocks.waiting_for_name(who.person_id)
            if mock is None:
                return None
            if reply_to is not None:
                return mock.id if mock.naming_message_id == reply_to else None
            old = mock.closed_at is None or now - mock.closed_at > NAME_WITHIN
            busy = unit.practice.open_of(who.person_id) or unit.mocks.open_of(who.person_id)
            return None if old or busy else mock.id

        return await self.store.transact(work)

    async def verify(self, text: str) -> Issued | None:
        """The certificate with this code; None where there is none, or the code is not its own."""
        read = read_code(text)
        if read is None:
            return None
        certificate_id, signed = read

        def work(unit: Unit) -> Issued | None:
            stored = unit.mocks.certificate(certificate_id)
            if stored is None:
                return None
            key = unit.mocks.signing_key(KEY, self._fresh_key)
            genuine = is_genuine(_certified(stored), signed, key)
            return self._issued(unit, stored) if genuine else None

        return await self.store.transact(work)

    def _issue(self, unit: Unit, who: Who, what: Happening, mock_id: str, name: str) -> Issued:
        mock, report = self._earned(unit, who, mock_id)
        if stored := unit.mocks.certificate_of(mock.id):
            return self._issued(unit, stored)
        shown = display_name(name)[:LONGEST_NAME].strip()
        if not shown:
            raise NoName
        unit.people.touch(who.person_id, who.language, what.now)
        stored = Certificate(
            id="".join(self.keeper.sets.dice.choices(ALPHABET, k=ID_LENGTH)),
            mock_id=mock.id,
            person_id=who.person_id,
            name=shown,
            day=_day(report.at, report.zone),
            score=report.share,
            areas={area.id: area.share for area in report.areas},
        )
        unit.mocks.add_certificate(stored)
        unit.mocks.ask_for_name(mock.id, None)
        return self._issued(unit, stored)

    def _earned(self, unit: Unit, who: Who, mock_id: str) -> tuple[Mock, Report]:
        mock = unit.mocks.find(mock_id)
        if mock is None:
            raise Stale
        if mock.person_id != who.person_id:
            raise NotYours
        report = self.keeper.reporter.report(unit, mock)
        if not report.earned:
            raise NotEarned
        return mock, report

    def _issued(self, unit: Unit, stored: Certificate) -> Issued:
        certified = _certified(stored)
        code = code_of(certified, unit.mocks.signing_key(KEY, self._fresh_key))
        catalogue = self.keeper.sets.catalogue
        order = {area.id: place for place, area in enumerate(catalogue.bank.areas)}
        listed = sorted(stored.areas.items(), key=lambda pair: order.get(pair[0], len(order)))
        areas = tuple(Share(a, catalogue.title_of(a) or a, share, 1) for a, share in listed)
        return Issued(certified, code, areas)


def _certified(stored: Certificate) -> Certified:
    return Certified(stored.id, stored.name, stored.day, stored.score, stored.areas)


def _day(at: datetime, zone: str) -> str:
    """The date where the person was."""
    return at.astimezone(ZoneInfo(zone)).date().isoformat()
