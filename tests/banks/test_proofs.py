"""Every key of ours that can be proved is proved: the proof beside it gives the same answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.banks.loader import load_bank
from bot.domain.expressions import evaluate
from bot.domain.questions import ChoiceItem, Item, NumericItem, ParamItem
from bot.services.grading import FreeText, Graders, score_of

OURS = Path(__file__).parents[2] / "question_banks"
RUNNER = """
import contextlib, io, json, sys
code, cases = json.load(sys.stdin)
results = []
for values in cases:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        space = dict(values)
        exec(code, space)
    results.append([space.get("result"), out.getvalue()])
print(json.dumps(results))
"""


@cache
def our_items() -> Mapping[str, Item]:
    return load_bank(OURS).items


def proved_by(kind: str) -> list[str]:
    return sorted(i.id for i in our_items().values() if i.proof and i.proof.kind == kind)


def run(code: str, cases: list[Mapping[str, float]]) -> list[tuple[Any, str]]:
    """Runs a snippet in a process of its own, once for each set of variables."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUNNER],
        input=json.dumps([code, [dict(case) for case in cases]]),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [(result, out) for result, out in json.loads(done.stdout)]


@pytest.mark.parametrize("item_id", proved_by("stdout"))
def test_the_code_prints_the_key_and_no_distractor(item_id: str) -> None:
    item = our_items()[item_id]
    assert isinstance(item, ChoiceItem)
    [(_, printed)] = run(item.code, [{}])
    same = [option.correct for option in item.options if option.text == printed.strip()]
    assert same == [True], printed


@pytest.mark.parametrize("item_id", proved_by("expr"))
def test_the_expression_gives_the_answer(item_id: str) -> None:
    item = our_items()[item_id]
    assert isinstance(item, NumericItem)
    assert item.proof
    assert item.tolerance.allows(float(evaluate(item.proof.expr, {})), item.answer)


@pytest.mark.parametrize("item_id", proved_by("python"))
def test_the_snippet_gives_the_answer(item_id: str) -> None:
    item = our_items()[item_id]
    assert item.proof
    if isinstance(item, ParamItem):
        results = run(item.proof.code, [variant.values for variant in item.variants])
        for (result, _), variant in zip(results, item.variants, strict=True):
            assert item.tolerance.allows(float(result), variant.answer), variant.values
        return
    [(result, _)] = run(item.proof.code, [{}])
    if isinstance(item, NumericItem):
        assert item.tolerance.allows(float(result), item.answer)
    else:
        assert isinstance(item, ChoiceItem)
        assert sorted(result) == sorted(item.key)


@pytest.mark.parametrize("item_id", proved_by("examples"))
def test_every_example_gets_a_score_within_its_bounds(item_id: str) -> None:
    item = our_items()[item_id]
    assert isinstance(item, FreeText)
    assert len(item.examples) >= 4
    graders = Graders()
    for example in item.examples:
        score = score_of(graders.grade(item, example.answer, seed=0))
        assert example.min <= score <= example.max, example.answer


def test_most_technical_keys_are_proved() -> None:
    technical = {area.id for area in load_bank(OURS).areas if area.technical}
    items = [item for item in our_items().values() if item.area_id in technical]
    choice_or_number = [i for i in items if isinstance(i, ChoiceItem | NumericItem | ParamItem)]
    proved = [i for i in choice_or_number if i.proof and i.proof.kind != "reviewed"]
    assert len(proved) >= len(choice_or_number) / 2
