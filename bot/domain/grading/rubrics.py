"""What free text is scored by: concepts with their patterns, and the parts of a STAR answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One idea that an answer may show; `label` names it in feedback.

    Hit when one pattern of `any` and one of every list in `all_of` is found.
    """

    id: str
    label: str
    weight: float = 1.0
    any: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()
    negatable: bool = True
    fuzzy: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A wrong idea, found by its patterns, what it costs, and what to say to it."""

    label: str
    any: tuple[str, ...]
    penalty: float = 0.5
    say: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """An author's test: the score of `answer` lies between `min` and `max`."""

    answer: str
    min: float = 0.0
    max: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptRubric:
    """How a keyword item is scored; `need` is the weight that earns full marks."""

    need: float
    concepts: tuple[Concept, ...]
    misconceptions: tuple[Misconception, ...] = ()
    max_words: int = 150
    demote_question_words: bool = True


@dataclass(frozen=True, slots=True)
class StarPart:
    """One part of a STAR answer: its signals, and what 0 and 3 points look like."""

    signals: tuple[str, ...]
    zero: str
    three: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StarRubric:
    """How a behavioural item is scored; `min_words` and `max_words` bound a fair length."""

    situation: StarPart
    task: StarPart
    action: StarPart
    result: StarPart
    red_flags: tuple[str, ...] = ()
    min_words: int = 80
    max_words: int = 350
