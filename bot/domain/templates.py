"""Templates: authors' texts with the numbers of a parametrised item in them."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from bot.domain.expressions import Expression, ExpressionError, Number, Values

_SPEC = re.compile(r"%|,?d?|,?\.\d{1,2}[fgeE%]")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with `{formula}` or `{formula:format}` in it; `{{` and `}}` are braces.

    Formats are Python's for numbers (`.3f`, `.3g`, `.1%`, `,`, `d`); `%` alone shows a share in
    percent without trailing zeros.
    """

    text: str
    pieces: tuple[tuple[str, Expression | None, str], ...]

    @classmethod
    def parse(cls, text: str) -> Template:
        """Reads `text`.

        Raises:
            ExpressionError: Braces do not match, or a formula or format is faulty.
        """
        try:
            parsed = list(string.Formatter().parse(text))
        except ValueError as error:
            raise ExpressionError(
                f"braces do not match: {error}; write {{{{ and }}}} for a brace itself"
            ) from error
        return cls(text, tuple(cls._piece(*part) for part in parsed))

    @staticmethod
    def _piece(
        literal: str, field: str | None, spec: str | None, conversion: str | None
    ) -> tuple[str, Expression | None, str]:
        if field is None:
            return literal, None, ""
        if conversion or not _SPEC.fullmatch(spec or ""):
            raise ExpressionError(
                f"`{{{field}:{spec}}}` has no such format (known: .3f .3g .1% , d %)"
            )
        return literal, Expression.parse(field), spec or ""

    @property
    def names(self) -> frozenset[str]:
        """The variables that the template needs."""
        return frozenset[str]().union(*(piece.names for _, piece, _ in self.pieces if piece))

    def fill(self, values: Values) -> str:
        """The text with its numbers.

        Raises:
            ExpressionError: A name is unknown, or a formula has no value.
        """
        return "".join(
            literal + (shown(expression.value(values), spec) if expression else "")
            for literal, expression, spec in self.pieces
        )


def shown(value: Number, spec: str = "") -> str:
    """A number in a template's format, e.g. 0.95 by `%` as `95 %`."""
    if spec == "%":
        return f"{_plain(round(value * 100, 10))} %"
    if not spec:
        return _plain(value)
    number = round(value) if spec.endswith("d") else value
    return format(number, spec).replace("%", " %")


def _plain(value: Number) -> str:
    return str(value) if isinstance(value, int) else f"{value:.12g}"
