"""An SQLite file: its pragmas, and when it is refused untouched."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.storage.database import open_database
from bot.storage.errors import Kind, StorageError
from bot.storage.operations import migrate
from bot.storage.sqlite_file import APPLICATION_ID, PRAGMAS
from tests.storage.conftest import MIGRATIONS, QUERIES, open_here

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.database import Database, Transaction


def contents(folder: Path) -> dict[str, str]:
    """Every file in the folder but the lock, with what it holds."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.is_file() and file.suffix != ".lock"
    }


def refusal(path: Path) -> StorageError:
    """Why the file is refused; not a byte may change, and no file may appear."""
    before = contents(path.parent)
    with pytest.raises(StorageError) as caught:
        asyncio.run(open_here(f"sqlite:///{path}"))
    assert contents(path.parent) == before
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    return caught.value


@pytest.fixture
def ours(sqlite_path: Path) -> Path:
    """A closed database with both migrations and some rows."""
    migrate(f"sqlite:///{sqlite_path}", migrations=MIGRATIONS)
    with closing(sqlite3.connect(sqlite_path)) as connection, connection:
        connection.executemany(
            "INSERT INTO counters VALUES (?, ?)", ((n, n) for n in range(10_000))
        )
    return sqlite_path


class TestPragmas:
    @pytest.mark.parametrize(
        ("pragma", "value"),
        [
            ("journal_mode", "wal"),
            ("foreign_keys", 1),
            ("busy_timeout", 5000),
            ("synchronous", 2),
            ("secure_delete", 1),
            ("trusted_schema", 0),
            ("cell_size_check", 1),
            ("fullfsync", 1),
            ("temp_store", 2),
            ("application_id", APPLICATION_ID),
        ],
    )
    async def test_are_set(self, sqlite_database: Database, pragma: str, value: object) -> None:
        def read(tx: Transaction) -> object:
            (found,) = tx.connection.execute(f"PRAGMA {pragma}").fetchone().values()
            return found

        assert await sqlite_database.transact(read) == value
        await sqlite_database.scrub()
        assert await sqlite_database.transact(read) == value, "after scrubbing"

    async def test_synchronous_may_be_normal(self, sqlite_url: str) -> None:
        async with await open_database(
            sqlite_url, synchronous="NORMAL", migrations=MIGRATIONS, queries=QUERIES
        ) as database:
            row = await database.transact(
                lambda tx: tx.connection.execute("PRAGMA synchronous").fetchone()
            )
        assert row == {"synchronous": 1}


class TestVersion:
    @pytest.mark.parametrize(
        ("version", "warned"), [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)]
    )
    async def test_is_logged_with_a_warning_about_the_wal_reset_bug(
        self,
        sqlite_url: str,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
        version: tuple[int, int, int],
        warned: bool,
    ) -> None:
        caplog.set_level(logging.INFO)
        text = ".".join(map(str, version))
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        monkeypatch.setattr(sqlite3, "sqlite_version", text)
        async with await open_here(sqlite_url):
            pass
        assert f"SQLite {text}" in caplog.text
        assert ("WAL-reset" in caplog.text) is warned

    async def test_too_old_is_refused(
        self, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
        with pytest.raises(StorageError, match="too old"):
            await open_here(sqlite_url)


class TestNewFile:
    async def test_may_be_absent_or_empty_or_without_tables(self, tmp_path: Path) -> None:
        (tmp_path / "empty.db").touch()
        with closing(sqlite3.connect(tmp_path / "bare.db")) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        for name in ("absent.db", "empty.db", "bare.db"):
            async with await open_here(f"sqlite:///{tmp_path / name}") as database:
                await database.probe()

    async def test_lies_in_the_default_folder_which_is_made(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        async with await open_here("sqlite:///data/bot.db"):
            assert (tmp_path / "data" / "bot.db").exists()

    @pytest.mark.parametrize("name", ["missing/bot.db", "missing/data/bot.db", "file/bot.db"])
    async def test_in_a_folder_that_is_not_there_is_refused(
        self, tmp_path: Path, name: str
    ) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(StorageError) as caught:
            await open_here(f"sqlite:///{tmp_path / name}")
        assert caught.value.kind is Kind.CANNOT_OPEN
        assert str(tmp_path / name) in str(caught.value)
        assert not (tmp_path / "missing").exists()

    async def test_is_not_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(StorageError, match="is a folder") as caught:
            await open_here(f"sqlite:///{tmp_path}")
        assert caught.value.kind is Kind.CANNOT_OPEN

    async def test_whose_address_is_wrong_is_refused(self) -> None:
        with pytest.raises(StorageError, match=r"storage\.url") as caught:
            await open_here("mysql://bot:secret@db/bot")
        assert caught.value.kind is Kind.CANNOT_OPEN
        assert "secret" not in str(caught.value)


class TestRefusal:
    def test_of_a_newer_schema(self, ours: Path) -> None:
        with closing(sqlite3.connect(ours)) as connection, connection:
            connection.execute("INSERT INTO schema_migrations VALUES (99, 'future', 'x', 0)")
        error = refusal(ours)
        assert error.kind is Kind.NEWER
        assert "version 99" in str(error)
        assert "restore" in str(error)

    def test_of_a_newer_schema_that_is_still_in_the_log(self, ours: Path) -> None:
        """As after a kill: what the file itself says is out of date."""
        connection = sqlite3.connect(ours, isolation_level=None)
        connection.execute("INSERT INTO schema_migrations VALUES (99, 'future', 'x', 0)")
        for suffix in ("", "-wal"):
            copy = ours.with_name(f"copy.db{suffix}")
            copy.write_bytes(ours.with_name(ours.name + suffix).read_bytes())
        connection.close()
        assert (refusal(ours.with_name("copy.db"))).kind is Kind.NEWER

    def test_of_a_changed_migration(self, ours: Path) -> None:
        with closing(sqlite3.connect(ours)) as connection, connection:
            connection.execute("UPDATE schema_migrations SET checksum = 'x' WHERE version = 2")
        assert (refusal(ours)).kind is Kind.MIGRATION

    @pytest.mark.parametrize("mark", [0, 0x47504B47, APPLICATION_ID])
    def test_of_a_foreign_database(self, sqlite_path: Path, mark: int) -> None:
        with closing(sqlite3.connect(sqlite_path)) as connection, connection:
            connection.execute("CREATE TABLE photographs (id INTEGER)")
            connection.execute(f"PRAGMA application_id={mark}")
        assert (refusal(sqlite_path)).kind is Kind.FOREIGN

    def test_of_a_foreign_database_with_migrations_of_its_own(self, sqlite_path: Path) -> None:
        with closing(sqlite3.connect(sqlite_path)) as connection, connection:
            connection.execute("CREATE TABLE schema_migrations (version TEXT)")
        assert (refusal(sqlite_path)).kind is Kind.FOREIGN

    @pytest.mark.parametrize("content", [b"?", b"Dear diary,\n" * 1000, b"\0" * 4096])
    def test_of_what_is_no_database(self, sqlite_path: Path, content: bytes) -> None:
        sqlite_path.write_bytes(content)
        error = refusal(sqlite_path)
        assert error.kind is Kind.CORRUPT
        assert "restore" in str(error)

    @pytest.mark.parametrize("kept", [100, 3000, 4096, 0.5, 0.99])
    def test_of_a_truncated_file(self, ours: Path, kept: float) -> None:
        content = ours.read_bytes()
        ours.write_bytes(content[: int(kept if kept > 1 else len(content) * kept)])
        error = refusal(ours)
        assert error.kind is Kind.CORRUPT
        assert "restore" in str(error)

    @pytest.mark.parametrize("place", [0.0, 0.3, 0.9])
    def test_of_an_overwritten_file(self, ours: Path, place: float) -> None:
        content = bytearray(ours.read_bytes())
        start = int(len(content) * place) // 4096 * 4096
        content[start : start + 4096] = b"\xa5" * 4096
        ours.write_bytes(content)
        error = refusal(ours)
        assert error.kind is Kind.CORRUPT
        assert "restore" in str(error)

    async def test_of_a_file_that_another_program_is_writing(
        self, ours: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(PRAGMAS, "busy_timeout", "1")
        with closing(sqlite3.connect(ours, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("DELETE FROM counters")
            with pytest.raises(StorageError) as caught:
                await open_here(f"sqlite:///{ours}")
        assert caught.value.kind is Kind.LOCKED
        assert "another program" in str(caught.value)


async def test_what_a_killed_process_left_in_the_log_is_not_lost(ours: Path) -> None:
    connection = sqlite3.connect(ours, isolation_level=None)
    connection.execute("INSERT INTO counters VALUES (123456, 7)")
    for suffix in ("", "-wal", "-shm"):
        copy = ours.with_name(f"copy.db{suffix}")
        copy.write_bytes(ours.with_name(ours.name + suffix).read_bytes())
    connection.close()
    async with await open_here(f"sqlite:///{ours.with_name('copy.db')}") as database:
        row = await database.transact(lambda tx: tx.queries.find_counter(id=123456))
    assert row == {"id": 123456, "value": 7}
