"""A whole bank is proved once, and again only where something changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.banks.loader import load_bank
from bot.content import cache_folder
from bot.domain.questions import Item, NumericItem
from bot.workshop import verifying
from bot.workshop.proving import Status
from bot.workshop.verifying import content_key, verify
from tests.banks.writing import ALL_TYPES, NUMERIC, SINGLE, load

OURS = Path(__file__).parents[2] / "question_banks"


def items_of(folder: Path, text: str) -> list[Item]:
    return list(load(folder, text).items.values())


def test_outcomes_are_told_as_they_come_and_kept_in_order(tmp_path: Path) -> None:
    items = items_of(tmp_path, ALL_TYPES)
    seen: list[str] = []
    verified = verify(items, on_progress=lambda item, _: seen.append(item.id))
    assert sorted(seen) == [item.id for item in items] == list(verified.outcomes)
    told = {item_id: outcome.status.value for item_id, outcome in verified.outcomes.items()}
    kinds = ["proved", "unproved", "proved", "unproved", "failed", "unproved"]
    assert list(told.values()) == kinds
    assert verified.failed


def test_what_was_proved_is_not_run_again(tmp_path: Path) -> None:
    items, cache = items_of(tmp_path, SINGLE + NUMERIC), tmp_path / "cache"
    assert verify(items, folder=cache).kept == 0
    again = verify(items, folder=cache)
    assert (again.kept, again.count(Status.PROVED)) == (2, 2)


def test_what_failed_is_run_again(tmp_path: Path) -> None:
    items = items_of(tmp_path, SINGLE.replace('"2", correct', '"3", correct'))
    cache = tmp_path / "cache"
    assert verify(items, folder=cache).failed
    assert verify(items, folder=cache).failed


def test_a_change_is_proved_anew(tmp_path: Path) -> None:
    items, cache = items_of(tmp_path, NUMERIC), tmp_path / "cache"
    verify(items, folder=cache)
    [item] = items
    assert isinstance(item, NumericItem)
    changed = verify([replace(item, answer=3.0)], folder=cache)
    assert (changed.kept, changed.failed) == (0, True)


def test_a_move_within_the_file_changes_nothing(tmp_path: Path) -> None:
    [item] = items_of(tmp_path, NUMERIC)
    assert content_key(replace(item, line=99)) == content_key(item)


def test_another_python_or_grader_proves_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = items_of(tmp_path, ALL_TYPES)
    before = [content_key(item) for item in items]
    monkeypatch.setattr(verifying, "_runner", lambda: "another")
    monkeypatch.setattr(verifying, "_grader", lambda: "another")
    assert not set(before) & {content_key(item) for item in items}


@pytest.mark.parametrize("content", ["{", "[1", "null", "\udcff"])
def test_a_damaged_memory_is_no_memory(tmp_path: Path, content: str) -> None:
    items, cache = items_of(tmp_path, NUMERIC), tmp_path / "cache"
    cache.mkdir()
    (cache / "proofs.json").write_text(content, encoding="utf-8", errors="surrogateescape")
    assert verify(items, folder=cache).kept == 0
    assert verify(items, folder=cache).kept == 1


def test_every_key_of_ours_that_has_a_proof_is_proved() -> None:
    items = list(load_bank(OURS).items.values())
    verified = verify(items, folder=cache_folder())
    failed = {i: o.what for i, o in verified.outcomes.items() if o.status is Status.FAILED}
    assert failed == {}
    assert verified.count(Status.UNPROVED) == 0
