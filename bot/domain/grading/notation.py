"""Numbers as people write them: `2,0`, `1 000`, `1/3`, `2·10^3`, `√2`, `about 3`.

Everything is matched from the left at one place, so hostile text costs linear time.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—‒﹣－", "-"),
        **dict.fromkeys("×·⋅∙•∗✕", "*"),
        **dict.fromkeys("’‘ʼ´`", "'"),
        **dict.fromkeys("⁄∕÷", "/"),
        **dict.fromkeys("≃≅≈∼～", "~"),
        "٫": ".",
        "٬": "'",
        "{": "(",
        "}": ")",
    }
)
_SUPERSCRIPT = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_TIMES_X = re.compile(r"(?<=[\d)]) ?[xX] ?(?=[\d√])")
_ROOT = re.compile(r"(?:sqrt|√) ?(?:\(([\d.,' ]*)\))?", re.IGNORECASE)

_NUMBER = re.compile(
    r"""
      (?P<whole> \d{1,3} (?P<separator> [ '_,.] ) \d{3} (?: (?P=separator) \d{3} )*
               | \d{1,2} (?: ,\d{2} )+ ,\d{3}
               | \d++ )
      (?![\d_'])
      (?: (?! (?P=separator) ) [.,] (?P<part> \d+ ) )?
    | [.,] (?P<only_part> \d+ )
    """,
    re.VERBOSE,
)
_EXPONENT = re.compile(r"[eE]([+-]?\d{1,4})(?!\d)")
_POWER = re.compile(r" ?\^ ?\(? ?([+-]?) ?(\d{1,6}(?:\.\d{1,6})?) ?\)?")
_MIXED = re.compile(r"(\d{1,9}) (\d{1,9}) ?/ ?(\d{1,9})(?![\d.,])")
_OPERATOR = re.compile(r" ?([*/]) ?(?=[\d.,√π]|pi\b)| ?(?=[√π]|pi\b)")
_START = re.compile(r"[-+]? ?(?:√ ?)?(?:[.,]?\d|π|\bpi\b|\be ?\^)")


class OutOfRange(Exception):
    """A number that is not finite."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from text, what stood before and after it.

    `other` is the second reading of `1,234`: a thousand and more, or one and a bit.
    """

    value: float
    other: float | None
    before: str
    after: str


def plain(text: str) -> str:
    """`text` with one spelling of digits, signs, powers and spaces."""
    text = _SUPERSCRIPT.sub(lambda run: "^" + run[0].translate(_SUPERSCRIPTS), text)
    text = "".join(map(_plain_char, text)).translate(_SIGNS)
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    text = _TIMES_X.sub("*", text.replace("**", "^"))
    return _ROOT.sub(lambda root: "√" + (root[1] or ""), text)


def read_number(text: str) -> Number | None:
    """The first number of `text`, which is `plain`; None where there is none.

    Raises:
        OutOfRange: It is too large, or divided by zero.
    """
    start = _START.search(text)
    if start is None:
        return None
    sign = -1.0 if text[start.start()] == "-" else 1.0
    at = start.start() + (text[start.start()] in "+-")
    at += text[at : at + 1] == " "
    try:
        value, other, end = _product(text, at)
    except ArithmeticError as error:
        raise OutOfRange from error
    except ValueError:
        return None
    if not math.isfinite(value):
        raise OutOfRange
    return Number(
        sign * value,
        None if other is None else sign * other,
        text[: start.start()].strip(),
        text[end:].strip(),
    )


def _plain_char(char: str) -> str:
    if char.isascii():
        return char
    decomposed = unicodedata.normalize("NFKC", char)
    if "⁄" in decomposed:
        return f" {decomposed}"
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _product(text: str, at: int) -> tuple[float, float | None, int]:
    """A product or quotient of factors: its value, its second reading, and where it ends."""
    if mixed := _MIXED.match(text, at):
        whole, above, below = map(float, mixed.groups())
        if above < below:
            return whole + above / below, None, mixed.end()
    value, other, at = _factor(text, at)
    while operator := _OPERATOR.match(text, at):
        factor, _, at = _factor(text, operator.end())
        value, other = (value / factor if operator[1] == "/" else value * factor), None
    return value, other, at


def _factor(text: str, at: int) -> tuple[float, float | None, int]:
    """One number, root or power."""
    root = text.startswith("√", at)
    at += root
    at += text[at : at + 1] == " "
    value, other, at = _atom(text, at)
    if power := _POWER.match(text, at):
        exponent = float(power[2]) * (-1 if power[1] == "-" else 1)
        value, other, at = value**exponent, None, power.end()
    return (math.sqrt(value), None, at) if root else (value, other, at)


def _atom(text: str, at: int) -> tuple[float, float | None, int]:
    for name, constant in (("π", math.pi), ("pi", math.pi), ("e", math.e)):
        if text.startswith(name, at):
            return constant, None, at + len(name)
    number = _NUMBER.match(text, at)
    if number is None:
        raise ValueError(text[at : at + 1])
    value, other = _decimal(number)
    at = number.end()
    if exponent := _EXPONENT.match(text, at):
        return value * 10.0 ** int(exponent[1]), None, exponent.end()
    return value, other, at


def _decimal(number: re.Match[str]) -> tuple[float, float | None]:
    """What grouped digits mean: `1,234` is a thousand and more, `0,234` and `1.234` are not."""
    if number["only_part"]:
        return float(f"0.{number['only_part']}"), None
    whole, part, separator = number["whole"], number["part"], number["separator"]
    digits = re.sub(r"\D", "", whole)
    once = separator is not None and separator in ",." and whole.count(separator) == 1
    if once and part is None:
        small = float(whole.replace(",", "."))
        if separator == "." or whole.startswith("0"):
            return small, None
        return float(digits), small
    return float(f"{digits}.{part or 0}"), None
