"""Loads a folder of question banks: every file, every rule, all findings at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.banks.build import Place
from bot.banks.compiled import fingerprint, load_compiled, save_compiled
from bot.banks.compiling import FaultyItem, compile_item, heading_faults
from bot.banks.files import BankFile, find_files
from bot.banks.findings import BankErrors, Complaint, Finding, Where, short
from bot.banks.overlays import is_stale, merged
from bot.banks.source import FaultyFile, Source, parse, read_bytes
from bot.banks.taxonomy import load_taxonomy
from bot.domain.questions import Area, Bank, Item

MAX_ITEMS = 2_000
"""Items in one file."""


def load_bank(
    folder: Path,
    *,
    areas: Sequence[Area] | None = None,
    cache: Path | None = None,
    language: str = "en",
) -> Bank:
    """The bank in `folder`, translated into `language` where a translation is up to date.

    `areas` is the syllabus, by default the packaged one. With a `cache` folder the compiled
    bank is kept there and used again while no file has changed.

    Raises:
        BankErrors: Anything is wrong with any file; nothing is loaded by halves.
    """
    known = tuple(areas if areas is not None else load_taxonomy())
    files, findings = find_files(folder, known)
    contents: dict[BankFile, bytes] = {}
    for file in files:
        try:
            contents[file] = read_bytes(file.path)
        except FaultyFile as error:
            findings.append(error.finding)
    key = fingerprint({f.name: content for f, content in contents.items()}, known, language)
    if cache and not findings and (items := load_compiled(cache, key)) is not None:
        return Bank(known, items)
    loading = _Loading(language, findings)
    for file, content in contents.items():
        loading.add(file, content)
    if loading.findings:
        ordered = sorted(loading.findings, key=lambda finding: (str(finding.path), finding.line))
        raise BankErrors(tuple(ordered))
    if cache:
        save_compiled(cache, key, loading.items)
    return Bank(known, loading.items)


@dataclass(slots=True)
class _Loading:
    """What has been read so far; originals come before the translations that need them."""

    language: str
    findings: list[Finding]
    items: dict[str, Item] = field(default_factory=dict)
    _originals: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _seen: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, file: BankFile, content: bytes) -> None:
        """Reads one file."""
        try:
            source = parse(file.path, content)
        except FaultyFile as error:
            self.findings.append(error.finding)
            return
        complaints = list(heading_faults(source.data, file))
        raws = source.data.get("items")
        if not isinstance(raws, list) or not raws:
            complaints.append(Complaint((), "the file holds no items", "write [[items]] sections"))
        elif len(raws) > MAX_ITEMS:
            what = f"the file holds {len(raws)} items"
            complaints.append(Complaint((), what, f"at most {MAX_ITEMS} are allowed; split it"))
        else:
            for index, raw in enumerate(raws):
                self._add_item(file, source, index, raw)
        self._report(source, (), "", complaints)

    def _add_item(self, file: BankFile, source: Source, index: int, raw: object) -> None:
        where: Where = ("items", index)
        if not isinstance(raw, dict):
            what = f"item {index + 1} is not a table"
            self._report(source, (), "", [Complaint(where, what, "write [[items]] sections")])
            return
        item_id = str(raw.get("id", f"item {index + 1}"))[:60]
        language = file.overlay or str(source.data.get("language", "en"))
        place = Place(file.topic, language, file.name, source.line(where))
        try:
            if isinstance(raw.get("id"), str):
                self._check_unique(item_id, file, place.line)
            if file.overlay:
                self._translate(raw, place, file.prefix)
            else:
                self._originals[item_id] = raw
                self.items[item_id] = compile_item(raw, place, file.prefix)
        except FaultyItem as error:
            self._report(source, where, item_id, error.complaints)

    def _translate(self, overlay: Mapping[str, Any], place: Place, prefix: str) -> None:
        item_id = overlay.get("id")
        if not isinstance(item_id, str) or item_id not in self._originals:
            what = f"there is no item `{item_id}` to translate"
            raise FaultyItem([Complaint(("id",), what, "name the id of an item of this topic")])
        if type(overlay.get("rev")) is not int:
            what = "`rev` is missing or no whole number"
            raise FaultyItem([Complaint(("rev",), what, "name the revision that was translated")])
        if item_id not in self.items or is_stale(overlay, self._originals[item_id]):
            return
        item = compile_item(merged(overlay, self._originals[item_id]), place, prefix)
        if place.language == self.language:
            self.items[item_id] = item

    def _check_unique(self, item_id: str, file: BankFile, line: int) -> None:
        here = f"{short(file.path)}:{line}"
        first = self._seen.setdefault((item_id, file.overlay), here)
        if first != here:
            what = "the id is used twice"
            raise FaultyItem([Complaint(("id",), what, f"first at {first}; ids are never reused")])

    def _report(
        self, source: Source, where: Where, item_id: str, complaints: Iterable[Complaint]
    ) -> None:
        self.findings += (
            Finding(source.path, source.line(where + fault.where), item_id, fault.what, fault.mend)
            for fault in complaints
        )
