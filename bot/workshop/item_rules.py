"""What lint looks at in every single item, beyond what the loader demands."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from bot.banks.rules import POLL_QUESTION
from bot.banks.schema import MAX_CODE, MAX_EXPLANATION, MAX_OPTION
from bot.domain.grading.matching import Matcher
from bot.domain.grading.patterns import parse_pattern
from bot.domain.grading.rubrics import ConceptRubric
from bot.domain.grading.text import read
from bot.domain.grading.words import FUNCTION_WORDS
from bot.domain.questions import ChoiceItem, Item, KeywordItem, ParamItem
from bot.markup import formulas_of, plain, readings_in
from bot.pictures import Unrenderable, render_formulas
from bot.transport.html_split import CAPTION_LIMIT
from bot.workshop.bank_rules import MUCH_LONGER, key_to_next
from bot.workshop.remarks import Level, Remark

LEAST_SURPLUS = 4
"""Characters by which a key has to be longer before its item is named: `12` against `8` is not."""
FAIR_CAPTION = 850
"""Characters of a question that leave room for the header and a hint in a picture's caption."""
_WINDOW = re.compile(r"\{[^{}]*\}(?:~\d+)?")
_SPACE = re.compile(r"\s+")
_NEGATIVE_STEM = re.compile(r"\bwhich\b[^.?]*\b(?:not|except)\b[^.?]*\?", re.IGNORECASE)


def remarks(item: Item) -> Iterator[Remark]:
    """Every remark on one item."""
    for rule in _RULES:
        for level, name, what, mend in rule(item):
            yield Remark(level, name, item, what, mend)


_Said = Iterator[tuple[Level, str, str, str]]


def _longer_key(item: Item) -> _Said:
    if not isinstance(item, ChoiceItem) or item.multi:
        return
    [key] = item.key
    surplus = len(item.options[key].text) * (1 - 1 / key_to_next(item))
    if key_to_next(item) >= MUCH_LONGER and surplus >= LEAST_SURPLUS:
        what = f"the key is {key_to_next(item):.2f} times as long as the next option"
        yield Level.WARN, "long key", what, "shorten it, or say more in the distractors"


def _negative_stem(item: Item) -> _Said:
    match = _NEGATIVE_STEM.search(item.question)
    if match and not re.search(r"\b(?:NOT|EXCEPT)\b", match[0]) and isinstance(item, ChoiceItem):
        yield Level.WARN, "negative stem", "asks for what does not hold", "write NOT in capitals"


def _sources(item: Item) -> _Said:
    if not item.refs:
        yield Level.WARN, "no source", "names no source", "add refs"
    if item.proof is None:
        yield Level.WARN, "no proof", "the key has no proof", "add check"


def _lengths(item: Item) -> _Said:
    """Formulas count as they are read, since polls and captions show their reading."""
    question = plain(_question(item), item.formula_text)
    if item.poll and len(question) > POLL_QUESTION:
        what = f"the question reads as {len(question)} characters"
        yield Level.FAIL, "poll", what, f"at most {POLL_QUESTION} fit; or say poll = false"
    if item.poll and len(item.code) > MAX_CODE:
        yield Level.FAIL, "poll", f"the code has {len(item.code)} characters", "poll = false"
    if len(plain(item.explanation)) > MAX_EXPLANATION:
        yield Level.FAIL, "poll", "the explanation reads too long", f"at most {MAX_EXPLANATION}"
    options = item.options if isinstance(item, ChoiceItem) else ()
    for option in options:
        if len(plain(option.text)) > MAX_OPTION:
            yield Level.FAIL, "poll", f"`{option.text}` reads too long", f"at most {MAX_OPTION}"
    shown = len(question) + len(item.code) + sum(len(plain(o.text)) + 4 for o in options)
    if formulas_of(_question(item)) and shown > FAIR_CAPTION:
        what = f"question, code and options have {shown} characters"
        mend = f"a picture's caption takes {CAPTION_LIMIT}; shorten them to {FAIR_CAPTION}"
        yield Level.WARN, "caption", what, mend


def _formulas(item: Item) -> _Said:
    found = formulas_of(_question(item))
    try:
        if found:
            render_formulas(found)
    except Unrenderable as error:
        yield Level.FAIL, "formula", str(error), "write it in TeX that can be drawn"
    texts = [item.explanation, item.details, *item.hints]
    if isinstance(item, ChoiceItem):
        texts += [text for option in item.options for text in (option.text, option.why)]
    if any(map(formulas_of, texts)):
        what = "a formula stands outside the question, where no picture is shown"
        yield Level.WARN, "formula", what, "write it in plain signs: √n, σ², Σᵢ"
    given = readings_in(item.formula_text)
    if len(found) > 1 and len(given) not in {0, len(found)}:
        what = f"formula_text reads {len(given)} formulas of {len(found)}, so none of it is used"
        yield Level.WARN, "formula", what, "read each, apart by semicolons, or drop it"
    if item.formula_text and not found:
        yield Level.WARN, "formula", "formula_text without a formula", "drop it"


def _empty_proof(item: Item) -> _Said:
    if item.proof and item.proof.kind == "python" and _computes_nothing(item.proof.code):
        yield Level.FAIL, "empty proof", "the proof only states the key", "compute it"
    if isinstance(item, ParamItem) and item.proof and item.proof.kind == "python":
        formula = _SPACE.sub("", item.formula)
        if len(formula) >= 12 and formula in _SPACE.sub("", item.proof.code):
            what = "the proof repeats the formula that it should prove"
            yield Level.WARN, "proof by itself", what, "compute the answer in another way"


def _computes_nothing(code: str) -> bool:
    """Whether the snippet is nothing but constants."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return False  # running it says so better
    return all(
        isinstance(node, ast.Assign)
        and not any(
            isinstance(part, ast.Call | ast.Name | ast.BinOp) for part in ast.walk(node.value)
        )
        for node in tree.body
    )


def _alternatives(item: Item) -> _Said:
    """Honest alternatives per word match an example, or stand beside a function word."""
    if not isinstance(item, KeywordItem):
        return
    answers = [read(example.answer) for example in item.examples]
    for source in filter(_looks_like_phrases, _patterns(item.rubric)):
        matcher = Matcher([parse_pattern(source)])
        if not any(matcher.find(answer)[0] for answer in answers):
            what = f"`{source}` matches no example: its | chooses between the words beside it"
            mend = "for phrases, write each as a pattern of its own"
            yield Level.WARN, "alternatives per word", what, mend


def _patterns(rubric: ConceptRubric) -> list[str]:
    lists = [group for c in rubric.concepts for group in (c.any, *c.all_of)]
    lists += [mistake.any for mistake in rubric.misconceptions]
    return list(dict.fromkeys(source for sources in lists for source in sources))


def _looks_like_phrases(source: str) -> bool:
    """Whether every side of each bare `|` has words of content only, and two of them at least."""
    sides = _WINDOW.sub("_", source).split("|")
    if len(sides) == 1 or not all(" " in side.strip() for side in (sides[0], sides[-1])):
        return False
    words = [side.replace("-", " ").split() for side in sides]
    return all(
        len(side) > 1 and FUNCTION_WORDS.isdisjoint(side) and "_" not in side for side in words
    )


def _question(item: Item) -> str:
    if isinstance(item, ParamItem) and item.variants:
        return max((variant.question for variant in item.variants), key=len)
    return item.question


_RULES: tuple[Callable[[Item], _Said], ...] = (
    _longer_key,
    _negative_stem,
    _sources,
    _lengths,
    _formulas,
    _empty_proof,
    _alternatives,
)
