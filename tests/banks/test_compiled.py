"""The compiled bank kept between starts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.banks.compiled import load_compiled, save_compiled
from bot.banks.findings import BankErrors
from bot.banks.loader import load_bank
from bot.domain.questions import ParamItem
from tests.banks.writing import ALL_TYPES, SINGLE, write


@pytest.fixture
def banks(tmp_path: Path) -> Path:
    """A folder with an item of every type."""
    write(tmp_path / "banks", ALL_TYPES)
    return tmp_path / "banks"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache folder that does not exist yet."""
    return tmp_path / "data" / "cache"


def mark(cache: Path) -> None:
    """Leaves one item in the cache, so that a bank taken from it can be told."""
    (file,) = cache.iterdir()
    key = json.loads(file.read_bytes().partition(b"\n")[0])["key"]
    items = load_compiled(cache, key)
    assert items is not None
    save_compiled(cache, key, {"prog.python.0003": items["prog.python.0003"]})


def test_a_bank_from_the_cache_is_the_bank(banks: Path, cache: Path) -> None:
    fresh = load_bank(banks, cache=cache)
    again = load_bank(banks, cache=cache)
    assert again == fresh
    assert list(again.items) == list(fresh.items)


def test_whole_numbers_of_variants_stay_whole(banks: Path, cache: Path) -> None:
    load_bank(banks, cache=cache)
    item = load_bank(banks, cache=cache).items["prog.python.0004"]
    assert isinstance(item, ParamItem)
    values = item.variants[0].values
    assert {name: type(value) for name, value in values.items()} == {
        "n": int,
        "width": int,
        "share": float,
    }


def test_an_unchanged_bank_comes_from_the_cache(banks: Path, cache: Path) -> None:
    load_bank(banks, cache=cache)
    mark(cache)
    assert list(load_bank(banks, cache=cache).items) == ["prog.python.0003"]
    assert len(load_bank(banks).items) == 6


def test_the_cache_is_json(banks: Path, cache: Path) -> None:
    load_bank(banks, cache=cache)
    (file,) = cache.iterdir()
    heading, body = file.read_bytes().split(b"\n", 1)
    assert json.loads(heading).keys() == {"key", "body"}
    assert len(json.loads(body)["order"]) == 6


def test_a_changed_file_is_compiled_anew(banks: Path, cache: Path) -> None:
    load_bank(banks, cache=cache)
    write(banks, SINGLE.replace("What does", "And what does"))
    bank = load_bank(banks, cache=cache)
    assert list(bank.items) == ["prog.python.0001"]
    assert bank.items["prog.python.0001"].question.startswith("And")
    assert load_bank(banks, cache=cache) == bank


def test_another_language_or_syllabus_is_compiled_anew(banks: Path, cache: Path) -> None:
    bank = load_bank(banks, cache=cache)
    mark(cache)
    assert len(load_bank(banks, cache=cache, language="de").items) == 6
    mark(cache)
    assert len(load_bank(banks, cache=cache, areas=bank.areas[:1]).items) == 6


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"What does", b"Who knows"),
        lambda content: b"\x80" + content,
        lambda content: content.partition(b"\n")[0] + b"\n{}",
    ],
)
def test_a_damaged_cache_is_ignored_and_written_anew(
    banks: Path, cache: Path, spoil: Callable[[bytes], bytes]
) -> None:
    fresh = load_bank(banks, cache=cache)
    (file,) = cache.iterdir()
    good = file.read_bytes()
    file.write_bytes(spoil(good))
    assert load_bank(banks, cache=cache) == fresh
    assert file.read_bytes() == good
    assert list(cache.iterdir()) == [file]


def test_a_faulty_bank_is_never_kept(banks: Path, cache: Path) -> None:
    load_bank(banks, cache=cache)
    (file,) = cache.iterdir()
    before = file.read_bytes()
    write(banks, SINGLE.replace("rev = 2", "rev = 0"))
    with pytest.raises(BankErrors):
        load_bank(banks, cache=cache)
    assert file.read_bytes() == before


def test_a_file_in_the_wrong_place_is_told_in_spite_of_the_cache(banks: Path, cache: Path) -> None:
    load_bank(banks, cache=cache)
    (banks / "stray.toml").write_text("")
    with pytest.raises(BankErrors):
        load_bank(banks, cache=cache)


def test_a_cache_that_cannot_be_written_does_not_stop_the_load(
    banks: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "occupied").write_text("a file, not a folder")
    assert load_bank(banks, cache=tmp_path / "occupied").items
    assert "cannot be kept" in caplog.text
