"""Numbers as people type them: read, converted, graded; or asked for again."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading.grade import Grade
from bot.domain.grading.numeric import (
    MAX_ANSWER,
    Parsed,
    Unread,
    grade_numeric,
    leading_quantity,
    parse_number,
)
from bot.domain.questions import Trap
from tests.domain.grading.items import numeric

PLAIN = [
    ("2", 2),
    ("2.0", 2),
    ("2,0", 2),
    ("-5", -5),
    ("−5", -5),
    ("- 5", -5),
    ("+5", 5),
    (".5", 0.5),
    (",5", 0.5),
    ("5.", 5),
    ("5!", 5),
    ("0,333", 0.333),
    ("1.234", 1.234),
    ("1234,5", 1234.5),
    ("1,000", 1000),
    ("1 000", 1000),
    ("1\u202f000", 1000),
    ("1'000", 1000),
    ("1’000", 1000),
    ("1_000", 1000),
    ("1,234.5", 1234.5),
    ("1.234,5", 1234.5),
    ("1 234,5", 1234.5),
    ("1,234,567", 1234567),
    ("1.234.567", 1234567),
    ("12,34,567", 1234567),
    ("1/3", 1 / 3),
    ("1 / 3", 1 / 3),
    ("-1/4", -0.25),
    ("½", 0.5),
    ("2½", 2.5),
    ("2 1/2", 2.5),
    ("2e3", 2000),
    ("2E-3", 0.002),
    ("2·10^3", 2000),
    ("2×10³", 2000),
    ("2 x 10^3", 2000),
    ("2*10**3", 2000),
    ("2 ⋅ 10^{3}", 2000),
    ("10⁻³", 0.001),
    ("10^(-3)", 0.001),
    ("2^10", 1024),
    ("√2", math.sqrt(2)),
    ("sqrt(2)", math.sqrt(2)),
    ("3√2", 3 * math.sqrt(2)),
    ("π/4", math.pi / 4),
    ("2pi", 2 * math.pi),
    ("e^2", math.e**2),
    ("~ 3", 3),
    ("≈3", 3),
    ("about 3", 3),
    ("approx. 3", 3),
    ("3 (approx)", 3),
    ("roughly 3 I think", 3),
    ("= 2", 2),
    ("x = 2", 2),
    ("P(A|B) = 0.3", 0.3),
    ("1/3 = 0.333", 0.333),
    ("2 + 2 = 4", 4),
    ("answer: 3", 3),
    ("The answer is 3.", 3),
    ("it's 3", 3),
    ("(2)", 2),
    ("`2`", 2),
    ("**2**", 2),
    ("２．５", 2.5),
    ("٣٫٥", 3.5),
    ("2 million", 2e6),
    ("2M", 2e6),
    ("2k", 2000),
    ("1.5 billion", 1.5e9),
    ("7B", 7e9),
    ("2 thousand", 2000),
    ("3x", 3),
    ("3 times", 3),
    ("\n 3 \n", 3),
]

IN_UNITS = [
    ("2 GiB", "GiB", 2),
    ("2GiB", "GiB", 2),
    ("2 gib", "GiB", 2),
    ("2 gibibytes", "GiB", 2),
    ("2048 MiB", "GiB", 2),
    ("2,048 MiB", "GiB", 2),
    ("2147483648", "bytes", 2**31),
    ("2147483648 bytes", "GiB", 2),
    ("2 GB", "GiB", 2e9 / 2**30),
    ("16 Gbit", "GB", 2),
    ("16 Gb", "GB", 2),
    ("2 gb", "MB", 2000),
    ("16 G", "GiB", 16),
    ("16M", "GiB", 16 / 1024),
    ("16M", "GB", 0.016),
    ("100 ms", "s", 0.1),
    ("0.1 s", "ms", 100),
    ("5 µs", "ms", 0.005),
    ("5 us", "μs", 5),
    ("2 min", "s", 120),
    ("1 h", "minutes", 60),
    ("2 days", "hours", 48),
    ("44.1 kHz", "Hz", 44_100),
    ("16k", "Hz", 16_000),
    ("16k", "kHz", 16),
    ("2 ghz", "MHz", 2000),
    ("5 km", "m", 5000),
    ("3 cm", "mm", 30),
    ("250 W", "kW", 0.25),
    ("2 kWh", "MJ", 7.2),
    ("90°", "rad", math.pi / 2),
    ("180 degrees", "radians", math.pi),
    ("12 dB", "dB", 12),
    ("1 nat", "bits", 1 / math.log(2)),
    ("100 Mbit/s", "MB/s", 12.5),
    ("100 Mbps", "MB/s", 12.5),
    ("10 MB per second", "MB/s", 10),
    ("50 tokens per second", "tokens/s", 50),
    ("3 TFLOPS", "GFLOPS", 3000),
    ("33 %", "%", 33),
    ("33%", "%", 33),
    ("33 percent", "%", 33),
    ("33", "%", 33),
    ("33 %", "", 0.33),
    ("5 ‰", "%", 0.5),
    ("24 parameters", "parameters", 24),
    ("1 parameter", "parameters", 1),
    ("2M parameters", "parameters", 2e6),
    ("24", "million parameters", 24),
    ("24 million", "million parameters", 24),
    ("24,000,000 parameters", "million parameters", 24),
    ("$5", "USD", 5),
    ("5 dollars", "$", 5),
    ("US$ 5", "$", 5),
    ("3 GiB of memory", "GiB", 3),
]


@pytest.mark.parametrize(("text", "value"), PLAIN)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    parsed = parse_number(text)
    assert isinstance(parsed, Parsed)
    assert parsed.value == pytest.approx(value)


@pytest.mark.parametrize(("text", "unit", "value"), IN_UNITS)
def test_units_are_converted_to_that_of_the_item(text: str, unit: str, value: float) -> None:
    parsed = parse_number(text, unit)
    assert isinstance(parsed, Parsed)
    assert parsed.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit", "why", "found"),
    [
        ("", "", "none", ""),
        ("no idea", "", "none", ""),
        ("?", "", "none", ""),
        ("two", "", "none", ""),
        ("√", "", "none", ""),
        ("9" * (MAX_ANSWER + 1), "", "none", ""),
        ("3 4", "", "several", "4"),
        ("2, 3", "", "several", ", 3"),
        ("1,2,3", "", "several", ",3"),
        ("1,234,5", "", "several", ",5"),
        ("3-4", "", "several", "-4"),
        ("3 ± 1", "", "several", "± 1"),
        ("3 or 4", "", "several", "or 4"),
        ("between 3 and 4", "", "several", "between"),
        ("y = 3, x = 4", "", "several", ""),
        ("1:30", "min", "several", ":30"),
        ("$5 to 6", "$", "several", "to 6"),
        ("> 3", "", "words", ">"),
        ("less than 3", "", "words", "less than"),
        ("not 3", "", "words", "not"),
        ("3 GiB", "", "unit", "GiB"),
        ("3 s", "GiB", "unit", "s"),
        ("5 km", "ms", "unit", "km"),
        ("3 bytes per element", "bytes", "unit", "bytes per element"),
        ("5 A", "V", "unit", "A"),
        ("3 layers", "MiB", "unit", "layers"),
        ("$5 GiB", "GiB", "unit", "GiB"),
        ("$5", "GiB", "unit", "$"),
        ("5 s/s/s", "s", "unit", "s/s/s"),
        ("1e999", "", "range", ""),
        ("10^9999", "", "range", ""),
        ("1/0", "", "range", ""),
        ("0^-1", "", "range", ""),
    ],
)
def test_what_cannot_be_read_is_asked_for_again(
    text: str, unit: str, why: str, found: str
) -> None:
    unread = parse_number(text, unit)
    assert isinstance(unread, Unread)
    assert (unread.why, unread.found.lstrip(", ")) == (why, found.lstrip(", "))


def test_what_was_found_is_never_long() -> None:
    unread = parse_number("3 " + "x" * 900)
    assert isinstance(unread, Unread)
    assert len(unread.found) == 40


@pytest.mark.parametrize(
    ("text", "answer", "unit"),
    [
        ("1,234", 1234, ""),
        ("1,234", 1.234, ""),
        ("1,234 s", 1.234, "s"),
        ("0.33", 33, "%"),
        ("0,33", 33, "%"),
        ("1/3", 33.3, "%"),
        ("0.33", 0.33, "%"),
        ("33 %", 0.33, ""),
    ],
)
def test_a_number_that_can_mean_two_things_is_right_if_one_of_them_is(
    text: str, answer: float, unit: str
) -> None:
    assert grade_numeric(numeric(answer, unit), text) == Grade(1.0)


@pytest.mark.parametrize(
    ("text", "answer", "unit"),
    [
        ("1.234", 1234, ""),
        ("0.33 %", 33, "%"),
        ("1.5", 150, "%"),
        ("33", 0.33, ""),
        ("1,234,567", 1.234567, ""),
    ],
)
def test_a_number_that_means_one_thing_has_no_second_reading(
    text: str, answer: float, unit: str
) -> None:
    grade = grade_numeric(numeric(answer, unit), text)
    assert isinstance(grade, Grade)
    assert grade.score == 0


def test_an_answer_within_the_tolerance_is_right() -> None:
    item = numeric(2.0, "GiB", rel=0.01)
    assert grade_numeric(item, "2.02") == Grade(1.0)
    assert grade_numeric(item, "2048 MiB") == Grade(1.0)
    assert grade_numeric(item, "2.03") == Grade(0.0)


def test_a_trap_says_which_error_led_to_it() -> None:
    traps = (Trap(1.0, "Count keys and values."), Trap(1.01, "Nearly."))
    item = numeric(2.0, "GiB", traps=traps)
    assert grade_numeric(item, "1 GiB") == Grade(0.0, ("Count keys and values.",))
    assert grade_numeric(item, "1.012 GiB") == Grade(0.0, ("Nearly.",))
    assert grade_numeric(item, "3 GiB") == Grade(0.0)


def test_a_trap_goes_before_a_second_reading() -> None:
    item = numeric(50, "%", traps=(Trap(0.5, "In percent."),))
    assert grade_numeric(item, "0.5") == Grade(0.0, ("In percent.",))


def test_a_wrong_answer_in_another_unit_is_shown_in_that_of_the_item() -> None:
    grade = grade_numeric(numeric(2.0, "GiB"), "2 GB")
    assert grade == Grade(0.0, ("2 GB = 1.863 GiB",))


def test_what_cannot_be_read_is_not_graded() -> None:
    assert grade_numeric(numeric(3.0), "3 apples/s") == Unread("unit", "apples/s")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("about 900 KiB", 900 * 2**10 * 8),
        ("1 GiB of memory", 2**33),
        ("12 %", 0.12),
        ("3 layers", 3),
        ("2 million rows", 2e6),
        ("≈ 0.5", 0.5),
        ("log n", None),
        ("O(n^2)", None),
        ("1/0", None),
    ],
)
def test_options_begin_with_a_quantity_or_not(text: str, value: float | None) -> None:
    assert leading_quantity(text) == pytest.approx(value)


@given(st.floats(-1e12, 1e12, allow_subnormal=False))
def test_what_python_writes_is_read(value: float) -> None:
    for text in (repr(value), f"{value:.17g}", f"{value:e}", f"x = {value!r}", f"~{value!r}."):
        parsed = parse_number(text)
        assert isinstance(parsed, Parsed)
        assert parsed.value == pytest.approx(value)


@given(
    st.integers(0, 10**12),
    st.integers(0, 99),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), (" ", "."), ("'", "."), ("_", ".")]),
)
def test_grouped_digits_mean_the_same_in_every_country(
    whole: int, cents: int, signs: tuple[str, str]
) -> None:
    group, point = signs
    text = f"{whole:,}".replace(",", group) + f"{point}{cents:02}"
    parsed = parse_number(text)
    assert isinstance(parsed, Parsed)
    assert parsed.value == pytest.approx(whole + cents / 100)


@given(st.text(max_size=80), st.sampled_from(["", "%", "GiB", "ms", "tokens/s", "million rows"]))
def test_any_text_is_read_or_asked_for_again(text: str, unit: str) -> None:
    parsed = parse_number(text, unit)
    if isinstance(parsed, Parsed):
        assert math.isfinite(parsed.value)
    else:
        assert parsed.why in {"none", "several", "words", "unit", "range"}


@given(st.text(alphabet="0123456789.,' -+*/^√x=~:%kMGiBs()eπ", max_size=60))
def test_any_arithmetic_is_read_or_asked_for_again(text: str) -> None:
    parsed = parse_number(text, "MB")
    assert isinstance(parsed, Unread) or math.isfinite(parsed.value)


PIECES = [
    *("9", "1 ", "1,", "1'", "1*", "1/", "1e", "1^1", "1 000 ", "2 x", "e^", ",000"),
    *("√(", "sqrt", "x=", "~", "-", "^", "²", "½", "ﷺ", "(", ": ", ", ", " of", " ", "k"),
    *("million ", " per second", "π", "s/", "a ", "the ", "\u0300", "٣", "$", "μ"),
]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("length", [MAX_ANSWER, 4_096])
def test_hostile_text_takes_no_time(piece: str, length: int) -> None:
    for start in ("", "1 ", "x = 1"):
        text = (start + piece * length)[:length]
        before = time.process_time()
        parse_number(text, "MB/s")
        assert time.process_time() - before < 0.05
