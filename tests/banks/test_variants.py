"""Dealing the variants of parametrised items."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.banks.variants import Recipe, VariantError, deal_variants
from bot.domain.questions import ParamItem, Tolerance
from tests.banks.writing import PARAM, findings_in, load, write

GOLDEN = [(3, 2), (2, 9), (5, 9), (5, 4), (5, 2), (3, 4)]


def recipe(**changes: object) -> Recipe:
    """`a / b` for a few values."""
    parts: dict[str, object] = {
        "seed": "math.numerics.0001/1",
        "params": {"a": [1, 2, 3, 5, 7], "b": [2, 4, 9]},
        "where": "True",
        "answer": "a / b",
        "traps": (("b / a", "Upside down: {b}/{a}."),),
        "tolerance": Tolerance(rel=0.01),
        "count": 6,
        "question": "What is {a}/{b}?",
        "explanation": "{answer:.3g}",
        "code": "print(f'{a}', {b}, {other}, '{a:x}')",
        "details": "",
        "hints": ("{a} over {b}",),
    }
    return Recipe(**(parts | changes))  # type: ignore[arg-type] # each part has its own type


def test_a_variant_has_everything_worked_out(tmp_path: Path) -> None:
    item = load(tmp_path, PARAM).items["prog.python.0004"]
    assert isinstance(item, ParamItem)
    assert len(item.variants) == 12
    for index, variant in enumerate(item.variants):
        n, width, share = (variant.values[name] for name in ("n", "width", "share"))
        assert variant.index == index
        assert variant.answer == n * width**2 * (1 - share)
        assert f"{n} layers of width {width:,}. {share * 100:g} % of them" in variant.question
        assert variant.explanation.endswith(f"= {variant.answer:.3g}.")
        assert variant.traps[0].value == n * width**2
        assert variant.traps[0].why == f"{share * 100:g} % are frozen."


def test_a_dealt_item_is_the_numeric_item_of_its_variant(tmp_path: Path) -> None:
    item = load(tmp_path, PARAM).items["prog.python.0004"]
    assert isinstance(item, ParamItem)
    dealt = item.dealt(13)
    assert (dealt.id, dealt.answer) == (item.id, item.variants[1].answer)
    assert dealt.question == item.variants[1].question


def test_variants_are_the_same_for_ever() -> None:
    """Golden: a change of this order would change questions that people have open."""
    dealt = deal_variants(recipe())
    assert [tuple(variant.values.values()) for variant in dealt] == GOLDEN


def test_another_item_or_revision_is_dealt_in_another_order() -> None:
    orders = {
        tuple(tuple(v.values.items()) for v in deal_variants(recipe(seed=seed)))
        for seed in ("math.numerics.0001/1", "math.numerics.0001/2", "math.numerics.0002/1")
    }
    assert len(orders) == 3


def test_the_order_in_which_values_are_declared_does_not_matter() -> None:
    turned = {"b": [9, 4, 2], "a": [7, 5, 3, 2, 1]}
    assert deal_variants(recipe(params=turned)) == deal_variants(recipe())


def test_more_variants_leave_those_before_as_they_are() -> None:
    assert deal_variants(recipe(count=8))[:6] == deal_variants(recipe())


@given(
    st.lists(st.integers(1, 60), min_size=2, max_size=6, unique=True),
    st.lists(st.integers(1, 60), min_size=2, max_size=6, unique=True),
    st.sampled_from([Tolerance(rel=0.02), Tolerance(abs=0.1), Tolerance(rel=0.01, abs=0.05)]),
)
def test_answers_differ_and_no_trap_lies_within_the_tolerance(
    a: list[int], b: list[int], tolerance: Tolerance
) -> None:
    try:
        dealt = deal_variants(recipe(params={"a": a, "b": b}, tolerance=tolerance, count=2))
    except VariantError:  # too few of these numbers differ
        return
    for one, other in combinations(dealt, 2):
        assert not tolerance.allows(one.answer, other.answer)
        assert not tolerance.allows(other.answer, one.answer)
    for variant in dealt:
        assert not any(tolerance.allows(trap.value, variant.answer) for trap in variant.traps)


def test_braces_of_code_are_its_own_unless_they_hold_a_parameter() -> None:
    variant = deal_variants(recipe())[0]
    a, b = variant.values["a"], variant.values["b"]
    assert variant.code == f"print(f'{a}', {b}, {{other}}, '{{a:x}}')"


def test_a_condition_rules_combinations_out() -> None:
    assert all(v.values["a"] > 2 for v in deal_variants(recipe(where="a > 2")))


@pytest.mark.parametrize(
    ("changes", "where", "what"),
    [
        ({"count": 16}, "variants", "only 13 of 16 variants can be dealt; left out: "),
        ({"where": "a > 9"}, "variants", "0 of 6 variants can be dealt; left out: 15 ruled out"),
        ({"answer": "a * 0"}, "variants", "answered like another variant"),
        ({"traps": (("a / b", "x"),)}, "variants", "15 with a trap within the tolerance"),
        ({"answer": "a / c"}, "answer", "`c` is unknown in `answer`"),
        ({"answer": "a +"}, "answer", "`a +` is not a formula"),
        ({"answer": "a / (b - 4)"}, "answer", "cannot be worked out"),
        ({"where": "a > answer"}, "where", "`answer` is unknown in `where`"),
        ({"question": "{c}"}, "question", "`c` is unknown in `question`"),
        ({"question": "{answer}"}, "question", "`answer` is unknown in `question`"),
        ({"question": "{a"}, "question", "braces do not match"),
        ({"question": "{a:>30}"}, "question", "no such format"),
        ({"explanation": "{a!r}"}, "explanation", "no such format"),
        ({"hints": ("{answer}",)}, "hints", "`answer` is unknown in `hints`"),
        ({"traps": (("c", "x"),)}, "traps", "`c` is unknown in `traps`"),
        ({"params": {"a": [1, 1], "b": [2]}}, "params", "lists a value twice"),
        ({"params": {"a": [1, 2], "b": [2], "pi": [3]}}, "params", "cannot name a parameter"),
        ({"params": {"a": [1, 2], "b": [2], "log": [3]}}, "params", "cannot name a parameter"),
        ({"params": {"a": [1, 2], "b": [2], "answer": [3]}}, "params", "cannot name a parameter"),
        ({"params": {"a": [1, 2], "b": [2], "a-b": [3]}}, "params", "cannot name a parameter"),
        (
            {"params": {name: list(range(1, 101)) for name in "abc"}},
            "params",
            "1000000 combinations",
        ),
    ],
)
def test_what_cannot_be_dealt_is_said(changes: dict[str, object], where: str, what: str) -> None:
    with pytest.raises(VariantError) as error:
        deal_variants(recipe(**changes))
    assert error.value.complaint.where[0] == where
    assert what in error.value.complaint.what


def test_a_division_by_zero_names_the_numbers() -> None:
    with pytest.raises(VariantError, match="division by zero for a = 1, b = 0"):
        deal_variants(recipe(params={"a": [1], "b": [0]}))


def test_shortage_is_found_at_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, PARAM.replace("variants = 12", "variants = 99"))
    (finding,) = findings_in(tmp_path)
    assert "of 99 variants" in finding.what
    assert path.read_text().splitlines()[finding.line - 1] == "variants = 99"
