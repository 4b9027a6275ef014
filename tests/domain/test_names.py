"""Names are harmless and short, and stay recognisable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.names import NAME_LENGTH, display_name


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("Ann", None, "Ann"),
        ("Ann", "Lee", "Ann Lee"),
        ("   ", None, ""),
        (None, None, ""),
        ("\u202eevil\u2066", None, "evil"),
        ("<b>Ann</b>", None, "<b>Ann</b>"),
        ("مريم", None, "مريم"),
        ("Z" + "\u0335" * 40, None, "Z" + "\u0335" * 2),
        ("a\nb", None, "ab"),
    ],
)
def test_names(first: str | None, last: str | None, shown: str) -> None:
    assert display_name(first, last) == shown


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_name_is_short_and_without_controls(first: str, last: str) -> None:
    name = display_name(first, last)
    assert len(name) <= NAME_LENGTH
    assert name == name.strip()
    assert not any(unicodedata.category(char) in {"Cc", "Cf"} for char in name)
