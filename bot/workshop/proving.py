"""Proves one key: runs what the author gave as `check` and compares it with the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import NotScored
from bot.domain.expressions import ExpressionError, evaluate
from bot.domain.grading.rubrics import Example
from bot.domain.questions import ChoiceItem, Item, NumericItem, ParamItem, Proof
from bot.services.grading import FreeText, Graders, score_of
from bot.workshop.sandbox import Ran, Sandbox, SnippetFault

SHOWN = 60


class Status(StrEnum):
    """What is known of a key."""

    PROVED = "proved"
    FAILED = "failed"
    REVIEWED = "reviewed"
    UNPROVED = "unproved"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a proof came to; `what` and `mend` are for the author where it failed."""

    status: Status
    what: str = ""
    mend: str = ""


class _Refuted(Exception):
    """The proof does not give the key."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def prove(item: Item, sandbox: Sandbox, graders: Graders) -> Outcome:
    """Whether the item's own proof gives its key."""
    proof = item.proof
    if proof is None:
        return Outcome(Status.UNPROVED)
    if proof.kind == "reviewed":
        return Outcome(Status.REVIEWED)
    try:
        _PROVERS[proof.kind](item, proof, sandbox, graders)
    except _Refuted as refuted:
        return Outcome(Status.FAILED, refuted.what, refuted.mend)
    except SnippetFault as fault:
        return Outcome(Status.FAILED, f"the proof fails: {fault}", "mend the snippet")
    except ExpressionError as error:
        return Outcome(Status.FAILED, f"the expression fails: {error}", "mend it")
    return Outcome(Status.PROVED)


def _prove_output(item: Item, _: Proof, sandbox: Sandbox, __: Graders) -> None:
    if not isinstance(item, ChoiceItem) or item.code_language not in {"python", "py"}:
        raise _Refuted("only Python code can be run", 'say code_language = "python" or review it')
    [ran] = sandbox.run(item.code)
    printed = _lines(ran.printed)
    same = [index for index, option in enumerate(item.options) if _lines(option.text) == printed]
    if set(same) != item.key:
        fits = _named(item, frozenset(same)) or "no option"
        what = f"the code prints {_short(ran.printed.strip())}, which is {fits}"
        raise _Refuted(what, f"the key is {_named(item, item.key)}; mend the code or the options")


def _prove_expression(item: Item, proof: Proof, _: Sandbox, __: Graders) -> None:
    if not isinstance(item, NumericItem):
        raise TypeError(item.type)  # the loader lets `expr` stand in no other type
    _compare(item, float(evaluate(proof.expr)), "the expression")


def _prove_snippet(item: Item, proof: Proof, sandbox: Sandbox, _: Graders) -> None:
    if isinstance(item, ParamItem):
        ran = sandbox.run(proof.code, [variant.values for variant in item.variants])
        for case, variant in zip(ran, item.variants, strict=True):
            given = ", ".join(f"{name} = {value:g}" for name, value in variant.values.items())
            _compare(item.dealt(variant.index), case.result, f"the snippet (for {given})")
        return
    [case] = sandbox.run(proof.code)
    if isinstance(item, NumericItem):
        _compare(item, case.result, "the snippet")
    elif isinstance(item, ChoiceItem):
        _compare_options(item, case)


def _compare(item: NumericItem, result: object, source: str) -> None:
    if not isinstance(result, float):
        raise _Refuted(f"{source} leaves no number in `result`", "assign the answer to `result`")
    if not item.tolerance.allows(result, item.answer):
        what = f"{source} gives {result:.6g}, the key is {item.answer:.6g}"
        raise _Refuted(what, "mend the key or the proof")


def _compare_options(item: ChoiceItem, case: Ran) -> None:
    result = case.result
    if not isinstance(result, list):
        mend = "assign the list of the right options' indices (from 0) to `result`"
        raise _Refuted("the snippet leaves no list of options in `result`", mend)
    if frozenset(result) != item.key or len(result) != len(item.key):
        given = _named(item, frozenset(result)) or "none"
        what = f"the snippet gives {given}, the key is {_named(item, item.key)}"
        raise _Refuted(what, "mend the key or the proof")


def _prove_examples(item: Item, _: Proof, __: Sandbox, graders: Graders) -> None:
    if not isinstance(item, FreeText):
        raise TypeError(item.type)  # as the loader checks
    if not item.examples:
        raise _Refuted("there are no examples", "add [[items.examples]] with min and max")
    for example in item.examples:
        score = _score(item, example, graders)
        if not example.min <= score <= example.max:
            bounds = f"{example.min:g} to {example.max:g}"
            what = f"{_short(example.answer)} scores {score:.2f}, not {bounds}"
            raise _Refuted(what, "mend the rubric or the bounds")


def _score(item: FreeText, example: Example, graders: Graders) -> float:
    try:
        return score_of(graders.grade(item, example.answer, seed=0))
    except NotScored:
        what = f"{_short(example.answer)} is not scored: it seems to be in another language"
        raise _Refuted(what, "write it in the language of the item") from None


def _named(item: ChoiceItem, indices: frozenset[int]) -> str:
    known = [i for i in sorted(indices) if 0 <= i < len(item.options)]
    return " and ".join(f"option {i + 1} ({_short(item.options[i].text)})" for i in known)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line[:SHOWN]}…"' if len(line) > SHOWN else f'"{line}"'


_PROVERS: Mapping[str, Callable[[Item, Proof, Sandbox, Graders], None]] = {
    "stdout": _prove_output,
    "expr": _prove_expression,
    "python": _prove_snippet,
    "examples": _prove_examples,
}
