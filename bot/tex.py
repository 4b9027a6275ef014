r"""Reads TeX formulas as plain text, for captions, polls and screen readers: x², √(a + b), Σᵢ.

Symbols come from pylatexenc's tables; what it does with structure (`\frac{a+b}{c}` as `a+b/c`)
would change the meaning, so fractions, roots, scripts and matrices are read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]  # ships no types

_PIECE = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
_SCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱʲᵏᵐᵗˣᵀᵃᵉᵇᵈ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ′"
_ATOM = re.compile(
    rf"[+−-]?√?\d[\d.,]*[%{_SCRIPTS}]*"
    rf"|[−-]?[∂∇√]?(?:[^\W\d_]|[∞…*])[\u0300-\u036f\u20d7]?[{_SCRIPTS}]*(?:\([^()]*\))?"
    r"|\([^()]*\)|‖[^‖]*‖.?|\|[^|]*\|"
)
_SUM = re.compile(r" [+−=] |/")
_SUPER = dict(zip("0123456789+-−=()nijkmtxTaebd", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱʲᵏᵐᵗˣᵀᵃᵉᵇᵈ", strict=True)) | {
    "⊤": "ᵀ"
}
_SUB = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
_MARKS = {
    "hat": "̂", "widehat": "̂", "bar": "̄", "overline": "̄", "tilde": "̃",
    "widetilde": "̃", "vec": "⃗", "dot": "̇", "ddot": "̈",
}  # fmt: skip
_SILENT = frozenset(
    """left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle limits
    nolimits mathstrut mathopen mathclose""".split()
)
_STYLES = frozenset(
    """text textbf textit textrm mathrm mathbf boldsymbol bm mathit mathsf mathcal mathtt
    operatorname operatorname* mbox mathop mathbin mathrel""".split()
)
_FUNCTIONS = frozenset(
    """arccos arcsin arctan arg cos cosh cot coth det dim exp gcd inf ker lim ln log max min Pr sec
    sin sinh sup tan tanh argmin argmax""".split()
)
_FACTORS = frozenset(r"( { \sum \prod \int \| \lVert \left \sqrt \frac \nabla \mathbb".split())
_VULGAR = {("1", "2"): "½", ("1", "3"): "⅓", ("1", "4"): "¼", ("3", "4"): "¾"}
_SPACES = {",": " ", ";": " ", ":": " ", "!": "", " ": " ", "quad": "  ", "qquad": "  "}
_PLAIN = {
    "|": "‖", "lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|", "vert": "|",
    "{": "{", "}": "}", "%": "%", "$": "$", "&": "&", "_": "_", "#": "#", "mid": " | ",
    "cdot": "·", "top": "ᵀ", "intercal": "ᵀ", "ldots": "…", "cdots": "…", "dots": "…",
    "to": " → ", "sim": " ~ ", "colon": ":", "le": " ≤ ", "leq": " ≤ ", "ge": " ≥ ",
    "geq": " ≥ ", "ne": " ≠ ", "neq": " ≠ ", "approx": " ≈ ", "in": " ∈ ", "times": " × ",
    "iff": " ⇔ ", "implies": " ⇒ ", "propto": " ∝ ", "mapsto": " ↦ ", "sum": "Σ", "prod": "Π",
    "circ": "∘", "prime": "′", "ell": "ℓ", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "langle": "⟨", "rangle": "⟩",
}  # fmt: skip
_BOARD = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "1": "1"}
_RELATIONS = {"=": " = ", "<": " < ", ">": " > ", "+": " + ", "-": " − ", "−": " − "}


@lru_cache(maxsize=4_096)
def reading(formula: str) -> str:
    """The formula in plain Unicode, meant as TeX means it."""
    text = _Reader(formula).all()
    text = re.sub(r"([(\[|/^·]|^)\s*− ", r"\1−", text)  # a sign, not a difference
    text = re.sub(r"([=≤≥<>,~→] +)− ", r"\1−", text)
    text = re.sub(r",(?=[^\W\d])|(?<!\d),(?=\d)", ", ", text)
    text = re.sub(r" +([,.)\]}])", r"\1", re.sub(r"([(\[{]) +", r"\1", text))
    return re.sub(r"\s+", " ", text).strip()


class _Reader:
    """Reads tokens one after the other; forgiving, as a caption must not fail."""

    def __init__(self, formula: str) -> None:
        self._pieces: list[str] = _PIECE.findall(formula)
        self._at = 0

    def all(self) -> str:
        parts = []
        while self._at < len(self._pieces):
            parts.append(self._until(""))
            self._at += 1  # a brace that nothing opened
        return "".join(parts)

    def _until(self, *ends: str) -> str:
        """What stands before one of `ends`, which is left to be taken."""
        parts: list[str] = []
        while self._at < len(self._pieces) and self._pieces[self._at] not in {*ends, "}"}:
            piece = self._next()
            if piece in "^_":
                script = _script(self._argument(), raised=piece == "^")
                if parts and parts[-1].endswith(" ") and script:
                    parts[-1] = parts[-1].rstrip()
                    script += " "
                parts.append(script)
            else:
                parts.append(self._read(piece))
        return "".join(parts)

    def _next(self) -> str:
        piece = self._pieces[self._at]
        self._at += 1
        return piece

    def _argument(self) -> str:
        """The next group, or the next single thing."""
        while self._at < len(self._pieces) and self._pieces[self._at].isspace():
            self._at += 1
        if self._at >= len(self._pieces):
            return ""
        return self._read(self._next())

    def _raw_argument(self) -> str:
        """The next group, unread: the name of an environment."""
        start = self._at
        self._argument()
        return "".join(self._pieces[start : self._at]).strip("{} ")

    def _read(self, piece: str) -> str:
        if piece == "{":
            inner = self._until()
            self._at += 1
            return inner
        if piece.startswith("\\") and len(piece) > 1:
            return self._command(piece[1:])
        if piece.isspace():
            return ""
        return {"'": "′", "~": " ", **_RELATIONS}.get(piece, piece)

    def _command(self, name: str) -> str:
        if name in _SPACES:
            return _SPACES[name]
        if name in _SILENT:
            if self._at < len(self._pieces) and self._pieces[self._at] == ".":
                self._at += 1  # \\left. draws nothing
            return ""
        if name in _FUNCTIONS:
            return f" {name} "
        if (structure := self._structure(name)) is not None:
            return structure
        return _PLAIN.get(name) or _symbol(name)

    def _structure(self, name: str) -> str | None:
        """A command that has arguments; `None` for one that has none."""
        if name in _STYLES:
            return self._styled(name)
        if name in _MARKS:
            return _marked(self._argument(), name)
        return _STRUCTURES[name](self) if name in _STRUCTURES else None

    def _styled(self, name: str) -> str:
        """Words keep their spaces, which in a formula would mean nothing."""
        if name.startswith(("text", "mbox")) and self._at < len(self._pieces):
            inner = self._raw_text()
            return inner if inner.strip() else " "
        inner = self._argument()
        return f" {inner} " if name.startswith("operatorname") else inner

    def _raw_text(self) -> str:
        depth, parts = 0, []
        while self._at < len(self._pieces):
            piece = self._next()
            depth += (piece == "{") - (piece == "}")
            parts.append(piece)
            if depth == 0:
                break
        text = "".join(parts)
        return text[1:-1] if text.startswith("{") else text

    def fraction(self) -> str:
        above, below = self._argument().strip(), self._argument().strip()
        above = f"({above})" if _SUM.search(above) else above
        told = _VULGAR.get((above, below)) or f"{above}/{_grouped(below)}"
        return f"({told})·" if len(told) > 1 and self._goes_on() else told

    def _goes_on(self) -> bool:
        """Whether what follows is a factor, which must not seem to stand below the line."""
        rest = (piece for piece in self._pieces[self._at :] if not piece.isspace())
        piece = next(rest, "")
        return piece.isalnum() or piece in _FACTORS or piece.lstrip("\\") in _FUNCTIONS

    def root(self) -> str:
        degree = ""
        if self._at < len(self._pieces) and self._pieces[self._at] == "[":
            self._at += 1
            degree = _script(self._until("]"), raised=True)
            self._at += 1
        return f"{degree}√{_grouped(self._argument().strip())}"

    def binomial(self) -> str:
        return f"C({self._argument()}, {self._argument()})"

    def board(self) -> str:
        inner = self._argument()
        return _BOARD.get(inner, inner)

    def over(self) -> str:
        r"""`\underset` and the like: what stands below or above is told behind."""
        mark, base = self._argument(), self._argument()
        return f"{base.strip()}_{_grouped(mark)} "

    def environment(self) -> str:
        kind = self._raw_argument()
        if kind.startswith("array"):
            self._raw_argument()
        rows, row = [], []
        while self._at < len(self._pieces):
            row.append(self._until("&", "\\\\", "\\end").strip())
            end = self._next() if self._at < len(self._pieces) else "\\end"
            if end == "&":
                continue
            rows.append(row)
            row = []
            if end == "\\end":
                self._raw_argument()
                break
        return _table(kind, [cells for cells in rows if any(cells)])


_STRUCTURES: Mapping[str, Callable[[_Reader], str]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _Reader.fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _Reader.binomial),
    **dict.fromkeys(("underset", "overset"), _Reader.over),
    "sqrt": _Reader.root,
    "mathbb": _Reader.board,
    "begin": _Reader.environment,
}


def _table(kind: str, rows: list[list[str]]) -> str:
    if kind == "cases":
        return "; ".join(" for ".join(row) for row in rows).replace("for otherwise", "otherwise")
    if kind.startswith(("align", "gather", "split", "multline")):
        return "; ".join(" ".join(row) for row in rows)
    inner = ", ".join(f"[{', '.join(row)}]" for row in rows)
    if kind == "vmatrix":
        return f"det [{inner}]"
    return f"[{inner}]"


def _grouped(text: str) -> str:
    """In brackets where it is more than one thing."""
    return text if _ATOM.fullmatch(text) else f"({text})"


def _script(text: str, *, raised: bool) -> str:
    text = text.strip()
    small = _SUPER if raised else _SUB
    tight = text.replace(" ", "")
    if text in {"*", "ᵀ"} or set(text) == {"′"}:
        return text
    if all(char in small for char in tight):
        return "".join(small[char] for char in tight)
    told = f"({text})" if "(" in text and not text.startswith("(") else _grouped(text)
    return f"{'^' if raised else '_'}{told}"


def _marked(text: str, name: str) -> str:
    return text + _MARKS[name] if len(text) == 1 else f"{name}({text})"


@lru_cache(maxsize=1_024)
def _symbol(name: str) -> str:
    text: str = LatexNodes2Text(math_mode="text").latex_to_text(f"\\{name} ").strip()
    return text or name
