"""Free text as grading reads it: normalised words with the clauses they stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from snowballstemmer.english_stemmer import (  # type: ignore[import-untyped]  # ships no types
    EnglishStemmer,
)

from bot.domain.grading.abbreviations import (
    ABBREVIATIONS,
    CONTRACTIONS,
    JOINED_PREFIXES,
    NUMBERS,
)
from bot.domain.grading.signs import GREEK, SIGNS, TEX
from bot.domain.grading.words import OPENERS

MAX_CHARACTERS = 8_192
MAX_WORD = 40
"""Letters of a word that are looked at."""

_REMEMBERED = 16_384
_BREAKS = frozenset(":;-")

_TEX = re.compile(r"\\([a-z]+)\*?|\\.", re.IGNORECASE)
_SHIFTS = re.compile(r"<<|>>|->|=>|<br ?/?>|</?[a-z]{1,4}>")
_POWER = re.compile(r"\s*(?:\*\*|\^)\s*[({]?\s*")
_SPELT_POWER = re.compile(r"(?<=\w) (squared|cubed)\b")
_DOTTED = re.compile(r"\b(i\.i\.d|e\.g|i\.e|w\.r\.t|a\.k\.a)\b\.?|\b(vs|etc|cf|approx)\.")
_GREEK_LETTER = re.compile(r"(?<![\u0370-\u03ff])[\u03b1-\u03c9](?![\u0370-\u03ff])")
_NON = re.compile(r"\bnon (?=[^\W\d_]{3})")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NAMES = re.compile(r"\bc\+\+|\bk-nn\b")
_PIECE = re.compile(
    r"(?P<word>\d+\.\d+|[^\W_]+(?:'[^\W_]+)?(?:\^-?\d+(?![^\W_]))?(?:-(?=[^\W\d_]))?)"
    r"|(?P<end>\.(?=\s|$)|[!?]+|\n\s*\n)"
    r"|(?P<break>[:;]|(?<=\s)-)(?=\s)"
    r"|(?P<pause>[,;\n.\"=])"
)

_ISE = re.compile(
    r"(?:(?<=\w[^\Wvcwoaeu])(?<!pr)is|(?<=\wl)ys)(?=(?:e[ds]?|ing|ations?|ers?|able)$)"
)
_OUR = re.compile(r"(?<=\w\w)our(?=(?:s|ed|ing|al|able|hoods?|ite)?$)")
_TRE = re.compile(r"(?<=\w\w)tre(?=s?$)")


@dataclass(frozen=True, slots=True)
class Text:
    """Words in their order, each with the numbers of its clause and of its sentence.

    `breaks` are the places of words right after a colon, a semicolon or a dash.
    """

    words: tuple[str, ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]
    breaks: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.words)


def read(text: str, max_words: int = 1_000) -> Text:
    """The first `max_words` words of `text`; never raises.

    A clause ends at punctuation and before words like "but" and "because". Brackets and colons
    do not end it: what follows is still part of the same statement.
    """
    breaks: set[int] = set()
    words: list[str] = []
    clauses: list[int] = []
    sentences: list[int] = []
    clause = sentence = 0
    for word in _pieces(normalise(text)):
        if not word:
            clause += 1
        elif word == ".":
            clause, sentence = clause + 1, sentence + 1
        elif word in _BREAKS:
            clause += word == ";"
            breaks.add(len(words))
        elif len(words) == max_words:
            break
        else:
            clause += word in OPENERS
            words.append(word)
            clauses.append(clause)
            sentences.append(sentence)
    return Text(tuple(words), tuple(clauses), tuple(sentences), frozenset(breaks))


def normalise(text: str) -> str:
    """Lower-case text in compatible characters: Greek letters named, TeX commands gone."""
    text = unescape(text[:MAX_CHARACTERS])
    if "\\" in text:
        text = _TEX.sub(lambda hit: f" {TEX.get(hit[1] or '', '')} ", text)
    text = text.casefold().replace("!=", "≠").replace("<=", "≤").replace(">=", "≥")
    text = _SHIFTS.sub(" ", text).translate(SIGNS)
    if not text.isascii():
        text = _folded(text)
    if "^" in text or "**" in text:
        text = _POWER.sub("^", text)
    text = _SPELT_POWER.sub(lambda hit: "^2" if hit[1] == "squared" else "^3", text)
    text = _DOTTED.sub(lambda hit: f"{hit[0].replace('.', '')} ", text)
    text = _NAMES.sub(lambda hit: "cpp" if hit[0] == "c++" else "knn", text)
    return _NON.sub("non", _THOUSANDS.sub("", text)).replace("...", " ")


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """The stem of a normalised word (Snowball's English algorithm)."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    stemmed: str = EnglishStemmer().stemWord(word)
    return stemmed[:-1] if stemmed.endswith("ll") and len(stemmed) > 4 else stemmed


@lru_cache(maxsize=_REMEMBERED)
def spelling(word: str) -> str:
    """`word` in American spelling, so that both spellings have one stem."""
    if len(word) < 6:
        return word
    word = _ISE.sub(lambda hit: f"{hit[0][0]}z", word)
    return _TRE.sub("ter", _OUR.sub("or", word))


def _folded(text: str) -> str:
    """Compatible characters without accents.

    Marks go first: sorting long runs of them, as normalisation does, takes quadratic time.
    """
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = _GREEK_LETTER.sub(lambda hit: f" {GREEK.get(hit[0], '')} ", text)
    text = unicodedata.normalize("NFKD", text)[: 2 * MAX_CHARACTERS].casefold()
    return "".join(char for char in text if not unicodedata.combining(char))


def _pieces(text: str) -> Iterator[str]:
    """Words; `""` where a clause ends, `"."` where a sentence ends; colons, semicolons, dashes."""
    prefix = ""
    for hit in _PIECE.finditer(text):
        word = hit["word"]
        if word is None:
            yield hit["break"] or ("." if hit["end"] else "")
            continue
        if word.endswith("-"):
            word = word[:-1]
            if word in JOINED_PREFIXES:
                prefix += word
                continue
        yield from _spelt_out((prefix + word)[:MAX_WORD])
        prefix = ""


@lru_cache(maxsize=_REMEMBERED)
def _spelt_out(word: str) -> tuple[str, ...]:
    """The words that `word` stands for: contractions, numbers and abbreviations."""
    if word in CONTRACTIONS:
        return tuple(CONTRACTIONS[word].split())
    if "'" in word:
        if word.endswith("n't"):
            return (word[:-3], "not")
        word = word.partition("'")[0]
    if long := ABBREVIATIONS.get(word) or ABBREVIATIONS.get(word.removesuffix("s")):
        return tuple(long.split())
    if "." in word:
        word = word.rstrip("0").rstrip(".")
    return (NUMBERS.get(word) or spelling(word),)
