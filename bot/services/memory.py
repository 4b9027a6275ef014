"""What people remember and how able they are: read for dealing, moved by every answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cards import Deck, Rating, rating_of
from bot.domain.interview import Prospect
from bot.domain.mastery import (
    Abilities,
    Belief,
    Evidence,
    chance,
    evidence,
    guess_chance,
    observe,
    prior_of,
    readiness,
)
from bot.domain.questions import Bank, Item, ParamItem
from bot.domain.scheduling import Candidate
from bot.domain.streaks import StreakRules, practice_day
from bot.services.results import Playable
from bot.storage.memory import Glance, Glances, Logged, StoredAbilities, StoredCard
from bot.storage.records import Attempt, Person, from_millis, to_millis
from bot.storage.store import Unit

AWAY = 10
"""An answer that took more than so many times the fair time says nothing about memory …"""
LEAST_AWAY = 600.0
"""… nor one that took more than so many seconds at least."""
REFRESH = timedelta(minutes=5)
"""So old may be what the process knows of other people's answers."""
DAY = 86_400.0
MILLIS_A_DAY = 86_400_000
LONGEST_DAY = 36 * 3_600_000
"""Milliseconds; no practice day is longer, clocks put back and all."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What never changes about an item as long as the bank does not."""

    item: Item
    area: int
    area_id: str
    topic_id: str
    prior: Belief
    guess: float
    variants: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a person stands: the chance with each item of the bank, and readiness by area."""

    candidates: Mapping[str, Candidate]
    readiness: Mapping[str, float]


class MemoryKeeper:
    """Cards and abilities; every method works inside the caller's transaction."""

    def __init__(self, bank: Bank, rules: StreakRules, retention: float = 0.9) -> None:
        self.deck = Deck(retention)
        self.rules = rules
        self.areas = tuple(area.id for area in bank.areas)
        places = {area: place for place, area in enumerate(self.areas)}
        self._known = {
            item.id: _Known(
                item,
                places[item.area_id],
                item.area_id,
                item.topic_id,
                prior_of(item),
                guess_chance(item),
                len(item.variants) if isinstance(item, ParamItem) else 0,
            )
            for item in bank.playable
        }
        self._by_area = [
            (area, [known for known in self._known.values() if known.area_id == area])
            for area in self.areas
        ]
        self._evidence: dict[tuple[str, int], Evidence] = {}
        self._beliefs: dict[str, Belief] = {}
        self._fresh_until: datetime | None = None

    def answered(
        self,
        unit: Unit,
        person: Person,
        attempt: Attempt,
        item: Playable,
        score: float,
        at: datetime,
    ) -> Logged:
        """Moves card, abilities and what is known of the item; gives what is to be logged."""
        at = from_millis(to_millis(at))  # as the log keeps it
        seconds = (at - attempt.asked_at).total_seconds()
        away = seconds > max(AWAY * item.seconds, LEAST_AWAY) or seconds < 0
        rating = rating_of(score, None if away else seconds, item.seconds, attempt.hints)
        stored = self._abilities(unit, attempt.person_id, at)
        known = self._known[item.id]
        ability = stored.abilities.of(known.area)
        difficulty = self._difficulty(unit, known, at)
        moved = observe(stored.abilities, known.area, difficulty, known.guess, score)
        unit.memory.save_abilities(
            attempt.person_id, StoredAbilities(self.areas, moved, stored.observed_at)
        )
        found = evidence(ability, known.prior, known.guess, score)
        unit.memory.add_evidence(item.id, item.rev, found)
        key = item.id, item.rev
        self._evidence[key] = self._evidence.get(key, Evidence()) + found
        self._beliefs.pop(item.id, None)
        self._review(unit, attempt, rating, at)
        return Logged(person.steps + 1, rating, ability, difficulty)

    def skipped(self, unit: Unit, person: Person, attempt: Attempt, at: datetime) -> Logged:
        """A skipped item comes back like a forgotten one, but says nothing of ability."""
        at = from_millis(to_millis(at))
        self._abilities(unit, attempt.person_id, at)
        self._review(unit, attempt, Rating.AGAIN, at)
        step = person.steps + 1
        unit.memory.set_steps(person.id, step)
        return Logged(step, Rating.AGAIN)

    def outlook(self, unit: Unit, person: Person, zone: str, now: datetime) -> Outlook:
        """How the person stands with every item."""
        self._refresh(unit, now)
        abilities = self._abilities(unit, person.id, now).abilities
        cards = unit.memory.glances(person.id)
        moment = to_millis(now)
        known_today = self._known_today(cards, zone, now)
        candidates: dict[str, Candidate] = {}
        ready: dict[str, float] = {}
        for place, (area, items) in enumerate(self._by_area):
            ability = abilities.of(place)
            chances: list[tuple[float, float]] = []
            for known in items:
                item_id = known.item.id
                anew = chance(ability, self._believed(known), known.guess)
                card = cards.get(item_id)
                overdue, variant, recall = None, None, 0.0
                if card is not None:
                    variant, overdue = card[5], _overdue(card, moment)
                    recall = self._recall(card, moment)
                chances.append((anew, recall))
                candidates[item_id] = Candidate(
                    item_id,
                    area,
                    known.topic_id,
                    anew,
                    overdue,
                    item_id in known_today,
                    known.variants,
                    variant,
                )
            if chances:
                ready[area] = readiness(chances)
        return Outlook(candidates, ready)

    def prospects(
        self, unit: Unit, person: Person, items: Iterable[Item], now: datetime
    ) -> list[Prospect]:
        """How the person would fare with these items, without what they remember of them."""
        self._refresh(unit, now)
        abilities = self._abilities(unit, person.id, now).abilities
        beliefs = [abilities.of(place) for place in range(len(self.areas))]
        cards = unit.memory.glances(person.id)
        moment = to_millis(now)
        found = []
        for known in (self._known[item.id] for item in items):
            item_id, level = known.item.id, known.item.difficulty
            anew = chance(beliefs[known.area], self._believed(known), known.guess)
            card = cards.get(item_id)
            rested = (moment - card[3]) / MILLIS_A_DAY if card else None
            found.append(Prospect(item_id, known.topic_id, level, anew, rested))
        return found

    def rebuild(self, unit: Unit, person_id: int, now: datetime) -> StoredAbilities:
        """Computes cards and abilities anew from the attempts, and stores them."""
        unit.memory.drop_cards(person_id)
        stored: StoredAbilities | None = None
        for attempt in unit.memory.reviewed(person_id):
            at = attempt.answered_at or attempt.asked_at
            if attempt.state == "answered":
                stored = self._observed(self._aged(stored, at), attempt)
            self._review(unit, attempt, Rating(attempt.rating or self._rating(attempt)), at)
        stored = stored or self._aged(None, now)
        unit.memory.save_abilities(person_id, stored)
        return stored

    def _observed(self, stored: StoredAbilities, attempt: Attempt) -> StoredAbilities:
        """One answer of the log; what had left the bank moved no ability that is left."""
        known = self._known.get(attempt.item_id)
        if known is None:
            return stored
        difficulty = attempt.difficulty or known.prior
        score = attempt.score or 0.0
        moved = observe(stored.abilities, known.area, difficulty, known.guess, score)
        return StoredAbilities(self.areas, moved, stored.observed_at)

    def _rating(self, attempt: Attempt) -> Rating:
        """The rating of an answer from before ratings were logged."""
        known = self._known.get(attempt.item_id)
        fair = known.item.seconds if known else 60
        return rating_of(attempt.score or 0.0, None, fair, attempt.hints)

    def _review(self, unit: Unit, attempt: Attempt, rating: Rating, at: datetime) -> None:
        before = unit.memory.card(attempt.person_id, attempt.item_id)
        card = self.deck.review(before.card if before else None, rating, at)
        stored = StoredCard(attempt.item_id, card, attempt.variant)
        unit.memory.save_card(attempt.person_id, stored)

    def _abilities(self, unit: Unit, person_id: int, at: datetime) -> StoredAbilities:
        """The person's abilities as certain as they are at `at`.

        Where none are stored, or the syllabus has changed, they come from the attempts.
        """
        stored = unit.memory.abilities(person_id)
        if stored is None or stored.areas != self.areas:
            stored = self.rebuild(unit, person_id, at)
        return self._aged(stored, at)

    def _aged(self, stored: StoredAbilities | None, at: datetime) -> StoredAbilities:
        if stored is None:
            return StoredAbilities(self.areas, Abilities.unknown(len(self.areas)), at)
        newest = max(stored.observed_at, at)
        days = (newest - stored.observed_at).total_seconds() / DAY
        return StoredAbilities(self.areas, stored.abilities.after(days), newest)

    def _recall(self, card: Glance, moment: int) -> float:
        """The chance that it is still known; none where the newest answer was wrong."""
        _, stability, _, reviewed_at, missed, _ = card
        if missed:
            return 0.0
        return self.deck.recall_after((moment - reviewed_at) // MILLIS_A_DAY, stability)

    def _known_today(self, cards: Glances, zone: str, now: datetime) -> frozenset[str]:
        """The items that were answered and known on the practice day of `now`."""
        today = practice_day(now, zone, self.rules)
        since = to_millis(now) - LONGEST_DAY
        return frozenset(
            item_id
            for item_id, _, _, reviewed_at, missed, _ in cards.values()
            if reviewed_at > since
            and not missed
            and practice_day(from_millis(reviewed_at), zone, self.rules) == today
        )

    def _difficulty(self, unit: Unit, known: _Known, now: datetime) -> Belief:
        self._refresh(unit, now)
        return self._believed(known)

    def _believed(self, known: _Known) -> Belief:
        """The item's difficulty in the light of everybody's answers."""
        item = known.item
        belief = self._beliefs.get(item.id)
        if belief is None:
            found = self._evidence.get((item.id, item.rev))
            belief = found.difficulty(known.prior) if found else known.prior
            self._beliefs[item.id] = belief
        return belief

    def _refresh(self, unit: Unit, now: datetime) -> None:
        """Reads what others' answers have said meanwhile."""
        if self._fresh_until is None or now >= self._fresh_until:
            self._evidence = unit.memory.evidence()
            self._beliefs.clear()
            self._fresh_until = now + REFRESH


def _overdue(card: Glance, moment: int) -> float:
    """Days since the card fell due; what was missed is due at once, whatever its card says.

    Hours later it is mostly forgotten again, and people are told that it comes back first.
    """
    _, _, due_at, _, missed, _ = card
    days = (moment - due_at) / MILLIS_A_DAY
    return max(days, 0.0) if missed else days


def percent(value: float) -> int:
    """Readiness as people read it."""
    return round(100 * value)


def changes(
    before: Mapping[str, float], after: Mapping[str, float], areas: Iterable[str]
) -> dict[str, tuple[int, int]]:
    """Readiness in percent before and after, by area."""
    return {
        area: (percent(before[area]), percent(after[area]))
        for area in areas
        if area in before and area in after
    }
