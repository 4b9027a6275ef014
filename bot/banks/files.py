"""Which files of a folder are question banks, and which topic and language each is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.banks.complaints import nearest
from bot.banks.findings import Finding
from bot.domain.questions import Area, Topic

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_NOT_BANKS = frozenset({"taxonomy.toml"})


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file, its place in the syllabus, and the language if it is a translation."""

    path: Path
    name: str
    topic: Topic
    prefix: str
    overlay: str


def find_files(folder: Path, areas: Sequence[Area]) -> tuple[list[BankFile], list[Finding]]:
    """The bank files below `folder`, originals before translations, and what is misplaced."""
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        return [], [_folder_finding(folder, f"the folder of question banks {what}")]
    found: list[BankFile] = []
    findings: list[Finding] = []
    try:
        for path in _candidates(folder):
            file = _place(path, folder, areas)
            if isinstance(file, Finding):
                findings.append(file)
            else:
                found.append(file)
    except OSError as error:
        findings.append(_folder_finding(folder, f"the folder cannot be read: {error.strerror}"))
    if not found and not findings:
        findings.append(_folder_finding(folder, "the folder holds no question bank"))
    return sorted(found, key=lambda file: (file.overlay, file.name)), findings


def _candidates(folder: Path) -> Iterator[Path]:
    """Every `.toml` of the folder, of its areas, and, to be told of, one level below."""
    for entry in _visible(folder):
        if entry.is_dir():
            for inner in _visible(entry):
                if inner.is_dir() and not inner.is_symlink():
                    yield from filter(_is_toml, _visible(inner))
                elif _is_toml(inner):
                    yield inner
        elif _is_toml(entry):
            yield entry


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _is_toml(path: Path) -> bool:
    return path.suffix == ".toml" and path.name not in _NOT_BANKS


def _place(path: Path, folder: Path, areas: Sequence[Area]) -> BankFile | Finding:
    *folders, file_name = path.relative_to(folder).parts
    if len(folders) != 1:
        mend = "move it to <area>/<topic>.toml"
        return Finding(path, 1, "", "the file does not lie in the folder of an area", mend)
    area = next((area for area in areas if area.id == folders[0]), None)
    if area is None:
        mend = nearest(folders[0], [area.id for area in areas])
        return Finding(path, 1, "", f'the folder "{folders[0]}" is no area', mend)
    topic_id, _, language = file_name.removesuffix(".toml").partition(".")
    topic = next((topic for topic in area.topics if topic.id == topic_id), None)
    if topic is None:
        what = f'the file name "{topic_id}" is no topic of {area.title}'
        return Finding(path, 1, "", what, nearest(topic_id, [topic.id for topic in area.topics]))
    if language and not LANGUAGE.fullmatch(language):
        mend = "name a translation like python.de.toml"
        return Finding(path, 1, "", f'"{language}" is no language code', mend)
    return BankFile(path, f"{area.id}/{file_name}", topic, area.prefix, language)


def _folder_finding(folder: Path, what: str) -> Finding:
    mend = "content.banks has to name a folder with <area>/<topic>.toml in it"
    return Finding(folder, 0, "", what, mend)
