"""Areas and topics by what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.domain.questions import Area, Bank, Topic

SUGGESTIONS = 4
_LIKELY = 75
_LONGEST_QUERY = 64


def find_topic(bank: Bank, query: str) -> Area | Topic | None:
    """The area or topic with this id, prefix or title, whatever its case and punctuation.

    Part of a title will do where only one title has it.
    """
    wanted = _plain(query)
    if not wanted:
        return None
    names = list(_names(bank))
    for name, place in names:
        if name == wanted:
            return place
    places = {place.id: place for name, place in names if f" {wanted} " in f" {name} "}
    return next(iter(places.values())) if len(places) == 1 else None


def suggest(bank: Bank, query: str) -> tuple[Area | Topic, ...]:
    """The areas and topics whose names are nearest to `query`, best first, at most four.

    A topic is also found by what it is about.
    """
    wanted = _plain(query)
    if not wanted:
        return ()
    names = [(n, place) for n, place in (*_names(bank), *_subjects(bank)) if len(n) > 2]
    hits = process.extract(
        wanted, [name for name, _ in names], scorer=fuzz.WRatio, score_cutoff=_LIKELY, limit=20
    )
    places = {names[index][1].id: names[index][1] for _, _, index in hits}
    return tuple(places.values())[:SUGGESTIONS]


def _names(bank: Bank) -> Iterator[tuple[str, Area | Topic]]:
    """Every plain name and what it means; areas come before topics."""
    for area in bank.areas:
        yield from ((_plain(name), area) for name in (area.id, area.prefix, area.title))
    for topic in bank.topics().values():
        yield from ((_plain(name), topic) for name in (topic.id, topic.title))


def _subjects(bank: Bank) -> Iterator[tuple[str, Topic]]:
    """What every topic is about."""
    for topic in bank.topics().values():
        yield from ((_plain(subject), topic) for subject in topic.subtopics)


def _plain(name: str) -> str:
    """Lower case, words apart by one space; `+` and `#` stay: they make C++ and C#."""
    return " ".join(re.findall(r"[\w+#]+", name[:_LONGEST_QUERY].casefold().replace("_", " ")))
