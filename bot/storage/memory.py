"""Cards, abilities and what is known of items, inside one transaction."""

from __future__ import annotations

import json
import struct
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.cards import Card, Rating
from bot.domain.mastery import Abilities, Belief, Evidence
from bot.storage.records import Attempt, Row, from_millis, to_millis


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card with the variant that was asked last."""

    item_id: str
    card: Card
    variant: int | None


Glance = tuple[str, float, int, int, int, int | None]
"""What dealing a set needs of a card: item id, stability, due and reviewed in UTC milliseconds,
missed, variant. A bare tuple, for there may be thousands."""
Glances = dict[str, Glance]


@dataclass(frozen=True, slots=True)
class StoredAbilities:
    """Abilities with the areas that they are about, and the newest answer they rest on."""

    areas: tuple[str, ...]
    abilities: Abilities
    observed_at: datetime


@dataclass(frozen=True, slots=True)
class Logged:
    """What is written beside an answer or skip, so that everything can be computed again."""

    step: int
    rating: Rating
    ability: Belief | None = None
    difficulty: Belief | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """What people remember and how able they are."""

    queries: Any

    def cards(self, person_id: int) -> list[StoredCard]:
        """All cards of a person."""
        return [_card(row) for row in self.queries.cards_of(person_id=person_id)]

    def glances(self, person_id: int) -> Glances:
        """All cards of a person at a glance, by item."""
        rows = self.queries.tuples("glance_at_cards", person_id=person_id)
        return {row[0]: row for row in rows}

    def card(self, person_id: int, item_id: str) -> StoredCard | None:
        """The person's card of an item."""
        row = self.queries.find_card(person_id=person_id, item_id=item_id)
        return _card(row) if row else None

    def save_card(self, person_id: int, stored: StoredCard) -> None:
        """Stores a card in place of the one before."""
        card = stored.card
        self.queries.save_card(
            person_id=person_id,
            item_id=stored.item_id,
            stability=card.stability,
            difficulty=card.difficulty,
            due=to_millis(card.due),
            reviewed=to_millis(card.last_review),
            reviews=card.reviews,
            lapses=card.lapses,
            missed=int(card.missed),
            variant=stored.variant,
        )

    def drop_cards(self, person_id: int) -> None:
        """Removes all cards of a person, to compute them again."""
        self.queries.drop_cards(person_id=person_id)

    def abilities(self, person_id: int) -> StoredAbilities | None:
        """The person's abilities, if any answer was observed."""
        row = self.queries.find_abilities(person_id=person_id)
        if row is None:
            return None
        return StoredAbilities(
            areas=tuple(json.loads(row["areas"])),
            abilities=_unpacked(row["numbers"], len(json.loads(row["areas"]))),
            observed_at=from_millis(row["observed_at"]),
        )

    def save_abilities(self, person_id: int, stored: StoredAbilities) -> None:
        """Stores a person's abilities."""
        self.queries.save_abilities(
            person_id=person_id,
            areas=json.dumps(stored.areas),
            numbers=_packed(stored.abilities),
            observed=to_millis(stored.observed_at),
        )

    def evidence(self) -> dict[tuple[str, int], Evidence]:
        """What answers have said about each revision of each item."""
        return {
            (row["item_id"], row["rev"]): Evidence(row["gradient"], row["information"])
            for row in self.queries.all_evidence()
        }

    def add_evidence(self, item_id: str, rev: int, evidence: Evidence) -> None:
        """Adds what one more answer says."""
        self.queries.add_evidence(
            item_id=item_id,
            rev=rev,
            gradient=evidence.gradient,
            information=evidence.information,
        )

    def set_steps(self, person_id: int, steps: int) -> None:
        """Stores how many answers and skips there are."""
        self.queries.set_steps(id=person_id, steps=steps)

    def reviewed(self, person_id: int) -> list[Attempt]:
        """Every answer and skip of a person, in the order in which they took effect."""
        rows = self.queries.reviewed_attempts(person_id=person_id)
        return [Attempt.from_row(row) for row in rows]


def _packed(abilities: Abilities) -> str:
    """Means, then the triangle, as 64-bit floats in base 64: exact, and quick to read."""
    numbers = (*abilities.means, *abilities.triangle)
    return b64encode(struct.pack(f"<{len(numbers)}d", *numbers)).decode("ascii")


def _unpacked(text: str, areas: int) -> Abilities:
    raw = b64decode(text)
    numbers = struct.unpack(f"<{len(raw) // 8}d", raw)
    return Abilities(numbers[:areas], numbers[areas:])


def _card(row: Row) -> StoredCard:
    card = Card(
        stability=row["stability"],
        difficulty=row["difficulty"],
        due=from_millis(row["due_at"]),
        last_review=from_millis(row["reviewed_at"]),
        reviews=row["reviews"],
        lapses=row["lapses"],
        missed=bool(row["missed"]),
    )
    return StoredCard(row["item_id"], card, row["variant"])
