"""Ids and dice: drawn from one source of chance that is passed in."""

from __future__ import annotations

import random
import string

DiceBox = random.Random
"""The source of chance: `random.SystemRandom` in production, a seeded one in tests."""

_ALPHABET = string.ascii_letters + string.digits


def new_id(dice: DiceBox) -> str:
    """Twelve letters and digits, 71 bits: unguessable enough, short enough for a button."""
    return "".join(dice.choices(_ALPHABET, k=12))
