"""The syllabus: ten areas, their topics, and how many items each topic should reach."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bot.domain.questions import Area, ItemType, Topic

_TECHNICAL_AREAS = 6


@dataclass(frozen=True, slots=True)
class Target:
    """What a topic should reach: items by type and, from 1 to 5, by difficulty."""

    items: Mapping[ItemType, int]
    difficulty: tuple[int, ...]


def load_taxonomy() -> tuple[Area, ...]:
    """The areas in their order; the first six are the technical ones."""
    return tuple(
        Area(
            id=area["id"],
            prefix=area["prefix"],
            title=area["title"],
            technical=number < _TECHNICAL_AREAS,
            topics=tuple(
                Topic(topic["id"], topic["title"], area["id"], tuple(topic["subtopics"]))
                for topic in area["topics"]
            ),
        )
        for number, area in enumerate(_document()["areas"])
    )


def load_targets() -> Mapping[str, Target]:
    """What every topic should reach, by topic id."""
    return {
        topic["id"]: Target(
            items={ItemType(name): count for name, count in topic["targets"].items()},
            difficulty=tuple(topic["difficulty"]),
        )
        for area in _document()["areas"]
        for topic in area["topics"]
    }


def load_article_terms() -> Mapping[str, str]:
    """The topic id that covers each term of the article that the product starts from."""
    terms: Mapping[str, str] = _document()["article_terms"]
    return {term: place.partition("/")[2] for term, place in terms.items()}


@cache
def _document() -> Mapping[str, Any]:
    source = resources.files("bot.banks").joinpath("taxonomy.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
