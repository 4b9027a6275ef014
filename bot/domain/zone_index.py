"""Which zones a name may mean: IANA names, cities, countries, states, abbreviations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from bot import places
from bot.domain.zone_names import CALLED, COUNTRIES, RANK, RENAMED, STATES

_AREAS = frozenset(
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()
)
_NO_CITIES = frozenset({"north", "south", "west", "center"})
_SIMPLER: dict[int, int | str | None] = {
    **str.maketrans("_/,.;:()|•\n\t", " " * 12, "'’‘ʻ`´\"“”?!"),
    **str.maketrans("łøđıðþ−–—", "lodidt---"),
    ord("&"): " and ",
    ord("æ"): "ae",
}
_MOST_WORDS = 7
_HYPHEN = re.compile(r"-(?!\d)")
_SAINT = re.compile(r"\bsaint\b")


def plain(name: str) -> str:
    """`name` without case, accents and punctuation; a sign before a digit stays."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    words = _HYPHEN.sub(" ", bare.translate(_SIMPLER)).split()
    return _SAINT.sub("st", " ".join(words))


@cache
def zone_names() -> tuple[str, ...]:
    """Every name that means a place or an offset; `posix/…` and the like are left out."""
    return tuple(
        sorted(
            name
            for name in places.known_zones()
            if not name.startswith(("posix/", "right/", "SystemV/"))
            and name not in {"localtime", "posixrules", "Factory"}
        )
    )


@cache
def own_names() -> frozenset[str]:
    """The zones that the tz database itself gives to a country; these are never renamed."""
    return frozenset(zone for _, zones in places.countries().values() for zone in zones.split())


def canonical(name: str) -> str:
    """The name that the tz database uses today: `Europe/Kiev` → `Europe/Kyiv`.

    A country's own zone stays itself (`Europe/Oslo`, though it links to Berlin).
    """
    if name in own_names():
        return name
    target = RENAMED.get(name) or places.links().get(name, name)
    if target in {"Etc/UTC", "Etc/GMT", "UTC", "GMT"}:
        return "UTC"
    return target if target in places.known_zones() else name


def rank(zone: str) -> tuple[int, str]:
    """A sort key: the zones that most people live by come first, UTC and offsets last."""
    return _ranks().get(zone, len(RANK) + (zone == "UTC" or zone.startswith("Etc/"))), zone


def zones_called(name: str) -> tuple[str, ...]:
    """The zones that `name` (as `plain` gives it) may mean, largest first; often exactly one."""
    return by_name().get(name) or _within(name.split(" "))


def zones_coded(code: str) -> tuple[str, ...]:
    """The zones of a country or state by its two-letter code, in capitals: `DE`, `CA`.

    Capitals, because "is", "no" and "hi" are countries and states, too.
    """
    return _codes().get(code.casefold(), ()) if len(code) == 2 and code.isupper() else ()


@cache
def by_name() -> dict[str, tuple[str, ...]]:
    """Everything that a zone is called → the zones that are called so, largest first."""
    names = _gather([*_called(), *_states(), *_cities(), *_countries()])
    claimed = {name for name, _ in _called()}
    for zone in zone_names():
        if plain(zone) not in claimed:
            names[plain(zone)] = (canonical(zone),)
    return names


def _within(words: list[str]) -> tuple[str, ...]:
    """`san francisco ca`, `berlin germany`, `europe munich`, `paris texas`: the place in a place.

    The wider place decides where the city lies elsewhere or is unknown.
    """
    if len(words) > _MOST_WORDS:
        return ()
    names, codes = by_name(), _codes()
    wider: tuple[str, ...] = ()
    for cut in range(1, len(words)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        around = codes.get(tail) or names.get(tail) or _within(words[cut:])
        inside = tuple(zone for zone in names.get(head, ()) if zone in around)
        if head.title() in _AREAS:
            inside = tuple(z for z in names.get(tail, ()) if z.startswith(head.title() + "/"))
        if inside:
            return inside
        if len(tail) > len("uk"):  # an unknown place, so a code may be any short word
            wider = wider or codes.get(tail, ())
    return wider


@cache
def _ranks() -> dict[str, int]:
    return {zone: place for place, zone in enumerate(RANK)}


def _gather(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    names: dict[str, set[str]] = {}
    for name, zone in pairs:
        names.setdefault(name, set()).add(zone)
    return {name: tuple(sorted(zones, key=rank)) for name, zones in names.items()}


def _entries(table: str) -> Iterator[tuple[str, str]]:
    for line in table.replace("\n ", " ").strip().splitlines():
        key, _, names = line.partition(": ")
        for name in names.split(", "):
            yield key, name.strip()


@cache
def _called() -> tuple[tuple[str, str], ...]:
    known = places.known_zones()
    return tuple((plain(name), zone) for zone, name in _entries(CALLED) if zone in known)


def _states() -> Iterator[tuple[str, str]]:
    for zone, name in _entries(STATES):
        yield plain(name.partition(" ")[2]), zone


def _cities() -> Iterator[tuple[str, str]]:
    for name in zone_names():
        area, _, city = name.rpartition("/")
        if area.partition("/")[0] in _AREAS and plain(city) not in _NO_CITIES:
            yield plain(city), canonical(name)


def _countries() -> Iterator[tuple[str, str]]:
    countries = places.countries()
    for name, zones in countries.values():
        base, paren, rest = name.rstrip(")").partition(" (")
        names = {name, base, f"{rest} {base}" if paren else base}
        for zone in zones.split():
            yield from ((plain(each), zone) for each in names)
    for code, name in _entries(COUNTRIES):
        for zone in countries[code][1].split() if code in countries else ():
            yield plain(name), zone


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """What may stand behind a city: a state, its code, or a country."""
    states = [(name.partition(" ")[0].casefold(), zone) for zone, name in _entries(STATES)]
    countries = [
        (code.casefold(), zone)
        for code, (_, zones) in places.countries().items()
        for zone in zones.split()
    ]
    return _gather([*states, *countries, *_states(), *_countries()])
