"""What a person sets for their practice: how much, how hard, of which areas, in which colours."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.domain.errors import LastArea, Stale
from bot.domain.scheduling import TARGETS
from bot.services.results import Happening, Who
from bot.services.sets import SetKeeper
from bot.storage.records import Person
from bot.storage.store import Store, Unit

T = TypeVar("T")

SIZES = (5, 10, 20)
"""Questions of a set."""
LEVELS = tuple(TARGETS)
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """An area, and whether mixed sets draw on it."""

    id: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Preferences:
    """What holds for a person, whether they set it or not; `level` None: as hard as fits.

    `own_zone` says whether the zone is theirs, and not just the configured one.
    """

    set_size: int
    level: str | None
    areas: tuple[AreaChoice, ...]
    theme: str
    language: str
    zone: str
    own_zone: bool

    @property
    def chosen(self) -> tuple[AreaChoice, ...]:
        """The areas that mixed sets draw on."""
        return tuple(area for area in self.areas if area.chosen)

    @property
    def all_areas(self) -> bool:
        """Whether they draw on every area."""
        return len(self.chosen) == len(self.areas)


class PreferencesService:
    """Shows and changes them; a repeated update changes nothing a second time.

    Every change raises `Stale` for a value that is none of those on offer.
    """

    def __init__(self, store: Store, sets: SetKeeper) -> None:
        self.store = store
        self.catalogue = sets.catalogue
        self.rules = sets.rules

    async def look(self, who: Who, what: Happening) -> Preferences:
        """What holds now."""
        return await self.store.transact(lambda unit: self._seen(self._touch(unit, who, what)))

    async def language_of(self, person_id: int) -> str | None:
        """The language in which the person is spoken to; `None` if they are not known."""
        person = await self.store.transact(lambda unit: unit.people.find(person_id))
        return person.language if person else None

    async def set_size(self, who: Who, what: Happening, size: int) -> Preferences:
        """How many questions a set has."""
        _one_of(size, SIZES)
        return await self._change(who, what, lambda person: replace(person, set_size=size))

    async def set_level(self, who: Who, what: Happening, level: str | None) -> Preferences:
        """How hard new questions are."""
        _one_of(level, LEVELS)
        return await self._change(who, what, lambda person: replace(person, level=level))

    async def set_theme(self, who: Who, what: Happening, theme: str) -> Preferences:
        """Whether pictures are light or dark."""
        _one_of(theme, THEMES)
        return await self._change(who, what, lambda person: replace(person, theme=theme))

    async def set_language(self, who: Who, what: Happening, language: str) -> Preferences:
        """In which language the person is spoken to; the caller knows which there are."""
        return await self._change(who, what, lambda person: replace(person, language=language))

    async def set_area(self, who: Who, what: Happening, area_id: str, *, on: bool) -> Preferences:
        """Whether mixed sets draw on an area.

        Raises:
            LastArea: without it none would be left.
        """
        self._known(area_id)

        def change(person: Person) -> Person:
            chosen = {area.id for area in self._areas(person) if area.chosen} - {area_id}
            return self._with(person, chosen | {area_id} if on else chosen)

        return await self._change(who, what, change)

    async def only_area(self, who: Who, what: Happening, area_id: str) -> Preferences:
        """Mixed sets draw on this area alone."""
        self._known(area_id)
        return await self._change(who, what, lambda person: self._with(person, {area_id}))

    async def all_areas(self, who: Who, what: Happening) -> Preferences:
        """Mixed sets draw on every area."""
        return await self._change(who, what, lambda person: replace(person, areas=None))

    async def _change(
        self, who: Who, what: Happening, change: Callable[[Person], Person]
    ) -> Preferences:
        def work(unit: Unit) -> Preferences:
            person = self._touch(unit, who, what)
            if unit.updates.mark(what.update_id, what.now):
                person = change(person)
                unit.people.save_settings(person)
            return self._seen(person)

        return await self.store.transact(work)

    def _touch(self, unit: Unit, who: Who, what: Happening) -> Person:
        return unit.people.touch(who.person_id, who.language, what.now)

    def _known(self, area_id: str) -> None:
        _one_of(area_id, [area.id for area in self.catalogue.open_areas])

    def _with(self, person: Person, chosen: set[str]) -> Person:
        """These areas alone; all of them need not be named, so that new ones join them."""
        named = tuple(area.id for area in self.catalogue.open_areas if area.id in chosen)
        if not named:
            raise LastArea
        everything = len(named) == len(self.catalogue.open_areas)
        return replace(person, areas=None if everything else named)

    def _areas(self, person: Person) -> tuple[AreaChoice, ...]:
        """The areas that have questions; where the person's have none left, all are drawn on."""
        present = self.catalogue.open_areas
        chosen = {area.id for area in present}.intersection(person.areas or ())
        return tuple(
            AreaChoice(area.id, area.title, not chosen or area.id in chosen) for area in present
        )

    def _seen(self, person: Person) -> Preferences:
        return Preferences(
            set_size=person.set_size or self.rules.set_size,
            level=person.level,
            areas=self._areas(person),
            theme=person.theme or "light",
            language=person.language,
            zone=person.timezone or self.rules.timezone,
            own_zone=person.timezone is not None,
        )


def _one_of(value: T, offered: Collection[T]) -> None:
    if value not in offered:
        raise Stale
