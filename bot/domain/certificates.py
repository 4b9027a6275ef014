"""Codes of practice certificates: a random part, and a signature of what is certified.

Whoever makes up a code would have to hit both an id that exists and its signature (HMAC-SHA-256,
RFC 2104, cut to 60 bits); whoever changes a stored certificate breaks its code.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter can be taken for a digit."""
ID_LENGTH, SIGNATURE_LENGTH, GROUP = 8, 12, 5
PREFIX = "MLI"

_MARKED = re.compile(r"ML[I1](?:[^0-9A-Z]*[0-9A-Z]){20}(?![0-9A-Z])")
"""A code within other words."""
_LOOK_ALIKE = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate says: whose it is, of which day, and the share of the points."""

    id: str
    name: str
    day: str
    score: float
    areas: Mapping[str, float]


def code_of(certified: Certified, key: str) -> str:
    """The code, in groups of five: `MLI-…`."""
    whole = certified.id + signature(certified, key)
    groups = [whole[start : start + GROUP] for start in range(0, len(whole), GROUP)]
    return "-".join((PREFIX, *groups))


def read_code(text: str) -> tuple[str, str] | None:
    """The id and the signature; slips of the pen are forgiven. None where it is no code."""
    plain = unicodedata.normalize("NFKC", text).upper()
    marked = _MARKED.search(plain)
    bare = re.sub(r"[^0-9A-Z]", "", marked[0] if marked else plain)
    if len(bare) == len(PREFIX) + ID_LENGTH + SIGNATURE_LENGTH:
        bare = bare[len(PREFIX) :]
    bare = bare.translate(_LOOK_ALIKE)
    if len(bare) != ID_LENGTH + SIGNATURE_LENGTH or not set(bare) <= set(ALPHABET):
        return None
    return bare[:ID_LENGTH], bare[ID_LENGTH:]


def is_genuine(certified: Certified, signed: str, key: str) -> bool:
    """Whether the signature is that of this certificate."""
    return hmac.compare_digest(signed, signature(certified, key))


def signature(certified: Certified, key: str) -> str:
    """Twelve letters and digits that only the holder of the key can make."""
    said = json.dumps(
        [
            certified.id,
            certified.name,
            certified.day,
            round(certified.score, 6),
            {area: round(share, 6) for area, share in certified.areas.items()},
        ],
        sort_keys=True,
    )
    digest = hmac.new(key.encode(), said.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    return "".join(
        ALPHABET[number >> (5 * place) & 31] for place in reversed(range(SIGNATURE_LENGTH))
    )
