"""Codes of practice certificates."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.certificates import (
    ALPHABET,
    Certified,
    code_of,
    is_genuine,
    read_code,
    signature,
)
from bot.drawing.certificate import CODE

KEY = "a key"
ADA = Certified("0123ABCD", "Ada Lovelace", "2026-01-10", 0.81, {"signal": 0.5, "neural": 1.0})


def test_a_code_names_its_certificate_and_proves_it() -> None:
    code = code_of(ADA, KEY)
    assert code.startswith("MLI-0123A-BCD")
    read = read_code(code)
    assert read
    assert read[0] == ADA.id
    assert is_genuine(ADA, read[1], KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Somebody else"},
        {"day": "2026-01-11"},
        {"score": 0.82},
        {"areas": {"signal": 0.6, "neural": 1.0}},
        {"id": "0123ABCE"},
    ],
)
def test_whatever_is_changed_breaks_the_signature(change: dict[str, object]) -> None:
    changed = replace(ADA, **change)  # type: ignore[arg-type]  # as in the test
    assert not is_genuine(changed, signature(ADA, KEY), KEY)


def test_another_key_signs_otherwise() -> None:
    assert not is_genuine(ADA, signature(ADA, "another key"), KEY)


def test_the_signature_stays_what_it_was() -> None:
    """Codes that people have are to stay genuine: a change here revokes all of them."""
    assert signature(ADA, KEY) == "Y701RAQZME88"


@given(
    st.text(ALPHABET, min_size=8, max_size=8),
    st.sampled_from(("", " ", "-", "–", " . ")),
    st.booleans(),
)
def test_slips_of_the_pen_are_forgiven(certificate_id: str, between: str, prefix: bool) -> None:
    code = code_of(replace(ADA, id=certificate_id), KEY)
    sloppy = code.replace("-", between).lower().replace("0", "o").replace("1", "l")
    read = read_code(sloppy if prefix else sloppy[3:])
    assert read == (certificate_id, signature(replace(ADA, id=certificate_id), KEY))


@pytest.mark.parametrize(
    "text", ["", "MLI", "MLI-01234", "x" * 4096, "MLI-UUUUU-01234-01234-01234"]
)
def test_what_is_no_code(text: str) -> None:
    assert read_code(text) is None


def test_the_picture_has_room_for_the_whole_code() -> None:
    assert len(code_of(ADA, KEY)) <= CODE
