"""What the command line does: backup, restore, info."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.storage.errors import Kind, StorageError
from bot.storage.operations import backup, info, migrate, restore
from tests.storage.conftest import MIGRATIONS, open_here
from tests.storage.test_crashes import holding

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.database import Database, Transaction

NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


def add(number: int, tx: Transaction) -> None:
    tx.queries.add_counter(id=number, value=0)


def numbers(tx: Transaction) -> list[int]:
    return [row["id"] for row in tx.queries.list_counters()]


def fill(path: Path, count: int) -> None:
    """Makes a database with so many counters."""
    migrate(f"sqlite:///{path}", migrations=MIGRATIONS)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("INSERT INTO counters VALUES (?, 0)", ((n,) for n in range(count)))


def count(path: Path) -> int:
    return info(f"sqlite:///{path}", migrations=MIGRATIONS).rows["counters"]


class TestBackup:
    async def test_under_load_is_whole(self, sqlite_url: str, tmp_path: Path) -> None:
        """Every unit moves one point from one counter to another: the sum never changes."""

        def set_up(tx: Transaction) -> None:
            for number in range(100):
                tx.queries.add_counter(id=number, value=1000)

        def move(tx: Transaction) -> None:
            for number, step in ((1, -1), (2, 1)):
                value = tx.queries.lock_counter(id=number)["value"]
                tx.queries.set_counter(id=number, value=value + step)

        async def keep_moving(database: Database) -> None:
            while not stop.is_set():
                await database.transact(move)
                moved.append(None)

        stop = asyncio.Event()
        moved: list[None] = []
        target = tmp_path / "copy.db"
        async with await open_here(sqlite_url) as database:
            await database.transact(set_up)
            writers = [asyncio.create_task(keep_moving(database)) for _ in range(8)]
            await database.transact(move)
            before = len(moved)
            await asyncio.to_thread(backup, sqlite_url, target, migrations=MIGRATIONS)
            assert len(moved) > before, "the load was there"
            stop.set()
            await asyncio.gather(*writers)
        async with await open_here(f"sqlite:///{target}") as copy:
            row = await copy.transact(lambda tx: tx.queries.sum_counters())
        assert row["total"] == 100_000

    def test_of_a_stopped_bot_leaves_no_trace_beside_it(
        self, sqlite_url: str, sqlite_path: Path, tmp_path: Path
    ) -> None:
        fill(sqlite_path, 3)
        (tmp_path / "copies").mkdir()
        target = tmp_path / "copies" / "copy.db"
        backup(sqlite_url, target, migrations=MIGRATIONS, clock=lambda: NOON)
        assert count(target) == 3
        assert {file.name for file in target.parent.iterdir()} == {"copy.db", "copy.db.lock"}
        assert not sqlite_path.with_name("bot.db-wal").exists()
        assert info(sqlite_url, migrations=MIGRATIONS).last_backup == NOON

    def test_has_the_permissions_of_the_original(
        self, sqlite_url: str, sqlite_path: Path, tmp_path: Path
    ) -> None:
        fill(sqlite_path, 3)
        sqlite_path.chmod(0o600)
        backup(sqlite_url, tmp_path / "copy.db", migrations=MIGRATIONS)
        assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600

    def test_never_overwrites(self, sqlite_url: str, sqlite_path: Path, tmp_path: Path) -> None:
        fill(sqlite_path, 3)
        target = tmp_path / "copy.db"
        target.write_text("precious")
        with pytest.raises(StorageError, match="is there already"):
            backup(sqlite_url, target, migrations=MIGRATIONS)
        assert target.read_text() == "precious"

    def test_into_a_missing_folder_is_refused(
        self, sqlite_url: str, sqlite_path: Path, tmp_path: Path
    ) -> None:
        fill(sqlite_path, 3)
        with pytest.raises(StorageError) as caught:
            backup(sqlite_url, tmp_path / "missing" / "copy.db", migrations=MIGRATIONS)
        assert caught.value.kind is Kind.CANNOT_OPEN

    def test_of_nothing_is_refused(
        self, sqlite_url: str, sqlite_path: Path, tmp_path: Path
    ) -> None:
        with pytest.raises(StorageError, match="no database to back up"):
            backup(sqlite_url, tmp_path / "copy.db", migrations=MIGRATIONS)
        assert not sqlite_path.exists()

    def test_of_a_damaged_database_is_refused(
        self, sqlite_url: str, sqlite_path: Path, tmp_path: Path
    ) -> None:
        fill(sqlite_path, 10_000)
        content = sqlite_path.read_bytes()
        sqlite_path.write_bytes(content[: len(content) // 2])
        with pytest.raises(StorageError) as caught:
            backup(sqlite_url, tmp_path / "copy.db", migrations=MIGRATIONS)
        assert caught.value.kind is Kind.CORRUPT
        assert not list(tmp_path.glob("copy.db*"))

    def test_of_a_postgresql_database_names_its_tool(self, tmp_path: Path) -> None:
        with pytest.raises(StorageError, match="pg_dump") as caught:
            backup("postgresql://bot:secret@db/bot", tmp_path / "copy")
        assert caught.value.kind is Kind.UNSUPPORTED
        assert "secret" not in str(caught.value)


class TestRestore:
    @pytest.fixture
    def saved(self, tmp_path: Path) -> Path:
        """A backup with five counters."""
        fill(tmp_path / "saved.db", 5)
        return tmp_path / "saved.db"

    def test_puts_the_backup_in_place_and_keeps_what_was_there(
        self, sqlite_url: str, sqlite_path: Path, saved: Path
    ) -> None:
        fill(sqlite_path, 3)
        sqlite_path.chmod(0o600)
        kept = restore(sqlite_url, saved, migrations=MIGRATIONS, clock=lambda: NOON)
        assert kept == sqlite_path.with_name("bot.db.before-restore-20260110T120000Z.bak")
        assert (count(sqlite_path), count(kept), count(saved)) == (5, 3, 5)
        assert stat.S_IMODE(sqlite_path.stat().st_mode) == 0o600

    def test_where_there_was_nothing_keeps_nothing(
        self, sqlite_url: str, sqlite_path: Path, saved: Path
    ) -> None:
        assert restore(sqlite_url, saved, migrations=MIGRATIONS) is None
        assert count(sqlite_path) == 5

    def test_is_not_marred_by_the_log_of_a_killed_bot(
        self, sqlite_url: str, sqlite_path: Path, saved: Path
    ) -> None:
        """What the log held is in the file that is kept."""
        fill(sqlite_path, 3)
        with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as connection:
            connection.execute("INSERT INTO counters VALUES (99, 0)")
            left = {
                suffix: sqlite_path.with_name(f"bot.db{suffix}").read_bytes()
                for suffix in ("", "-wal", "-shm")
            }
        for suffix, content in left.items():
            sqlite_path.with_name(f"bot.db{suffix}").write_bytes(content)
        kept = restore(sqlite_url, saved, migrations=MIGRATIONS)
        assert not sqlite_path.with_name("bot.db-wal").exists()
        assert not sqlite_path.with_name("bot.db-shm").exists()
        assert kept
        assert (count(sqlite_path), count(kept)) == (5, 4)

    @pytest.mark.parametrize("damage", [b"", b"nonsense" * 1000])
    def test_replaces_a_damaged_database_and_its_log(
        self, sqlite_url: str, sqlite_path: Path, saved: Path, damage: bytes
    ) -> None:
        sqlite_path.write_bytes(damage)
        for suffix in ("-wal", "-shm", "-journal"):
            sqlite_path.with_name(f"bot.db{suffix}").write_bytes(b"left over" * 1000)
        kept = restore(sqlite_url, saved, migrations=MIGRATIONS)
        assert count(sqlite_path) == 5
        assert (kept.read_bytes() if kept else b"") == damage

    def test_while_the_bot_runs_is_refused(
        self, sqlite_url: str, sqlite_path: Path, saved: Path
    ) -> None:
        with holding(sqlite_url):
            with pytest.raises(StorageError) as caught:
                restore(sqlite_url, saved, migrations=MIGRATIONS)
            assert caught.value.kind is Kind.LOCKED
        assert not list(sqlite_path.parent.glob("*.bak"))

    @pytest.mark.parametrize(
        ("spoil", "kind"),
        [
            ("UPDATE schema_migrations SET version = 9 WHERE version = 2", Kind.NEWER),
            ("PRAGMA application_id = 5", Kind.FOREIGN),
            ("DROP TABLE schema_migrations", Kind.FOREIGN),
        ],
    )
    def test_of_what_is_not_ours_changes_nothing(
        self, sqlite_url: str, sqlite_path: Path, saved: Path, spoil: str, kind: Kind
    ) -> None:
        fill(sqlite_path, 3)
        with closing(sqlite3.connect(saved)) as connection, connection:
            connection.execute(spoil)
        with pytest.raises(StorageError) as caught:
            restore(sqlite_url, saved, migrations=MIGRATIONS)
        assert caught.value.kind is kind
        assert count(sqlite_path) == 3
        assert not list(sqlite_path.parent.glob("*.bak"))

    def test_of_a_backup_with_a_damaged_index_changes_nothing(
        self, sqlite_url: str, sqlite_path: Path, saved: Path
    ) -> None:
        """quick_check does not see this, integrity_check does."""
        fill(sqlite_path, 3)
        with closing(sqlite3.connect(saved)) as connection, connection:
            connection.execute("INSERT INTO notes (id, counter_id, text) VALUES ('a', 1, 'x')")
            connection.execute("PRAGMA writable_schema=ON")
            connection.execute(
                "UPDATE sqlite_master SET sql = replace(sql, '(counter_id)', '(text)') "
                "WHERE name = 'notes_by_counter'"
            )
        with pytest.raises(StorageError) as caught:
            restore(sqlite_url, saved, migrations=MIGRATIONS)
        assert caught.value.kind is Kind.CORRUPT
        assert count(sqlite_path) == 3

    def test_of_nothing_is_refused(
        self, sqlite_url: str, sqlite_path: Path, tmp_path: Path
    ) -> None:
        fill(sqlite_path, 3)
        (tmp_path / "empty.db").touch()
        with closing(sqlite3.connect(tmp_path / "bare.db")) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA journal_mode=WAL")
        for source in ("missing.db", "empty.db", "bare.db", "bot.db"):
            with pytest.raises(StorageError):
                restore(sqlite_url, tmp_path / source, migrations=MIGRATIONS)
        assert count(sqlite_path) == 3

    def test_of_a_postgresql_database_names_its_tool(self, tmp_path: Path) -> None:
        with pytest.raises(StorageError, match="pg_restore") as caught:
            restore("postgresql://bot:secret@db/bot", tmp_path / "copy")
        assert caught.value.kind is Kind.UNSUPPORTED


class TestInfo:
    async def test_counts_the_rows_of_each_table(self, url: str) -> None:
        async with await open_here(url) as database:
            for number in range(3):
                await database.transact(partial(add, number))
        found = info(url, migrations=MIGRATIONS)
        assert found.rows == {"counters": 3, "labels": 1, "notes": 0}
        assert (found.schema_version, found.newest_version) == (2, 2)
        assert found.size > 4096
        assert found.engine.split()[0] in {"SQLite", "PostgreSQL"}
        assert not found.in_use
        assert found.last_backup is None

    def test_says_what_is_pending(self, url: str, migrations: Path) -> None:
        second = (migrations / "0002_scores.sql").rename(migrations / "second")
        migrate(url, migrations=migrations)
        second.rename(migrations / "0002_scores.sql")
        found = info(url, migrations=migrations)
        assert (found.schema_version, found.newest_version) == (1, 2)

    def test_of_a_database_that_is_not_there_makes_none(
        self, sqlite_url: str, sqlite_path: Path
    ) -> None:
        found = info(sqlite_url, migrations=MIGRATIONS)
        assert (found.schema_version, found.rows) == (0, {})
        assert list(sqlite_path.parent.iterdir()) == []

    async def test_sees_what_a_running_bot_has_committed(self, sqlite_url: str) -> None:
        async with await open_here(sqlite_url) as database:
            await database.scrub()
            await database.transact(partial(add, 1))
            found = info(sqlite_url, migrations=MIGRATIONS)
            assert found.in_use
            assert found.rows["counters"] == 1

    def test_never_shows_the_password(self, postgresql_url: str) -> None:
        found = info(f"{postgresql_url}&password=secret", migrations=MIGRATIONS)
        assert "secret" not in repr(found)
        assert found.schema_version == 0
