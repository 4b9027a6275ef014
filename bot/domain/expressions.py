"""Safe arithmetic for authors' formulas.

An expression is parsed by `ast` and walked: only the arithmetic listed here exists, every
step is bounded, and the result is a finite real number.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Number = int | float
Values = Mapping[str, Number]
Evaluator = Callable[[Values], Number]

MAX_LENGTH = 500
MAX_DEPTH = 40
MAX_BITS = 1_023
"""No integer grows beyond what a float can hold."""


class ExpressionError(ValueError):
    """An expression or template that cannot be used; the message says why."""


def _factorial(n: Number) -> int:
    if not isinstance(n, int) or not 0 <= n <= 170:
        raise ExpressionError("factorial takes a whole number from 0 to 170")
    return math.factorial(n)


def _comb(n: Number, k: Number) -> int:
    if not isinstance(n, int) or not isinstance(k, int) or not 0 <= n <= 1_000 or k < 0:
        raise ExpressionError("comb takes whole numbers from 0 to 1000")
    return math.comb(n, k)


def _power(base: Number, exponent: Number) -> Number:
    if isinstance(base, int) and isinstance(exponent, int):
        if abs(exponent) * max(base.bit_length(), 1) > MAX_BITS:
            raise ExpressionError(f"{base} ** {exponent} is too large")
    elif base < 0 and exponent != int(exponent):
        raise ExpressionError(f"{base} ** {exponent} is not a real number")
    result: Number = base**exponent
    return result


def _round(value: Number, digits: Number = 0) -> Number:
    if not isinstance(digits, int) or abs(digits) > 15:
        raise ExpressionError("round takes at most 15 digits")
    return round(value, digits) if digits else round(value)


def _phi(z: Number) -> float:
    """The standard normal distribution function."""
    return math.erfc(-z / math.sqrt(2)) / 2


FUNCTIONS: Mapping[str, Callable[..., Number]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "abs": abs,
    "min": min,
    "max": max,
    "round": _round,
    "floor": math.floor,
    "ceil": math.ceil,
    "comb": _comb,
    "factorial": _factorial,
    "erf": math.erf,
    "phi": _phi,
}
CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}

_BINARY: Mapping[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
}
_UNARY: Mapping[type[ast.unaryop], Callable[[Number], Number]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
}
_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Number, Number], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed formula; `names` are the variables that it needs."""

    text: str
    names: frozenset[str]
    _result: Evaluator

    @classmethod
    def parse(cls, text: str) -> Expression:
        """Reads `text`.

        Raises:
            ExpressionError: It is no arithmetic, too long or too deep.
        """
        if len(text) > MAX_LENGTH:
            raise ExpressionError(f"the formula is longer than {MAX_LENGTH} characters")
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise ExpressionError(f"`{text}` is not a formula") from error
        names: set[str] = set()
        result = _compiled(tree, names, MAX_DEPTH)
        return cls(text, frozenset(names), result)

    def value(self, values: Values | None = None) -> Number:
        """What the formula gives for `values`.

        Raises:
            ExpressionError: A name is unknown, or there is no finite real result.
        """
        try:
            return self._result(values or {})
        except ExpressionError as error:
            raise ExpressionError(f"`{self.text}`: {error}") from error
        except (ArithmeticError, ValueError, TypeError) as error:
            raise ExpressionError(f"`{self.text}` cannot be worked out: {error}") from error


def evaluate(text: str, values: Values | None = None) -> Number:
    """What the formula `text` gives for `values`.

    Raises:
        ExpressionError: It is no arithmetic, or has no finite real result.
    """
    return Expression.parse(text).value(values)


def _compiled(node: ast.AST, names: set[str], depth: int) -> Evaluator:
    """The arithmetic of `node`; its variables are added to `names`."""
    if depth == 0:
        raise ExpressionError(f"the formula is nested more than {MAX_DEPTH} levels deep")
    apply: Callable[..., Number]
    match node:
        case ast.Constant(value=bool() | int() | float() as value):
            constant = _bounded(value)
            return lambda _: constant
        case ast.Name(id=name):
            return _variable(name, names)
        case ast.BoolOp(op=op, values=parts):
            quantifier = all if isinstance(op, ast.And) else any
            sides = [_compiled(part, names, depth - 1) for part in parts]
            return lambda values: quantifier(side(values) for side in sides)
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]):
            apply = _function(name)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            apply, parts = _BINARY[type(op)], [left, right]
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _UNARY:
            apply, parts = _UNARY[type(sign)], [operand]
        case ast.Compare(left=left, ops=ops, comparators=others):
            apply, parts = _comparison(ops), [left, *others]
        case _:
            raise ExpressionError(f"`{ast.unparse(node)[:60]}` is not arithmetic")
    operands = [_compiled(part, names, depth - 1) for part in parts]
    return lambda values: _bounded(apply(*(operand(values) for operand in operands)))


def _bounded(result: Number) -> Number:
    if isinstance(result, int):
        if result.bit_length() > MAX_BITS:
            raise ExpressionError("a number is too large")
    elif isinstance(result, complex) or not math.isfinite(result):
        raise ExpressionError("the result is not a finite real number")
    return result


def _variable(name: str, names: set[str]) -> Evaluator:
    if name in FUNCTIONS:
        raise ExpressionError(f"`{name}` is a function: write {name}(…)")
    if name in CONSTANTS:
        return lambda _: CONSTANTS[name]
    names.add(name)

    def look_up(values: Values) -> Number:
        if name not in values:
            raise ExpressionError(f"`{name}` is unknown (known: {', '.join(values) or 'nothing'})")
        return values[name]

    return look_up


def _function(name: str) -> Callable[..., Number]:
    if name not in FUNCTIONS:
        raise ExpressionError(f"there is no function `{name}` (known: {', '.join(FUNCTIONS)})")
    return FUNCTIONS[name]


def _comparison(signs: Sequence[ast.cmpop]) -> Callable[..., bool]:
    """A chain such as `0 < a <= b`."""
    if unknown := [sign for sign in signs if type(sign) not in _COMPARISONS]:
        raise ExpressionError(f"`{type(unknown[0]).__name__}` is not a comparison of numbers")
    tests = [_COMPARISONS[type(sign)] for sign in signs]
    return lambda *sides: all(
        test(a, b) for test, a, b in zip(tests, sides, sides[1:], strict=False)
    )
