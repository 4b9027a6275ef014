"""Numbers among words: what only says what the number is, and what would change it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.grading.grade import Grade
from bot.domain.grading.numeric import Unread, grade_numeric
from bot.domain.questions import Tolerance, Trap
from tests.domain.grading.items import numeric

RIGHT = [
    (6, "servers", "6 machines"),
    (6, "servers", "6 servers needed"),
    (6, "servers", "6 in total"),
    (6, "servers", "we need 6"),
    (101, "million weights", "101 million parameters"),
    (300, "pixels", "300 px"),
    (16384, "units", "16384 hidden units"),
    (3910, "updates", "3910 steps"),
    (920, "", "920 replacements"),
    (139, "degrees of freedom", "139 df"),
    (1120, "FFTs", "1120 1-D FFTs"),
    (12, "", "12 times as many"),
    (12, "", "12 times larger"),
    (12, "", "12-fold"),
    (12, "", "a 12-fold increase"),
    (12, "", "by a factor of 12"),
    (12, "", "factor 12"),
    (12, "", "12 or so"),
    (12, "%", "12 % higher"),
    (12, "%", "12 % of the keys"),
    (12, "%", "a 12 % chance"),
    (12, "%", "12 per cent"),
    (12, "%", "12 out of 100"),
    (12.5, "%", "1 in 8"),
    (0.125, "", "1 in 8 cases"),
    (3, "", "3 (rounded)"),
    (33.3, "%", "33.3 (rounded to 3 digits)"),
    (0.0446, "", "0.0446 (4.46 %)"),
    (0.0446, "", "4.46 % (0.0446)"),
    (0.0446, "", "0.0446, i.e. 4.46 %"),
    (2, "GiB", "2 GiB (2048 MiB)"),
    (2, "GiB", "2 GiB memory in total"),
    (176, "", "bin 176"),
    (148, "samples", "step 148"),
    (148, "samples", "sample 148"),
    (28.6, "months", "after 28.6 months"),
    (28.6, "months", "28.6 mo"),
    (28.6, "months", "2.383 years"),
    (28.6, "months", "870.5 days"),
    (3, "", "about 3"),
    (3, "", "x = 3"),
    (3, "", "the answer is 3"),
    (3, "", "I get **3**"),
    (3, "GiB", "**3** GiB"),
    (640, "€", "€640 in total"),
    (5e6, "$", "$5 million"),
    (123, "requests/s", "123 rps"),
    (123, "requests/s", "123 req/s"),
    (123, "requests/s", "123 /s"),
    (123, "requests/s", "123/s"),
    (123, "requests/s", "123 per second"),
    (123, "requests/s", "123 a second"),
    (123, "requests/s", "123 requests"),
    (123, "requests/s", "7380 requests per minute"),
    (246, "tokens/s", "246 tok/s"),
    (246, "tokens/s", "246 t/s"),
    (246, "tokens/s", "246 tps"),
    (246, "tokens/s", "246 tokens"),
    (24_600, "tokens/s", "24.6k/s"),
    (24_600, "tokens/s", "24.6 k tokens per second"),
    (9, "kbit/s", "9 kbits/s"),
    (1.27, "bits per byte", "1.27 bpb"),
    (62.5, "percentage points", "62.5 p.p."),
    (62.5, "percentage points", "62.5 ppt"),
    (62.5, "percentage points", "62.5 pts"),
    (62.5, "percentage points", "62.5 points"),
    (62.5, "percentage points", "62.5 % points"),
    (2.01, "standard errors", "2.01 SE"),
    (5.23, "standard deviations", "5.23 SD"),
    (5.23, "standard deviations", "5.23 s.d."),
    (5.23, "standard deviations", "5.23 σ"),
    (5.23, "standard deviations", "5.23 sigma"),
    (100.663296, "million weights", "100663296"),
    (100.663296, "million weights", "101e6"),
    (100.663296, "million weights", "100,663,296 weights"),
    (15.8, "billion parameters", "15.8e9"),
]

OF_ITS_QUESTION = [
    ("How many bits per character is that?", 0.647, "bits", "0.647 bits per character"),
    ("How many bits per character is that?", 0.647, "bits", "0.647 bpc"),
    ("How many users does each arm need?", 29_800, "users", "29,800 users per arm"),
    ("What is the rent of the flats?", 640, "€", "640 € per flat"),
    ("What is the median of these times?", 4, "s", "the median is 4 s"),
    ("By how many dB is it lower?", 1.43, "dB", "1.43 dB lower"),
    ("By what factor does the time shrink?", 8, "", "8 times smaller"),
]

ASKED_AGAIN = [
    ("6", "servers", "6 or 7 machines", "several"),
    ("6", "servers", "6 or more", "words"),
    ("6", "servers", "at least 6", "words"),
    ("6", "servers", "not 6 servers", "words"),
    ("6", "servers", "6, I am not sure", "words"),
    ("6", "servers", "6 isn't right", "words"),
    ("6", "servers", "6 dozen", "words"),
    ("6", "servers", "6 and a half", "words"),
    ("6", "servers", "6 %", "unit"),
    ("6", "servers", "6 percent", "unit"),
    ("6", "servers", "6 GB", "unit"),
    ("6", "servers", "6 servers per shard", "unit"),
    ("6", "servers", "6 out of 8", "several"),
    ("6", "servers", "6 inches", "unit"),
    ("6", "servers", "6 " + "x" * 40, "unit"),
    ("6", "servers", "6 " + "so so " * 40, "words"),
    ("6", "", "6 ln two", "words"),
    ("6", "", "σ(6)", "words"),
    ("6", "", "6 lower", "words"),
    ("6", "", "6 (7)", "several"),
    ("6", "", "6 in 3", "several"),
    ("0.7", "", "0.7 in 10 trials", "several"),
    ("0.06", "", "6 % higher", "words"),
    ("20", "%", "1.2 times as long", "words"),
    ("20", "min", "20 commits", "unit"),
    ("20", "MB", "20 MB per second", "unit"),
    ("20", "requests/s", "20 rpm", "unit"),
    ("20000", "requests/s", "20 krequests/s", "unit"),
    ("12", "%", "12 % lower", "words"),
]


@pytest.mark.parametrize(("answer", "unit", "text"), RIGHT)
def test_words_that_only_say_what_the_number_is_do_no_harm(
    answer: float, unit: str, text: str
) -> None:
    assert grade_numeric(numeric(answer, unit), text) == Grade(1.0)


@pytest.mark.parametrize(("question", "answer", "unit", "text"), OF_ITS_QUESTION)
def test_words_of_the_question_may_be_repeated(
    question: str, answer: float, unit: str, text: str
) -> None:
    item = replace(numeric(answer, unit), question=question)
    assert grade_numeric(item, text) == Grade(1.0)


@pytest.mark.parametrize(("answer", "unit", "text", "why"), ASKED_AGAIN)
def test_words_that_could_change_a_number_are_asked_about(
    answer: str, unit: str, text: str, why: str
) -> None:
    unread = grade_numeric(numeric(float(answer), unit), text)
    assert isinstance(unread, Unread)
    assert unread.why == why


@pytest.mark.parametrize(("answer", "unit", "text"), RIGHT)
def test_the_same_words_make_no_wrong_number_right(answer: float, unit: str, text: str) -> None:
    for wrong in (answer * 1.5, answer * 1000, -answer):
        grade = grade_numeric(numeric(wrong, unit), text)
        assert isinstance(grade, Unread) or grade.score == 0


@pytest.mark.parametrize(("answer", "unit", "text"), RIGHT)
def test_the_same_words_let_nobody_out_of_a_trap(answer: float, unit: str, text: str) -> None:
    item = numeric(answer * 1.5, unit, traps=(Trap(answer, "Caught."),))
    assert grade_numeric(item, text) in (Grade(0.0, ("Caught.",)), Unread("several", text))


def test_a_direction_that_the_question_does_not_ask_for_is_asked_about() -> None:
    item = replace(numeric(12, "%"), question="By how many percent is it lower?")
    assert grade_numeric(item, "12 % lower") == Grade(1.0)
    assert grade_numeric(item, "12 % higher") == Unread("words", "% higher")


def test_a_trap_goes_before_a_number_in_ones() -> None:
    item = numeric(23.9, "thousand rows", traps=(Trap(23_900, "In thousands."),))
    assert grade_numeric(item, "23900") == Grade(0.0, ("In thousands.",))


def test_two_numbers_of_which_one_is_right_are_asked_about() -> None:
    item = replace(numeric(24.2), tolerance=Tolerance(abs=0.01))
    assert isinstance(grade_numeric(item, "24.2 (24.25)"), Unread)
    assert grade_numeric(item, "24.2 (24.201)") == Grade(1.0)
    assert grade_numeric(item, "25.2 (25.201)") == Grade(0.0)
