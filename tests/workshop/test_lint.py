"""Lint finds every way in which a bank gives its keys away, and leaves a fair bank alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.grading.rubrics import Concept, ConceptRubric, Example
from bot.domain.questions import (
    ChoiceItem,
    KeywordItem,
    Option,
    ParamItem,
    Proof,
    Tolerance,
    Variant,
)
from bot.workshop.lint import lint
from bot.workshop.remarks import Level, Measure, Report
from tests.workshop.banks import bank_of, many, single

WORDS = "amber birch cedar dunes ember fjord grove heath islet jetty knoll ledge marsh".split()


def words(dice: random.Random, count: int) -> str:
    return " ".join(dice.sample(WORDS, count))


def fair(number: int) -> ChoiceItem:
    """Options of chance lengths, the key anywhere."""
    dice = random.Random(number)
    texts = [f"{words(dice, 5)} {place * dice.randint(1, 6)}" for place in "wxyz"]
    return single(number, texts, dice.randrange(4))


def broken(report: Report) -> set[str]:
    return {m.rule for m in report.measures if not m.holds}


def measure(report: Report, rule: str, where: str = "all areas") -> Measure:
    [found] = [m for m in report.measures if (m.rule, m.where) == (rule, where)]
    return found


def rules(*items: ChoiceItem | ParamItem) -> list[tuple[Level, str]]:
    return [(remark.level, remark.rule) for remark in lint(bank_of(items)).remarks]


def test_a_fair_bank_passes() -> None:
    report = lint(many(fair))
    assert broken(report) == set()
    assert report.remarks == ()
    assert not report.failed


def longest_key(number: int) -> ChoiceItem:
    dice = random.Random(number)
    texts = [words(dice, 3) for _ in range(4)]
    key = dice.randrange(4)
    texts[key] += " and a saving clause"
    return single(number, texts, key)


def never_longest(number: int) -> ChoiceItem:
    """The key is one of the two that are neither long nor short."""
    dice = random.Random(number)
    return single(number, [words(dice, n) + f" {n}k" for n in (2, 4, 5, 7)], dice.choice([1, 2]))


def hedged_key(number: int) -> ChoiceItem:
    item = fair(number)
    options = tuple(
        replace(o, text=f"{'usually' if o.correct else 'always'} {o.text}") for o in item.options
    )
    return replace(item, options=options)


def echoing_key(number: int) -> ChoiceItem:
    item = fair(number)
    [key] = item.key
    return replace(item, question=f"Where do {item.options[key].text} grow, number {number}?")


def middle_number(number: int) -> ChoiceItem:
    values = [f"{number * 10 + step} m" for step in range(4)]
    return single(number, values, 1 + number % 2, order="ascending")


def always_b(number: int) -> ChoiceItem:
    item = fair(number)
    options = sorted(item.options, key=lambda option: option.correct)
    options.insert(1, options.pop())
    return replace(item, options=tuple(options), order="fixed")


def negative(number: int) -> ChoiceItem:
    item = fair(number)
    return replace(item, question=f"{item.question} Which does NOT belong, {number}?")


def three_of_six(number: int) -> ChoiceItem:
    item = fair(number)
    options = tuple(
        Option(f"{word} {number}", place < 3, "" if place < 3 else "Because.")
        for place, word in enumerate(WORDS[:6])
    )
    return replace(item, options=options, multi=True)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (three_of_six, "right options told by their usual number"),
        (longest_key, "guesser"),
        (longest_key, "trick: longest"),
        (longest_key, "key the longest"),
        (longest_key, "key much longer"),
        (never_longest, "guesser that learns"),
        (hedged_key, "absolute words in distractors"),
        (hedged_key, "hedges in keys"),
        (echoing_key, "key shares the stem's words"),
        (middle_number, "key's rank among numbers"),
        (always_b, "key's place, fixed order"),
        (negative, "NOT / EXCEPT stems"),
    ],
)
def test_every_trick_is_found(make: Callable[[int], ChoiceItem], rule: str) -> None:
    assert rule in broken(lint(many(make)))


def test_only_grave_measures_fail_the_bank() -> None:
    assert lint(many(longest_key)).failed
    assert not lint(many(negative)).failed


def test_an_area_is_judged_by_itself() -> None:
    report = lint(many(longest_key))
    assert not measure(report, "guesser", "statistics").holds
    assert measure(report, "key the longest", "neural").holds


def test_chance_is_what_the_number_of_options_gives() -> None:
    report = lint(many(lambda n: single(n, ("a", "b"), n % 2)))
    assert "(chance 50.0%)" in measure(report, "guesser").measured


def test_a_sound_item_earns_no_remark() -> None:
    assert rules(single(1)) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"refs": ()}, (Level.WARN, "no source")),
        ({"proof": None}, (Level.WARN, "no proof")),
        ({"question": "Which of them does not fit?"}, (Level.WARN, "negative stem")),
        ({"question": "why " * 76}, (Level.FAIL, "poll")),
        ({"explanation": "so " * 67}, (Level.FAIL, "poll")),
        ({"code": "x" * 1_025}, (Level.FAIL, "poll")),
        ({"question": "What is $\\frac{1}$?"}, (Level.FAIL, "formula")),
        ({"question": "What is $\\nonsense{1}$?"}, (Level.FAIL, "formula")),
        ({"explanation": "Since $x^2 > 0$."}, (Level.WARN, "formula")),
        ({"formula_text": "x squared"}, (Level.WARN, "formula")),
        ({"proof": Proof("python", code="result = [0]")}, (Level.FAIL, "empty proof")),
        ({"question": "$x^2$?", "code": "y" * 900}, (Level.WARN, "caption")),
    ],
)
def test_what_is_amiss_in_an_item(changes: dict[str, object], said: tuple[Level, str]) -> None:
    assert rules(single(1, **changes)) == [said]  # type: ignore[arg-type]  # any field


def test_what_does_not_fit_a_poll_may_say_so() -> None:
    assert rules(single(1, question="why " * 76, poll=False)) == []


def test_a_formula_counts_as_it_is_read() -> None:
    long_tex = "Is $" + r"\mathbf{x}" * 30 + "$ right?"
    assert rules(single(1, question=long_tex)) == []


def test_a_key_much_longer_than_the_rest_is_named() -> None:
    texts = ("a key with several words more", "one short text", "another text", "a third")
    assert rules(single(1, texts)) == [(Level.WARN, "long key")]
    assert rules(single(1, ("12", "8", "6"))) == []


def test_a_proof_that_repeats_the_formula_proves_nothing() -> None:
    item = ParamItem(
        id="stat.gaussian.0001",
        rev=1,
        area_id="statistics",
        topic_id="gaussian",
        difficulty=2,
        question="How far?",
        explanation="So far.",
        refs=single(1).refs,
        proof=Proof("python", code="result = (a + b) * sqrt(a)"),
        tolerance=Tolerance(rel=0.01),
        formula="(a+b)*sqrt(a)",
        variants=(Variant(0, {"a": 1.0, "b": 2.0}, "How far?", "So far.", 3.0),),
    )
    assert rules(item) == [(Level.WARN, "proof by itself")]


def test_items_that_ask_the_same_are_paired() -> None:
    stem = "Which estimator of the variance is unbiased for a sample from a normal population?"
    texts = ("divide by n", "divide by n − 1", "divide by n + 1")
    one = single(1, texts, 1, stem)
    assert rules(one, single(2, texts, 1, stem)) == [(Level.FAIL, "near-duplicate")]
    akin = stem.replace("unbiased", "consistent")
    other = single(2, ("the sample range", "the midrange", "divide by n − 1"), 1, akin)
    assert rules(one, other) == [(Level.WARN, "near-duplicate")]


def test_a_remark_names_file_line_and_remedy() -> None:
    [remark] = lint(bank_of([single(12, refs=())])).remarks
    told = remark.told(__import__("pathlib").Path("banks"))
    assert told.startswith("banks/statistics/gaussian.toml:12: warn: stat.gaussian.0012: ")
    assert told.endswith("(add refs) [no source]")


def keyword(pattern: str) -> KeywordItem:
    """An item with one concept and one example."""
    return KeywordItem(
        id="stat.gaussian.0001",
        rev=1,
        area_id="statistics",
        topic_id="gaussian",
        difficulty=2,
        question="Why does the network not learn?",
        explanation="So it is.",
        refs=single(1).refs,
        proof=Proof("examples"),
        rubric=ConceptRubric(need=1.0, concepts=(Concept(id="c", label="c", any=(pattern,)),)),
        examples=(Example("The gradients vanish, as the units saturate early.", min=0.5),),
    )


@pytest.mark.parametrize(
    "pattern",
    [
        "vanish* gradient*|gradient* vanish*",
        "early stop*|weight decay",
        "self made|weak-label* net",
    ],
)
def test_phrases_between_bare_bars_are_named(pattern: str) -> None:
    [remark] = lint(bank_of([keyword(pattern)])).remarks
    assert (remark.level, remark.rule) == (Level.WARN, "alternatives per word")
    assert pattern in remark.what


@pytest.mark.parametrize(
    "pattern",
    [
        "gradient*",
        "unit* saturat*|vanish* early|late",
        "vanish*|fade gradient*|slope*",
        "no single|one any weight*",
        "self-reinforc*|self-fulfil*",
        "{vanish* gradient*|slope*}~4",
        "learn*|train {vanish* gradient*}~3",
    ],
)
def test_honest_alternatives_are_left_alone(pattern: str) -> None:
    assert lint(bank_of([keyword(pattern)])).remarks == ()


def test_a_catch_all_is_what_the_guesser_picks() -> None:
    def catch_all(number: int) -> ChoiceItem:
        item = fair(number)
        options = tuple(Option("all of these", True) if o.correct else o for o in item.options)
        return replace(item, options=options)

    assert "trick: catch-all" in broken(lint(many(catch_all)))
