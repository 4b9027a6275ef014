"""What lint measures over many items: tricks that must not pay, and where the key stands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.grading.choice import dealt_order
from bot.domain.grading.numeric import leading_quantity
from bot.domain.questions import Area, ChoiceItem
from bot.workshop import guessing
from bot.workshop.guessing import guess, guess_by, is_key, lengths
from bot.workshop.learning_guesser import learned_hits
from bot.workshop.remarks import Level, Measure
from bot.workshop.significance import by_chance, more_often, uneven

WHOLE = "all areas"
DRAWS = 10_000
RARE = 0.001
MUCH_LONGER = 1.25
_NEGATIVE = re.compile(r"\b(?:NOT|EXCEPT|LEAST)\b")


def measures(areas: Sequence[Area], choices: Sequence[ChoiceItem]) -> Iterator[Measure]:
    """Every measure of the bank's choice items."""
    singles = [item for item in choices if not item.multi]
    by_area = {area.id: [i for i in singles if i.area_id == area.id] for area in areas}
    yield from _guessers(singles, by_area)
    yield from _lengths(singles, by_area)
    yield from _positions(singles)
    yield _negative(singles)
    yield from _wordings(choices)
    yield _overlap(singles)
    yield _ticks([item for item in choices if item.multi])


def _guessers(
    singles: Sequence[ChoiceItem], by_area: Mapping[str, Sequence[ChoiceItem]]
) -> Iterator[Measure]:
    yield _guesser("guesser", WHOLE, singles, 0.01)
    for area, items in by_area.items():
        if items:
            yield _guesser("guesser", area, items, RARE)
    for name, (trick, _) in guessing.TRICKS.items():
        telling = [item for item in singles if guessing.tells(trick, item)]
        hits = sum(is_key(item, guess_by(trick, item)) for item in telling)
        yield _against_chance(f"trick: {name}", WHOLE, telling, hits, 0.01, Level.WARN)
    yield from _learned(singles)


def _guesser(rule: str, where: str, items: Sequence[ChoiceItem], least: float) -> Measure:
    hits = sum(is_key(item, guess(item)) for item in items)
    return _against_chance(rule, where, items, hits, least, Level.FAIL)


def _learned(singles: Sequence[ChoiceItem]) -> Iterator[Measure]:
    hits = learned_hits(singles)
    if hits is not None:
        yield _against_chance("guesser that learns", WHOLE, singles, hits, 0.01, Level.WARN)


def _against_chance(
    rule: str, where: str, items: Sequence[ChoiceItem], hits: int, least: float, level: Level
) -> Measure:
    chances = [1 / len(item.options) for item in items]
    p = by_chance(hits, chances)
    share, chance = _share(hits, len(items)), _share(sum(chances), len(items))
    text = f"{share} of {len(items)} (chance {chance}), p = {p:.2g}"
    return Measure(rule, where, text, f"p ≥ {least}", p >= least, level)


def _lengths(
    singles: Sequence[ChoiceItem], by_area: Mapping[str, Sequence[ChoiceItem]]
) -> Iterator[Measure]:
    yield _at_most("key the longest", WHOLE, singles, sum(map(_is_longest, singles)), 0.30)
    for area, items in by_area.items():
        yield _at_most("key the longest", area, items, sum(map(_is_longest, items)), 0.35)
    much = sum(key_to_next(item) >= MUCH_LONGER for item in singles)
    yield _at_most("key much longer", WHOLE, singles, much, 0.10)
    shortest = sum(map(_is_shortest, singles))
    yield _at_most("key the shortest", WHOLE, singles, shortest, 0.35, Level.WARN)


def key_to_next(item: ChoiceItem) -> float:
    """The key's length over that of the longest distractor."""
    sizes = lengths(item)
    [key] = item.key
    return sizes[key] / max(1, *(size for i, size in enumerate(sizes) if i != key))


def _is_longest(item: ChoiceItem) -> bool:
    return key_to_next(item) > 1


def _is_shortest(item: ChoiceItem) -> bool:
    sizes = lengths(item)
    [key] = item.key
    return sizes[key] < min(size for i, size in enumerate(sizes) if i != key)


def _at_most(
    rule: str,
    where: str,
    items: Sequence[ChoiceItem],
    count: int,
    share: float,
    level: Level = Level.FAIL,
) -> Measure:
    text = f"{_share(count, len(items))} of {len(items)}"
    holds = not items or count / len(items) <= share
    return Measure(rule, where, text, f"≤ {share:.0%}", holds, level)


def _positions(singles: Sequence[ChoiceItem]) -> Iterator[Measure]:
    fixed = [item for item in singles if item.order == "fixed"]
    yield _even("key's place, fixed order", fixed, _places(fixed))
    sorted_ones = [item for item in singles if _numbers(item)]
    yield _even("key's rank among numbers", sorted_ones, _ranks(sorted_ones))
    shuffled = [item for item in singles if item.order == "shuffle"]
    yield _even(f"key's place, {DRAWS:,} deals", shuffled, _dealt(shuffled))


def _even(rule: str, items: Sequence[ChoiceItem], counts: Mapping[int, Sequence[int]]) -> Measure:
    p = uneven(counts)
    text = "too few to say" if p is None else f"p = {p:.2g}"
    return Measure(
        rule, WHOLE, f"{text} ({len(items)} items)", f"p ≥ {RARE}", p is None or p >= RARE
    )


def _places(items: Sequence[ChoiceItem]) -> Mapping[int, list[int]]:
    counts: dict[int, list[int]] = {}
    for item in items:
        group = counts.setdefault(len(item.options), [0] * len(item.options))
        group[next(iter(item.key))] += 1
    return counts


def _numbers(item: ChoiceItem) -> list[float]:
    """The options' numbers; empty unless every option begins with another one."""
    values = [leading_quantity(option.text) for option in item.options]
    found = [value for value in values if value is not None]
    return found if len(set(found)) == len(item.options) else []


def _ranks(items: Sequence[ChoiceItem]) -> Mapping[int, list[int]]:
    counts: dict[int, list[int]] = {}
    for item in items:
        values = _numbers(item)
        group = counts.setdefault(len(values), [0] * len(values))
        group[sorted(values).index(values[next(iter(item.key))])] += 1
    return counts


def _dealt(items: Sequence[ChoiceItem]) -> Mapping[int, list[int]]:
    """Where the key lands over many deals; the seeds are fixed, so the result is, too."""
    counts: dict[int, list[int]] = {}
    for draw in range(DRAWS if items else 0):
        item = items[draw % len(items)]
        order = dealt_order(item, draw)
        group = counts.setdefault(len(order), [0] * len(order))
        group[order.index(next(iter(item.key)))] += 1
    return counts


def _negative(singles: Sequence[ChoiceItem]) -> Measure:
    count = sum(bool(_NEGATIVE.search(item.question)) for item in singles)
    return _at_most("NOT / EXCEPT stems", WHOLE, singles, count, 0.05, Level.WARN)


def _wordings(choices: Sequence[ChoiceItem]) -> Iterator[Measure]:
    tables: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for item in choices:
        for option in item.options:
            absolute = guessing.has_any(option.text, guessing.ABSOLUTE)
            tables["absolute"][option.correct, absolute] += 1
            tables["hedges"][option.correct, guessing.has_any(option.text, guessing.HEDGES)] += 1
    yield _more(tables["absolute"], "absolute words in distractors", in_key=False)
    yield _more(tables["hedges"], "hedges in keys", in_key=True)


def _more(table: Counter[tuple[bool, bool]], rule: str, *, in_key: bool) -> Measure:
    here = table[in_key, True], table[in_key, False]
    there = table[not in_key, True], table[not in_key, False]
    p = more_often(here, there)
    shares = f"{_share(here[0], sum(here))} against {_share(there[0], sum(there))}"
    return Measure(rule, WHOLE, f"{shares}, p = {p:.2g}", f"p ≥ {RARE}", p >= RARE)


def _overlap(singles: Sequence[ChoiceItem]) -> Measure:
    """The option that alone shares most words with the stem must not be the key too often."""
    hits, chances = 0, []
    for item in singles:
        shared = guessing.shared_with_stem(item)
        if shared.count(max(shared)) == 1:
            chances.append(1 / len(shared))
            hits += is_key(item, shared.index(max(shared)))
    p = by_chance(hits, chances)
    share, chance = _share(hits, len(chances)), _share(sum(chances), len(chances))
    text = f"{share} of {len(chances)} (chance {chance}), p = {p:.2g}"
    return Measure("key shares the stem's words", WHOLE, text, f"p ≥ {RARE}", p >= RARE)


def _ticks(multis: Sequence[ChoiceItem]) -> Measure:
    """How often the number of options alone tells how many are right."""
    shapes = Counter((len(item.options), len(item.key)) for item in multis)
    usual: dict[int, int] = {}
    for (options, _), count in shapes.items():
        usual[options] = max(usual.get(options, 0), count)
    told = sum(usual.values())
    rule = "right options told by their usual number"
    return _at_most(rule, WHOLE, multis, told, 0.60, Level.WARN)


def _share(part: float, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "none"
