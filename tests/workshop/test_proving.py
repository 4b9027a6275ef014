"""Every kind of proof: it finds the right key right and a wrong one wrong, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.questions import ParamItem
from bot.services.grading import Graders
from bot.workshop.proving import Outcome, Status, prove
from bot.workshop.sandbox import Sandbox
from tests.banks.writing import KEYWORD, MULTI, NUMERIC, PARAM, SINGLE, load


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=1) as sandbox:
        yield sandbox


def snippet(code: str) -> str:
    return f"\n[items.check]\nkind = \"python\"\ncode = '''\n{code}\n'''\n"


def without_check(item: str) -> str:
    return "".join(line for line in item.splitlines(True) if not line.startswith("check"))


MULTI_PROVED = MULTI + snippet(
    "kinds = [list, dict, tuple]\n"
    "result = [i for i, kind in enumerate(kinds) if not hasattr(kind(), '__hash__')"
    " or kind.__hash__ is None]"
)
NUMERIC_PROVED = without_check(NUMERIC) + snippet("result = sum([1.0, 1.0])")
BY_LAYERS = """
weights = 0
for layer in range(int(n)):
    weights += width * width
result = weights - weights * share
"""
PARAM_PROVED = PARAM + snippet(BY_LAYERS)
KEYWORD_PROVED = KEYWORD.replace("need = 2.0", "need = 1.0")


def outcome(folder: Path, item: str, sandbox: Sandbox) -> Outcome:
    [found] = load(folder, item).items.values()
    return prove(found, sandbox, Graders())


@pytest.mark.parametrize(
    "item", [SINGLE, MULTI_PROVED, NUMERIC, NUMERIC_PROVED, PARAM_PROVED, KEYWORD_PROVED]
)
def test_a_right_key_is_proved(item: str, tmp_path: Path, sandbox: Sandbox) -> None:
    assert outcome(tmp_path, item, sandbox) == Outcome(Status.PROVED)


@pytest.mark.parametrize(
    ("item", "what"),
    [
        (
            SINGLE.replace('"2", correct', '"3", correct'),
            'the code prints "2", which is no option',
        ),
        (SINGLE.replace('print(add("b"))', "print(1)"), 'prints "1", which is option 2 ("1")'),
        (SINGLE.replace('add("a")\n', 'ad("a")\n'), "NameError: name 'ad' is not defined (line 5"),
        (SINGLE.replace('code_language = "python"', 'code_language = "cpp"'), "only Python code"),
        (
            MULTI + snippet("result = [0]"),
            'gives option 1 ("list"), the key is option 1 ("list") and',
        ),
        (MULTI + snippet("result = [0, 1, 1]"), "the key is"),
        (MULTI + snippet("result = [7]"), "gives none"),
        (MULTI + snippet("result = 'list'"), "leaves no list of options"),
        (NUMERIC.replace("2 * 2**30 / ", "3 * 2**30 / "), "gives 3, the key is 2"),
        (without_check(NUMERIC) + snippet("x = 2"), "leaves no number in `result`"),
        (without_check(NUMERIC) + snippet("result = float('nan')"), "gives nan"),
        (PARAM + snippet("result = n * width**2"), "the snippet (for "),
        (KEYWORD.replace("min = 0.9", "max = 0.2"), "scores 0.50, not 0 to 0.2"),
        (KEYWORD[: KEYWORD.index("[[items.examples]]")], "there are no examples"),
    ],
)
def test_a_wrong_key_is_told(item: str, what: str, tmp_path: Path, sandbox: Sandbox) -> None:
    found = outcome(tmp_path, item, sandbox)
    assert found.status is Status.FAILED
    assert what in found.what
    assert found.mend


def test_a_param_item_is_proved_for_every_variant(tmp_path: Path, sandbox: Sandbox) -> None:
    [item] = load(tmp_path, PARAM).items.values()
    assert isinstance(item, ParamItem)
    last = item.variants[-1].values
    wrong_once = f"{BY_LAYERS}if (n, width, share) == {tuple(last.values())}: result += result"
    names = ", ".join(last)
    wrong_once = wrong_once.replace("(n, width, share)", f"({names})")
    found = outcome(tmp_path, PARAM + snippet(wrong_once), sandbox)
    assert found.status is Status.FAILED
    assert ", ".join(f"{name} = {value:g}" for name, value in last.items()) in found.what


def test_what_has_no_proof_is_not_called_proved(tmp_path: Path, sandbox: Sandbox) -> None:
    assert outcome(tmp_path, MULTI, sandbox).status is Status.UNPROVED
    reviewed = MULTI + 'check = { kind = "reviewed", by = "A Book" }\n'
    assert outcome(tmp_path, reviewed, sandbox).status is Status.REVIEWED
