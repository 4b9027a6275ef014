"""Signs and TeX commands, and the words that grading reads for them."""

from __future__ import annotations

from collections.abc import Mapping

GREEK: Mapping[str, str] = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
        " sigma sigma tau upsilon phi chi psi omega".split(),
        strict=True,
    )
)

_WORDS = {
    "≤": "less equal",
    "≥": "greater equal",
    "≠": "not equal",
    "<≪": "less",
    ">≫": "greater",
    "∞": "infinity",
    "∇": "gradient",
    "∂": "partial",
    "√": "sqrt",
    "∑": "sum",
    "∫": "integral",
    "%": "percent",
    "&": "and",
    "–—": ";",
    "→": ",",
    "•": "\n",
    "·`$": "",
}

SIGNS = str.maketrans({
    "²": "^2",
    "³": "^3",
    "ⁿ": "^n",
    **dict.fromkeys("’‘ʼ", "'"),
    **dict.fromkeys("‐‑−", "-"),
    **{sign: f" {word} " for signs, word in _WORDS.items() for sign in signs},
})  # fmt: skip
"""For `str.translate`, before characters are made compatible: afterwards x² is x2."""

TEX: Mapping[str, str] = {
    **{name: name for name in GREEK.values()},
    **{
        name: name
        for name in "log ln exp max min sum tanh sin cos sqrt partial argmax argmin".split()
    },
    **dict.fromkeys(("leq", "le"), "≤"),
    **dict.fromkeys(("geq", "ge"), "≥"),
    **dict.fromkeys(("neq", "ne"), "≠"),
    **dict.fromkeys(("to", "rightarrow"), "→"),
    "infty": "∞",
    "nabla": "∇",
    "int": "∫",
    "prod": "product",
    "varepsilon": "epsilon",
    "varphi": "phi",
}
"""What is left of a TeX command; of others, nothing is."""
