"""Proves a whole bank: in parallel, with what was proved before kept by content."""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

from bot.domain import errors
from bot.domain.questions import Item, ParamItem
from bot.services.grading import FreeText, Graders
from bot.workshop import cell, proving
from bot.workshop.proving import Outcome, Status, prove
from bot.workshop.sandbox import Limits, Sandbox

_LOG = logging.getLogger(__name__)
_NAME = "proofs.json"


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of every item, in the bank's order; `kept` counts those known from before."""

    outcomes: Mapping[str, Outcome]
    kept: int
    offline: bool

    @property
    def failed(self) -> bool:
        """Whether any proof does not give its key."""
        return self.count(Status.FAILED) > 0

    def count(self, status: Status) -> int:
        """How many items ended so."""
        return Counter(outcome.status for outcome in self.outcomes.values())[status]


def verify(
    items: Sequence[Item],
    *,
    folder: Path | None = None,
    workers: int | None = None,
    limits: Limits | None = None,
    on_progress: Callable[[Item, Outcome], object] = lambda _item, _outcome: None,
) -> Verified:
    """Proves `items`; with a `folder`, what was proved before and has not changed is not run.

    Raises:
        Unsupported: the system cannot fork.
    """
    known = _load(folder)
    keys = {item.id: content_key(item) for item in items}
    outcomes: dict[str, Outcome] = {}
    fresh: list[Item] = []
    for item in items:
        if keys[item.id] in known:
            outcomes[item.id] = Outcome(Status.PROVED)
            on_progress(item, outcomes[item.id])
        else:
            fresh.append(item)
    kept, offline = len(outcomes), True
    if fresh:
        with Sandbox(workers, limits) as sandbox:
            offline = sandbox.offline
            for item, outcome in _prove_all(fresh, sandbox):
                outcomes[item.id] = outcome
                on_progress(item, outcome)
    if folder:
        proved = {keys[i] for i, found in outcomes.items() if found.status is Status.PROVED}
        _save(folder, known | proved)
    return Verified({item.id: outcomes[item.id] for item in items}, kept, offline)


def _prove_all(items: Iterable[Item], sandbox: Sandbox) -> Iterable[tuple[Item, Outcome]]:
    graders = Graders()
    with ThreadPoolExecutor(sandbox.workers) as pool:
        futures = {pool.submit(prove, item, sandbox, graders): item for item in items}
        for future in as_completed(futures):
            yield futures[future], future.result()


def content_key(item: Item) -> str:
    """A hash of everything that the item's proof depends on: its content, and what runs it."""
    content = asdict(item)
    for place in ("source", "line"):
        del content[place]
    if isinstance(item, ParamItem):
        content["variants"] = [asdict(variant) for variant in item.variants]
    digest = blake2b(digest_size=16)
    digest.update(json.dumps(content, sort_keys=True, default=sorted).encode())
    digest.update((_grader() if isinstance(item, FreeText) else _runner()).encode())
    return digest.hexdigest()


@cache
def _grader() -> str:
    """Changes whenever the code that grades free text does."""
    root = Path(errors.__file__).parent
    files = [*sorted(root.rglob("*.py")), *sorted(root.rglob("*.toml"))]
    return _hash_of([*files, Path(proving.__file__)])


@cache
def _runner() -> str:
    """Changes whenever Python, the libraries of proofs or the sandbox do."""
    versions = [f"{name} {_version(name)}" for name in cell.LIBRARIES]
    places = [Path(cell.__file__), Path(proving.__file__)]
    return " ".join([sys.version, *versions, _hash_of(places)])


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def _hash_of(files: Iterable[Path]) -> str:
    digest = blake2b(digest_size=16)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _load(folder: Path | None) -> frozenset[str]:
    """The keys of what was proved; none where they cannot be read."""
    if folder is None:
        return frozenset()
    try:
        return frozenset(map(str, json.loads((folder / _NAME).read_bytes())))
    except (OSError, ValueError, TypeError):
        return frozenset()


def _save(folder: Path, keys: Iterable[str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f".{_NAME}"
        beside.write_text(json.dumps(sorted(keys)), encoding="utf-8")
        beside.replace(folder / _NAME)
    except OSError as error:
        _LOG.warning("What was proved cannot be kept: %s", error)
