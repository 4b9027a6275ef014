"""`bank show`: everything that an author wrote about one item, in plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from bot.banks.findings import short
from bot.domain.questions import (
    BehaviouralItem,
    ChoiceItem,
    Item,
    KeywordItem,
    NumericItem,
    ParamItem,
    Tolerance,
    Trap,
)
from bot.markup import number, plain

WIDTH = 90
SHOWN_VARIANTS = 5


def show(item: Item, folder: Path) -> str:
    """The item with its key, reasons, proof and variants; `folder` is the bank's."""
    lines = [
        f"{item.id}  rev {item.rev}  {item.type}  {'●' * item.difficulty:○<5}  {item.seconds} s",
        f"{short(folder / item.source)}:{item.line}  {', '.join(item.tags)}",
        "",
        *_wrapped(plain(item.question, item.formula_text)),
    ]
    if item.code:
        lines += ["", *textwrap.indent(item.code, "    ").splitlines()]
    lines += ["", *_answer(item)]
    lines += [""] if item.explanation else []
    lines += _wrapped(plain(item.explanation))
    lines += ["", *_wrapped(plain(item.details))] if item.details else []
    lines += [f"💡 {plain(hint)}" for hint in item.hints]
    lines += [f"📖 {r.title}{f', {r.section}' if r.section else ''} ({r.kind})" for r in item.refs]
    lines += ["", *_proof(item)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _answer(item: Item) -> Iterator[str]:
    match item:
        case ChoiceItem():
            for option in item.options:
                yield f"{'✓' if option.correct else '✗'} {plain(option.text)}"
                yield from (f"    {line}" for line in _wrapped(plain(option.why)))
        case NumericItem():
            yield _key(item.answer, item.unit, item.tolerance)
            yield from _traps(item.traps)
        case ParamItem():
            yield f"{item.formula}  [{item.unit or 'no unit'}, {_tolerance(item.tolerance)}]"
            yield from _variants(item)
        case KeywordItem():
            yield f"full marks from a weight of {item.rubric.need:g}"
            for concept in item.rubric.concepts:
                yield f"• {concept.label} ({concept.weight:g})"
            for wrong in item.rubric.misconceptions:
                yield f"✗ {wrong.label} (−{wrong.penalty:g})"
        case BehaviouralItem():
            yield f"{item.rubric.min_words} to {item.rubric.max_words} words"
            yield from (f"→ {question}" for question in item.follow_ups)


def _variants(item: ParamItem) -> Iterator[str]:
    yield f"{len(item.variants)} variants, such as"
    for variant in item.variants[:SHOWN_VARIANTS]:
        values = ", ".join(f"{name} = {value:g}" for name, value in variant.values.items())
        yield f"  {variant.index:>2}  {values}  →  {number(variant.answer)}"
    yield from _traps(item.variants[0].traps if item.variants else ())


def _traps(traps: tuple[Trap, ...]) -> Iterator[str]:
    for trap in traps:
        yield f"✗ {number(trap.value)}: {plain(trap.why)}"


def _key(answer: float, unit: str, tolerance: Tolerance) -> str:
    return f"✓ {number(answer)}{f' {unit}' if unit else ''}  [{_tolerance(tolerance)}]"


def _tolerance(tolerance: Tolerance) -> str:
    return f"± {tolerance.abs:g}" if tolerance.abs else f"± {tolerance.rel:.3g} of it"


def _proof(item: Item) -> list[str]:
    if item.proof is None:
        return ["no proof"]
    proof = item.proof
    told = {"expr": proof.expr, "reviewed": proof.by}.get(proof.kind, "")
    head = f"proof: {proof.kind}{f' – {told}' if told else ''}"
    return [head, *textwrap.indent(proof.code.strip("\n"), "    ").splitlines()]


def _wrapped(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in textwrap.wrap(line, WIDTH) or [""]]
