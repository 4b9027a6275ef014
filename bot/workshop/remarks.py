"""What lint has to say: remarks on items, and measures of a whole bank."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.banks.findings import short
from bot.domain.questions import Item


class Level(StrEnum):
    """How grave a remark is: only `fail` makes lint fail."""

    FAIL = "fail"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one item, and how to mend it."""

    level: Level
    rule: str
    item: Item
    what: str
    mend: str

    def told(self, folder: Path) -> str:
        """The remark with the file (below the bank's `folder`) and line of its item."""
        place = f"{short(folder / self.item.source)}:{self.item.line}"
        return f"{place}: {self.level}: {self.item.id}: {self.what} ({self.mend}) [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number about many items, what is allowed, and whether it holds."""

    rule: str
    where: str
    measured: str
    allowed: str
    holds: bool
    level: Level = Level.FAIL


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that lint found."""

    remarks: tuple[Remark, ...]
    measures: tuple[Measure, ...]

    @property
    def failed(self) -> bool:
        """Whether anything has to be mended before the bank may be used."""
        grave = [remark.level for remark in self.remarks]
        grave += [measure.level for measure in self.measures if not measure.holds]
        return Level.FAIL in grave
