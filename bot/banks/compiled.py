"""The compiled bank kept between starts: JSON, keyed by the content of every file."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.domain.questions import (
    Area,
    BehaviouralItem,
    ChoiceItem,
    Item,
    KeywordItem,
    NumericItem,
    ParamItem,
)

FORMAT = 3
"""Raised whenever compiling the same files gives something else."""

_NAME = "bank.json"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The items by kind, and the order of all."""

    order: tuple[str, ...]
    choice: tuple[ChoiceItem, ...]
    numeric: tuple[NumericItem, ...]
    param: tuple[ParamItem, ...]
    keyword: tuple[KeywordItem, ...]
    behavioural: tuple[BehaviouralItem, ...]


def fingerprint(contents: Mapping[str, bytes], areas: Sequence[Area], language: str) -> str:
    """A hash of everything that a compiled bank follows from; `contents` by file name."""
    digest = blake2b(digest_size=32)
    heading = {"format": FORMAT, "language": language, "areas": [asdict(area) for area in areas]}
    digest.update(json.dumps(heading, sort_keys=True).encode())
    for name in sorted(contents):
        digest.update(f"\n{name} {len(contents[name])}\n".encode())
        digest.update(contents[name])
    return digest.hexdigest()


def load_compiled(folder: Path, key: str) -> dict[str, Item] | None:
    """The items kept in `folder` for `key`; None where there are none, or damaged ones."""
    try:
        heading, _, body = (folder / _NAME).read_bytes().partition(b"\n")
        if heading != _heading(key, body):
            return None
        stored = _adapter().validate_json(body)
    except (OSError, ValidationError):
        return None
    groups = (stored.choice, stored.numeric, stored.param, stored.keyword, stored.behavioural)
    by_id: dict[str, Item] = {item.id: item for group in groups for item in group}
    return {item_id: by_id[item_id] for item_id in stored.order}


def save_compiled(folder: Path, key: str, items: Mapping[str, Item]) -> None:
    """Keeps `items` in `folder`, replacing what was there in one step."""
    kept = items.values()
    body = _adapter().dump_json(
        _Compiled(
            order=tuple(items),
            choice=tuple(item for item in kept if isinstance(item, ChoiceItem)),
            numeric=tuple(item for item in kept if isinstance(item, NumericItem)),
            param=tuple(item for item in kept if isinstance(item, ParamItem)),
            keyword=tuple(item for item in kept if isinstance(item, KeywordItem)),
            behavioural=tuple(item for item in kept if isinstance(item, BehaviouralItem)),
        )
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder / _NAME, _heading(key, body) + b"\n" + body)
    except OSError as error:
        _log.warning("The compiled bank cannot be kept: %s", error)


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _heading(key: str, body: bytes) -> bytes:
    digest = blake2b(body, digest_size=16).hexdigest()
    return json.dumps({"key": key, "body": digest}).encode()


@cache
def _adapter() -> TypeAdapter[_Compiled]:
    return TypeAdapter(_Compiled)
