"""Payloads fit, come back as they were, and reveal nothing."""

from __future__ import annotations

import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.buttons import PAYLOAD_LIMIT, Kind, Press, decode, encode

ids = st.text("ABCxyz0123456789_-/+", max_size=40)


@given(st.sampled_from(Kind), ids, st.integers(-1, 25))
def test_a_press_comes_back_as_it_was(kind: Kind, name: str, place: int) -> None:
    press = Press(kind, name, place)
    payload = encode(press)
    assert decode(payload) == press
    assert 1 <= len(payload.encode()) <= PAYLOAD_LIMIT


@given(st.text(max_size=80))
def test_anything_from_outside_is_decoded_or_refused(payload: str) -> None:
    press = decode(payload)
    assert press is None or encode(press) == payload or payload.endswith(f":0{press.place}")


def test_every_zone_fits() -> None:
    for zone in zoneinfo.available_timezones():
        assert decode(encode(Press(Kind.ZONE, zone))) == Press(Kind.ZONE, zone)


@pytest.mark.parametrize("name", ["x" * 57, "a b", "ä", "a:b"])
def test_what_would_not_come_back_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a payload"):
        encode(Press(Kind.NEXT, name))
