"""Authors' plain texts as Telegram HTML: `code`, formulas, code blocks, numbers."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_SPANS = re.compile(r"`([^`\n]+)`|\$([^$\n]+)\$")


def rich(text: str) -> Markup:
    """`` `…` `` becomes code and `$…$` a formula in code type; everything else is escaped."""
    parts: list[Markup] = []
    end = 0
    for match in _SPANS.finditer(text):
        parts.append(escape(text[end : match.start()]))
        parts.append(Markup("<code>{}</code>").format(match[1] or match[2]))
        end = match.end()
    parts.append(escape(text[end:]))
    return Markup().join(parts)


def code_block(code: str, language: str) -> Markup:
    """A block of code that chats highlight."""
    body = code.strip("\n")
    if not language:
        return Markup("<pre>{}</pre>").format(body)
    return Markup('<pre><code class="language-{}">{}</code></pre>').format(language, body)


def points(value: float) -> str:
    """A score: at most two decimals, no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def number(value: float) -> str:
    """A number as people read it: about four significant digits, no trailing zeros."""
    if value and not 1e-4 <= abs(value) < 1e15:
        return f"{value:.4g}"
    if value == round(value) or abs(value) >= 1000:
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{value:.4g}"
