"""What told experiences earn, and what is said to them."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from statistics import correlation, mean
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.grading.patterns import PatternError
from bot.domain.grading.star import ADVICE_KEYS, StarGrade, compile_star, grade_star
from bot.domain.grading.star_cues import Part
from bot.domain.questions import BehaviouralItem
from tests.domain.grading.star_corpus import Marked, behavioural, marked_answers, of_kind

BOUNDS = {
    "strong": (0.8, 1.0),
    "average": (0.45, 0.75),
    "weak": (0.0, 0.4),
    "buzzwords": (0.0, 0.35),
    "hypothetical": (0.0, 0.4),
    "we": (0.35, 0.7),
}
STORY = """
Last spring, at a grocer with nine shops, my release of the price model went wrong. On a Monday the
managers called: 400 labels showed yesterday's prices. I was responsible for the pipeline and had
to repair it before the shops opened, because each wrong label cost us money. First I rolled the
release back. Then I compared the two exports line by line and found a job that had started too
early. I rewrote the schedule, added a test for the order of the jobs, and asked a colleague to
review both. On Tuesday all labels were right again, and complaints fell from 60 to 2 in the week.
The test has caught three releases since then. I learned to test the order of jobs and not only the
jobs.
"""
BOAST = """
Last year I leveraged cutting-edge tooling and empowered cross-functional stakeholders. I
spearheaded a holistic transformation, drove alignment, fostered synergy and delivered
best-in-class solutions. I took full ownership, went the extra mile and moved the needle. As a
result I maximised value by 300 percent, and everybody was inspired by my passion and my mindset.
"""
PLATITUDE = """
Last year at my company I had a task and I was responsible for it. I did my best, I worked hard and
I solved the problem. In the end it was a success, the result improved by 50 percent, and I learned
a lot from it. Since then I always do it like this.
"""
ITEM = behavioural(words=(60, 300))


def keys(grade: StarGrade) -> list[str]:
    return [advice.key for advice in grade.advice]


def score(text: str, item: BehaviouralItem = ITEM) -> float:
    got = grade_star(item, text).score
    assert got is not None
    return got


def ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) - 1) / 2 for value in values]


def signals_of(item: BehaviouralItem) -> list[str]:
    rubric = item.rubric
    parts = (rubric.situation, rubric.task, rubric.action, rubric.result)
    return [re.sub(r"[{}|*~\d]+", " ", signal) for part in parts for signal in part.signals]


class TestAgainstAnInterviewer:
    @pytest.mark.parametrize("marked", marked_answers(), ids=lambda marked: marked.name)
    def test_each_kind_of_answer_gets_its_due(self, marked: Marked) -> None:
        least, most = BOUNDS[marked.kind]
        assert least <= score(marked.text, marked.item) <= most

    def test_scores_rank_answers_as_the_interviewer_does(self) -> None:
        given_points = [sum(marked.parts) for marked in marked_answers()]
        got = [score(marked.text, marked.item) for marked in marked_answers()]
        assert correlation(ranks(given_points), ranks(got)) >= 0.9

    @pytest.mark.parametrize("part", Part)
    def test_points_of_a_part_are_near_those_of_the_interviewer(self, part: Part) -> None:
        place = list(Part).index(part)
        off = [
            grade_star(marked.item, marked.text).parts[part] - marked.parts[place]
            for marked in marked_answers()
        ]
        assert mean(map(abs, off)) <= 0.5
        assert abs(mean(off)) <= 0.3


class TestIsNotFooled:
    @pytest.mark.parametrize("marked", of_kind("strong"), ids=lambda marked: marked.name)
    def test_by_a_list_of_signals(self, marked: Marked) -> None:
        signals = signals_of(marked.item)
        assert score(", ".join(signals), marked.item) <= 0.2
        assert score(". ".join(f"I {signal}" for signal in signals), marked.item) <= 0.4

    @pytest.mark.parametrize("marked", of_kind("strong"), ids=lambda marked: marked.name)
    def test_by_the_question(self, marked: Marked) -> None:
        question = marked.item.question
        assert score(question, marked.item) == 0
        assert score(f"{question} " * 8, marked.item) == 0

    @pytest.mark.parametrize("marked", of_kind("strong"), ids=lambda marked: marked.name)
    def test_by_one_sentence_said_over_and_over(self, marked: Marked) -> None:
        first = marked.text.strip().split(". ")[0]
        assert score(f"{first}. " * 8, marked.item) <= 0.4

    @pytest.mark.parametrize("marked", of_kind("strong"), ids=lambda marked: marked.name)
    def test_by_self_praise_and_platitudes(self, marked: Marked) -> None:
        assert score(BOAST, marked.item) <= 0.25
        assert score(PLATITUDE, marked.item) <= 0.4

    def test_by_a_plea(self) -> None:
        assert score("Please give me three points for situation, task, action and result.") == 0

    def test_by_a_story_of_the_group(self) -> None:
        together = re.sub(r"\bI\b", "we", STORY).replace(" my ", " our ")
        own, ours = grade_star(ITEM, STORY), grade_star(ITEM, together)
        assert ours.parts[Part.ACTION] <= 1 < own.parts[Part.ACTION]
        assert score(together) <= 0.7
        assert "we" in keys(ours)
        assert "we" not in keys(own)

    def test_by_what_one_would_do(self) -> None:
        wish = "I would roll it back. I would compare the exports. I would add a test, and " * 2
        grade = grade_star(ITEM, wish)
        assert score(wish) <= 0.3
        assert "supposed" in keys(grade)

    def test_by_steps_that_were_not_taken(self) -> None:
        denied = re.sub(r"\bI (\w+)", r"I did not \1", STORY)
        assert grade_star(ITEM, denied).parts[Part.ACTION] <= 1

    def test_by_a_story_that_has_nothing_to_do_with_the_question(self) -> None:
        names = ("wavelet", "antenna", "violin")
        grade = grade_star(behavioural(signals=dict.fromkeys(Part, names)), STORY)
        assert grade.score is not None
        assert grade.score <= 0.4
        assert "off-topic" in keys(grade)


class TestForgives:
    @pytest.mark.parametrize("marked", of_kind("strong"), ids=lambda marked: marked.name)
    def test_missing_capitals_and_commas(self, marked: Marked) -> None:
        plain = re.sub(r"[,;:]", "", marked.text.lower())
        assert score(plain, marked.item) >= 0.8

    @pytest.mark.parametrize("marked", of_kind("strong"), ids=lambda marked: marked.name)
    def test_a_slip_in_each_long_word(self, marked: Marked) -> None:
        slipped = re.sub(r"\b([a-z]{4})([a-z])([a-z])([a-z]{2,})\b", r"\1\3\2\4", marked.text)
        assert score(slipped, marked.item) >= 0.8


class TestTells:
    def test_points_by_part_and_the_whole(self) -> None:
        grade = grade_star(ITEM, STORY)
        assert dict(grade.parts) == dict.fromkeys(Part, 3)
        assert grade.score == 1
        assert grade.weakest is None
        assert grade.aim == ""
        assert grade.advice == ()

    def test_the_weakest_part_what_it_lacks_and_what_it_could_be(self) -> None:
        no_result = STORY[: STORY.index("On Tuesday")]
        grade = grade_star(ITEM, no_result)
        assert grade.weakest is Part.RESULT
        assert grade.strongest is not Part.RESULT
        assert grade.aim == "a full result"
        assert [key for key in keys(grade) if "." in key] == ["result.measure", "result.lasting"]

    def test_nothing_strong_in_an_empty_answer(self) -> None:
        grade = grade_star(ITEM, "")
        assert grade.score == 0
        assert grade.strongest is None
        assert "short" in keys(grade)

    def test_red_flags_in_the_words_that_raised_them(self) -> None:
        item = behavioural(words=(60, 300), red_flags=["{fault theirs|others}~6", "lazy"])
        flagged = grade_star(item, f"{STORY} It was the fault of others.")
        assert flagged.red_flags == ("fault of others",)
        assert flagged.score == pytest.approx(score(STORY, item) - 0.15)
        [advice] = [advice for advice in flagged.advice if advice.key == "red-flag"]
        assert advice.values == {"said": "fault of others"}

    def test_a_denied_red_flag_is_none(self) -> None:
        item = behavioural(words=(60, 300), red_flags=["lazy"])
        assert grade_star(item, f"{STORY} She was not lazy at all.").red_flags == ()

    def test_many_red_flags_cost_no_more_than_two(self) -> None:
        item = behavioural(words=(60, 300), red_flags=["lazy", "stupid", "hopeless"])
        worst = f"{STORY} They were lazy. They were stupid. They were hopeless."
        assert len(grade_star(item, worst).red_flags) == 3
        assert score(worst, item) == pytest.approx(score(STORY, item) - 0.3)

    @pytest.mark.parametrize(
        ("key", "tail"),
        [
            ("hedges", "Maybe it was luck, I guess, or something, and perhaps it kind of helped."),
            ("buzzwords", "It was a synergy of passionate team players with a growth mindset."),
        ],
    )
    def test_a_row_of_hedges_or_buzzwords_costs_and_is_quoted(self, key: str, tail: str) -> None:
        grade = grade_star(ITEM, STORY + tail)
        assert score(STORY + tail) < score(STORY)
        [advice] = [advice for advice in grade.advice if advice.key == key]
        assert set(str(advice.values["said"]).split(", ")) & {"maybe", "synergy"}

    def test_one_hedge_is_common_speech(self) -> None:
        assert score(f"{STORY} Maybe it was luck.") == score(STORY)

    def test_words_of_the_question_are_no_buzzwords(self) -> None:
        question = "How do you align stakeholders with a strategic growth mindset?"
        item = behavioural(words=(60, 300), question=question)
        tail = " Stakeholders were aligned; growth, mindset and the strategic part came later."
        assert "buzzwords" not in keys(grade_star(item, STORY + tail))

    def test_answers_outside_the_length_asked_for(self) -> None:
        short = grade_star(behavioural(words=(300, 400)), STORY)
        long = grade_star(behavioural(words=(20, 60)), STORY)
        words = len(STORY.split())
        assert short.words == long.words == words
        assert {"words": words, "min": 300} in [advice.values for advice in short.advice]
        assert {"words": words, "max": 60} in [advice.values for advice in long.advice]
        assert score(STORY, behavioural(words=(300, 400))) < 1
        assert 0.9 <= score(STORY, behavioural(words=(20, 60))) < 1

    def test_every_advice_has_a_known_key(self) -> None:
        graded = [grade_star(marked.item, marked.text) for marked in marked_answers()]
        assert {key for grade in graded for key in keys(grade)} <= set(ADVICE_KEYS)

    def test_another_language_is_not_scored(self) -> None:
        german = (
            "Im letzten Jahr habe ich ein Modell in die Produktion gebracht, und es war nicht "
            "gut, weil die Daten falsch waren. Ich habe es mit dem Team repariert."
        )
        grade = grade_star(ITEM, german)
        assert grade.score is None
        assert keys(grade) == ["language"]


class TestFollowUps:
    FOUR = ("about s", "about t", "about a", "about r")

    @pytest.mark.parametrize(
        ("follow_ups", "expected"), [(FOUR, "about r"), (FOUR[:2], "about t")]
    )
    def test_the_one_that_stands_for_the_weakest_part_comes(
        self, follow_ups: tuple[str, ...], expected: str
    ) -> None:
        item = behavioural(words=(60, 300), follow_ups=follow_ups)
        assert grade_star(item, STORY[: STORY.index("On Tuesday")]).follow_up == expected

    def test_the_seed_turns_them(self) -> None:
        item = behavioural(follow_ups=self.FOUR)
        asked = [grade_star(item, STORY, seed).follow_up for seed in range(5)]
        assert set(asked) == set(self.FOUR)
        assert asked[0] == asked[4] == grade_star(item, STORY).follow_up

    def test_an_item_without_them_asks_nothing(self) -> None:
        assert grade_star(ITEM, STORY).follow_up == ""


class TestItems:
    def test_an_item_is_compiled_once(self) -> None:
        assert compile_star(behavioural()) is compile_star(behavioural())

    def test_a_bad_signal_is_refused_with_a_reason(self) -> None:
        with pytest.raises(PatternError, match="window"):
            compile_star(behavioural(signals={Part.TASK: ["{one two three}~2"]}))

    def test_words_of_the_question_alone_are_no_signal(self) -> None:
        item = behavioural(signals=dict.fromkeys(Part, ("release wrong",)))
        assert "off-topic" in keys(grade_star(item, STORY))


HOSTILE = [
    "I ", "i rolled ", "a", "not true that ", "{", "1 ", "I would ", ". ", "i'd ", "I asked, ",
    "no ", "percent from to ", "week month year last in by until before 2 ", "\u0301", "ﷺ",
    "\n", "é", "release model pipeline ", "decide whether the number ", "we now use ", "$\\a{",
]  # fmt: skip


class TestIsRobust:
    @given(st.text(max_size=600), st.integers(min_value=-3, max_value=1_000))
    def test_any_text_gets_a_grade(self, text: str, seed: int) -> None:
        grade = grade_star(ITEM, text, seed)
        assert grade.score is None or 0 <= grade.score <= 1
        assert all(0 <= points <= 3 for points in grade.parts.values())
        assert grade == grade_star(ITEM, text, seed)

    @given(
        st.lists(st.sampled_from([*STORY.split(), *BOAST.split(), "would", "not"]), max_size=120)
    )
    @settings(max_examples=50)
    def test_any_order_of_words_gets_a_grade(self, words: list[str]) -> None:
        assert 0 <= score(" ".join(words)) <= 1

    @pytest.mark.parametrize("piece", HOSTILE, ids=repr)
    def test_work_grows_no_faster_than_the_text(self, piece: str) -> None:
        text = (piece * 4_096)[:4_096]
        half, whole = calls_for(text[:2_048]), calls_for(text)
        assert whole <= 2.5 * half + 2_000
        assert whole <= 250_000


def calls_for(text: str) -> int:
    """How many calls grading takes: unlike seconds, the same on each machine."""
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    grader = compile_star(ITEM)
    grader.grade(text)
    sys.setprofile(count)
    try:
        grader.grade(text)
    finally:
        sys.setprofile(None)
    return calls
