"""What speaks for each part of a told experience."""

from __future__ import annotations

import pytest

from bot.domain.grading.star_cues import Part
from bot.domain.grading.star_evidence import LEVELS, Evidence, weigh
from bot.domain.grading.star_story import read_story

NO_SIGNALS = dict.fromkeys(Part, 0)
BEGINNING = "I built the parser. I wrote the tests for it. I asked the others to read them. "
END = " I built the parser. I wrote the tests for it. I asked the others to read them."


def kinds(answer: str, part: Part) -> frozenset[str]:
    story = read_story(answer, frozenset())
    return weigh(story, NO_SIGNALS)[part].kinds


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Last spring it broke.", "when"),
        ("In March 2022 it broke.", "when"),
        ("It broke in 2021.", "when"),
        ("Two years ago it broke.", "when"),
        ("One evening it broke.", "when"),
        ("It broke at a grocer.", "place"),
        ("My previous employer had a plant.", "place"),
        ("The director was worried.", "people"),
        ("It had 3,100 rows.", "detail"),
    ],
)
def test_a_situation_has_a_time_a_place_people_and_numbers(sentence: str, kind: str) -> None:
    assert kind in kinds(sentence + END, Part.SITUATION)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("I was responsible for the ranker.", "duty"),
        ("My manager asked me to look at it.", "duty"),
        ("It was my job.", "duty"),
        ("I had to find the cause.", "aim"),
        ("The goal was to halve the error.", "aim"),
        ("It was due by Friday.", "deadline"),
        ("I had six weeks.", "deadline"),
        ("If not, we risked the contract; it was urgent.", "stakes"),
    ],
)
def test_a_task_has_a_duty_an_aim_a_deadline_and_stakes(sentence: str, kind: str) -> None:
    assert kind in kinds(sentence + END, Part.TASK)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The error fell.", "outcome"),
        ("She approved it.", "outcome"),
        ("The error fell from 8 to 6 percent.", "measure"),
        ("The bill was halved and fell.", "measure"),
        ("It is still in use.", "lasting"),
        ("We now check it before each release.", "lasting"),
        ("I learned to ask first.", "lesson"),
        ("The customer was happy with it.", "recognition"),
    ],
)
def test_a_result_has_an_outcome_a_measure_and_what_lasts(sentence: str, kind: str) -> None:
    assert kind in kinds(BEGINNING + sentence, Part.RESULT)


@pytest.mark.parametrize(
    ("answer", "part", "kind"),
    [
        (f"The error fell from 8 to 6 percent. {BEGINNING * 2}", Part.RESULT, "measure"),
        (f"{END * 2} Last spring it broke.", Part.SITUATION, "when"),
    ],
)
def test_each_part_is_looked_for_in_its_place(answer: str, part: Part, kind: str) -> None:
    assert kind not in kinds(answer, part)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("It did not improve.", "outcome"),
        ("The error would fall from 8 to 6 percent.", "measure"),
        ("I learn quickly.", "lesson"),
        ("The error fell in 2021.", "measure"),
    ],
)
def test_denials_wishes_habits_and_years_are_no_results(sentence: str, kind: str) -> None:
    assert kind not in kinds(BEGINNING + sentence, Part.RESULT)


def test_what_the_group_did_weighs_less_than_what_the_speaker_did() -> None:
    def weight(answer: str) -> float:
        story = read_story(answer, frozenset())
        return weigh(story, NO_SIGNALS)[Part.ACTION].weight

    steps = "{0} rebuilt the small index. {0} tested the new service. {0} wrote the old report."
    assert weight(steps.format("I")) > 3 * weight(steps.format("We")) > 0


@pytest.mark.parametrize("part", Part)
def test_points_rise_with_the_weight(part: Part) -> None:
    points = [Evidence(level, frozenset()).points(part) for level in (0.0, *LEVELS[part])]
    assert points == [0, 1, 2, 3]
