"""Deals the variants of a parametrised item: numbers drawn, texts filled, answers worked out.

The order of all combinations follows from a hash of the item's id and revision, so a variant
stays what it is for ever: no dice, no dependence on Python's version.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import product

from bot.banks.findings import Complaint, Where
from bot.domain.expressions import (
    CONSTANTS,
    FUNCTIONS,
    Expression,
    ExpressionError,
    Number,
    Values,
)
from bot.domain.questions import Tolerance, Trap, Variant
from bot.domain.templates import Template

MAX_COMBINATIONS = 20_000


class VariantError(Exception):
    """A parametrised item that cannot be dealt as declared."""

    def __init__(self, where: Where, what: str, mend: str) -> None:
        super().__init__(what)
        self.complaint = Complaint(where, what, mend)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What variants are made of; `seed` fixes their order, `count` how many are dealt."""

    seed: str
    params: Mapping[str, Sequence[Number]]
    where: str
    answer: str
    traps: tuple[tuple[str, str], ...]
    tolerance: Tolerance
    count: int
    question: str
    explanation: str
    code: str
    details: str
    formula_text: str = ""
    hints: tuple[str, ...]


def deal_variants(recipe: Recipe) -> tuple[Variant, ...]:
    """The first `count` combinations whose answers differ and that no trap spoils.

    Raises:
        VariantError: A name, formula or template is faulty, or too few variants differ.
    """
    _check_names(recipe.params)
    parsed = _Parsed.of(recipe)
    dealt: list[Variant] = []
    dropped: Counter[str] = Counter()
    for values in _combinations(recipe):
        if len(dealt) == recipe.count:
            break
        reason = parsed.try_deal(values, dealt, recipe.tolerance)
        dropped.update([reason] if reason else [])
    if len(dealt) < recipe.count:
        raise _too_few(recipe.count, len(dealt), dropped)
    return tuple(dealt)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parsed:
    """A recipe with its formulas and templates parsed."""

    where: Expression
    answer: Expression
    traps: tuple[tuple[Expression, Template], ...]
    texts: Mapping[str, Template]
    hints: tuple[Template, ...]

    @classmethod
    def of(cls, recipe: Recipe) -> _Parsed:
        drawn = frozenset(recipe.params)
        full = drawn | {"answer"}
        code = _code_template(recipe.code, drawn)
        return cls(
            where=_formula(recipe.where, drawn, ("where",)),
            answer=_formula(recipe.answer, drawn, ("answer",)),
            traps=tuple(
                (
                    _formula(expr, full, ("traps", i, "expr")),
                    _template(why, full, ("traps", i, "why")),
                )
                for i, (expr, why) in enumerate(recipe.traps)
            ),
            texts={
                "question": _template(recipe.question, drawn, ("question",)),
                "explanation": _template(recipe.explanation, full, ("explanation",)),
                "code": _template(code, drawn, ("code",)),
                "details": _template(recipe.details, full, ("details",)),
                "formula_text": _template(recipe.formula_text, drawn, ("formula_text",)),
            },
            hints=tuple(_template(h, drawn, ("hints", i)) for i, h in enumerate(recipe.hints)),
        )

    def try_deal(self, values: Values, dealt: list[Variant], tolerance: Tolerance) -> str:
        """Adds the variant of `values` to `dealt`, or says why it has to be left out."""
        try:
            if not self.where.value(values):
                return "ruled out by `where`"
            answer = self.answer.value(values)
            if any(_alike(answer, other.answer, tolerance) for other in dealt):
                return "answered like another variant"
            full = {**values, "answer": answer}
            traps = tuple(
                Trap(float(expr.value(full)), why.fill(full)) for expr, why in self.traps
            )
            if any(tolerance.allows(trap.value, answer) for trap in traps):
                return "with a trap within the tolerance of the answer"
            texts = {key: template.fill(full) for key, template in self.texts.items()}
            hints = tuple(template.fill(values) for template in self.hints)
        except ExpressionError as error:
            drawn = ", ".join(f"{name} = {value}" for name, value in values.items())
            mend = "rule these values out with `where`, or mend the formula"
            raise VariantError(("answer",), f"{error} for {drawn}", mend) from error
        dealt.append(
            Variant(
                index=len(dealt),
                values=values,
                answer=float(answer),
                traps=traps,
                hints=hints,
                **texts,
            )
        )
        return ""


def _alike(one: float, other: float, tolerance: Tolerance) -> bool:
    return tolerance.allows(one, other) or tolerance.allows(other, one)


def _check_names(params: Mapping[str, Sequence[Number]]) -> None:
    for name, values in params.items():
        at = ("params", name)
        if not name.isidentifier() or name in {*FUNCTIONS, *CONSTANTS, "answer"}:
            what = f"`{name}` cannot name a parameter"
            raise VariantError(at, what, "use a plain word that is no function, pi, e or answer")
        if len(set(values)) < len(values):
            raise VariantError(at, f"`params.{name}` lists a value twice", "list each once")
    if (total := math.prod(map(len, params.values()))) > MAX_COMBINATIONS:
        what = f"`params` give {total} combinations"
        mend = f"at most {MAX_COMBINATIONS} are allowed; list fewer values"
        raise VariantError(("params",), what, mend)


def _combinations(recipe: Recipe) -> list[Values]:
    """Every combination of the declared values, in the order of their hashes."""
    names = sorted(recipe.params)
    drawn = (
        dict(zip(names, row, strict=True))
        for row in product(*(recipe.params[name] for name in names))
    )
    return sorted(drawn, key=lambda values: _rank(recipe.seed, values))


def _rank(seed: str, values: Values) -> bytes:
    drawn = ",".join(f"{name}={float(value)!r}" for name, value in values.items())
    return blake2b(f"{seed}:{drawn}".encode(), digest_size=16).digest()


def _formula(text: str, known: frozenset[str], where: Where) -> Expression:
    try:
        expression = Expression.parse(text)
    except ExpressionError as error:
        raise VariantError(where, str(error), "write plain arithmetic") from error
    _check_known(expression.names, known, where)
    return expression


def _template(text: str, known: frozenset[str], where: Where) -> Template:
    try:
        template = Template.parse(text)
    except ExpressionError as error:
        mend = "write {name} or {name:.3f}; a brace itself is {{ or }}"
        raise VariantError(where, str(error), mend) from error
    _check_known(template.names, known, where)
    return template


def _check_known(names: frozenset[str], known: frozenset[str], where: Where) -> None:
    if unknown := sorted(names - known):
        mend = f"declare it in [items.params]; known here: {', '.join(sorted(known))}"
        raise VariantError(where, f"`{unknown[0]}` is unknown in `{where[0]}`", mend)


def _code_template(code: str, drawn: frozenset[str]) -> str:
    """Code is full of braces of its own: only those around a parameter's name are filled."""
    doubled = code.replace("{", "{{").replace("}", "}}")
    names = "|".join(map(re.escape, drawn))
    return re.sub(rf"\{{(\{{(?:{names})\}})\}}", r"\1", doubled)


def _too_few(wanted: int, dealt: int, dropped: Counter[str]) -> VariantError:
    reasons = ", ".join(f"{count} {reason}" for reason, count in dropped.most_common())
    what = f"only {dealt} of {wanted} variants can be dealt"
    return VariantError(
        ("variants",),
        f"{what}; left out: {reasons}" if reasons else what,
        "list more values, or lower `variants`",
    )
