"""Authors' plain texts as Telegram HTML: `code`, formulas, code blocks, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from markupsafe import Markup, escape

from bot.tex import reading

_SPANS = re.compile(r"`([^`\n]+)`|\$([^$\n]+)\$")
_BETWEEN = re.compile(r"\n|;")


def rich(text: str, formula_text: str = "") -> Markup:
    """`` `…` `` becomes code and `$…$` a plain reading; everything else is escaped.

    `formula_text` is the author's own reading of the formulas, in their order, apart by
    semicolons or line feeds; where their number differs, the formulas are read by rule.
    """
    parts: list[Markup] = []
    end, readings = 0, _readings(text, formula_text)
    for match in _SPANS.finditer(text):
        parts.append(escape(text[end : match.start()]))
        if match[1]:
            parts.append(Markup("<code>{}</code>").format(match[1]))
        else:
            parts.append(escape(next(readings)))
        end = match.end()
    parts.append(escape(text[end:]))
    return Markup().join(parts)


def plain(text: str, formula_text: str = "") -> str:
    """The text as it is read aloud, without markup: for polls and for the command line."""
    readings = _readings(text, formula_text)
    return _SPANS.sub(lambda match: match[1] or next(readings), text)


def formulas_of(text: str) -> tuple[str, ...]:
    """The TeX of the formulas, in their order."""
    return tuple(match[2] for match in _SPANS.finditer(text) if match[2])


def readings_in(formula_text: str) -> list[str]:
    """The readings that an author gave, one a formula."""
    return [part.strip() for part in _BETWEEN.split(formula_text) if part.strip()]


def _readings(text: str, formula_text: str) -> Iterator[str]:
    formulas = formulas_of(text)
    if len(formulas) == 1 and formula_text.strip():
        return iter([formula_text.strip()])
    given = readings_in(formula_text)
    return iter(given if len(given) == len(formulas) else map(reading, formulas))


def code_block(code: str, language: str) -> Markup:
    """A block of code that chats highlight."""
    body = code.strip("\n")
    if not language:
        return Markup("<pre>{}</pre>").format(body)
    return Markup('<pre><code class="language-{}">{}</code></pre>').format(language, body)


def points(value: float) -> str:
    """A score: at most two decimals, no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def clock(time: timedelta | float) -> str:
    """A span of time as on a clock: minutes and seconds; plain numbers are seconds."""
    seconds = max(0, round(time.total_seconds() if isinstance(time, timedelta) else time))
    return f"{seconds // 60}:{seconds % 60:02d}"


def number(value: float) -> str:
    """A number as people read it: about four significant digits, no trailing zeros."""
    if value and not 1e-4 <= abs(value) < 1e15:
        return f"{value:.4g}"
    if value == round(value) or abs(value) >= 1000:
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{value:.4g}"
