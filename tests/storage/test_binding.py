"""SQL files as functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.storage.binding import Engine, load_queries
from bot.storage.database import QUERIES
from bot.storage.errors import Kind, StorageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.sql").write_text("-- name: one()$\nSELECT 1;\n")
    return tmp_path


def complaint(folder: Path, engine: Engine = "sqlite") -> str:
    with pytest.raises(StorageError) as caught:
        load_queries(folder, engine)
    assert caught.value.kind is Kind.STATEMENT
    return str(caught.value)


def test_all_files_of_a_folder_are_read(folder: Path) -> None:
    (folder / "b.sql").write_text("-- name: two(x)\nSELECT :x;\n")
    (folder / "README.md").write_text("no SQL")
    assert set(load_queries(folder, "sqlite")) == {"one", "two"}


def test_a_name_is_used_once_over_all_files(folder: Path) -> None:
    (folder / "b.sql").write_text("-- name: one()$\nSELECT 2;\n")
    assert "b.sql: defined before: one" in complaint(folder)


@pytest.mark.parametrize(
    ("definition", "reason"),
    [
        ("-- name: two\nSELECT 2;", "parameter list"),
        ("-- name: two(x)\nSELECT 2;", "unused"),
        ("-- name: two()\nSELECT :x;", "undeclared"),
        ("-- name: two(x)<!\nINSERT INTO t VALUES (:x) RETURNING x;", "use ^ with RETURNING"),
        ("-- name: two()#\nDELETE FROM t;", "end the transaction"),
        ("-- name: two()\n", "empty"),
    ],
)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_wrong_definition_is_refused_with_its_file(
    folder: Path, definition: str, reason: str, engine: Engine
) -> None:
    (folder / "b.sql").write_text(definition)
    said = complaint(folder, engine)
    assert "b.sql" in said
    assert reason in said


def test_a_file_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / "b.sql").write_bytes(b"\xff\xfe")
    assert "b.sql" in complaint(folder)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_products_queries_load(engine: Engine) -> None:
    assert load_queries(QUERIES, engine)
