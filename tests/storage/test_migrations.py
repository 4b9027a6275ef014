"""The schema's versions, on both engines."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.storage.database import MIGRATIONS as PRODUCT_MIGRATIONS
from bot.storage.database import open_database
from bot.storage.errors import Kind, StorageError
from bot.storage.operations import info, migrate
from bot.storage.schema import read_migrations, split_script
from tests.storage.conftest import QUERIES, open_here

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.database import Transaction

NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


def applied(tx: Transaction) -> list[tuple[int, str, int]]:
    rows = tx.connection.execute("SELECT * FROM schema_migrations ORDER BY version").fetchall()
    return [(row["version"], row["name"], row["applied_at"]) for row in rows]


async def refusal(url: str, migrations: Path) -> StorageError:
    with pytest.raises(StorageError) as caught:
        await open_here(url, migrations)
    assert "\n" not in str(caught.value)
    return caught.value


async def test_are_applied_in_order_and_dated(url: str, migrations: Path) -> None:
    async with await open_database(
        url, migrations=migrations, queries=QUERIES, clock=lambda: NOON
    ) as database:
        millis = int(NOON.timestamp() * 1000)
        assert await database.transact(applied) == [(1, "start", millis), (2, "scores", millis)]
        row = await database.transact(
            lambda tx: tx.connection.execute("SELECT * FROM labels").fetchone()
        )
        assert row == {"name": "a;b", "meaning": "it's; fine"}


async def test_are_applied_once(url: str, migrations: Path) -> None:
    assert migrate(url, migrations=migrations) == ("0001_start", "0002_scores")
    assert migrate(url, migrations=migrations) == ()
    async with await open_here(url, migrations) as database:
        assert len(await database.transact(applied)) == 2


async def test_a_new_one_is_applied_at_the_next_opening(url: str, migrations: Path) -> None:
    async with await open_here(url, migrations) as database:
        await database.transact(lambda tx: tx.queries.add_counter(id=1, value=7))
    (migrations / "0003_next.sql").write_text("CREATE TABLE third (id BIGINT PRIMARY KEY)")
    assert migrate(url, migrations=migrations) == ("0003_next",)
    async with await open_here(url, migrations) as database:
        row = await database.transact(lambda tx: tx.queries.find_counter(id=1))
        assert row == {"id": 1, "value": 7}


async def test_one_that_fails_is_undone_as_a_whole(url: str, migrations: Path) -> None:
    bad = migrations / "0003_bad.sql"
    bad.write_text("CREATE TABLE third (id BIGINT); INSERT INTO nowhere VALUES (1);")
    error = await refusal(url, migrations)
    assert error.kind is Kind.MIGRATION
    assert "0003_bad" in str(error)

    bad.write_text("CREATE TABLE third (id BIGINT);")
    assert migrate(url, migrations=migrations) == ("0003_bad",)


async def test_one_that_was_changed_is_refused(url: str, migrations: Path) -> None:
    migrate(url, migrations=migrations)
    first = migrations / "0001_start.sql"
    first.write_text(first.read_text() + "-- changed\n")
    error = await refusal(url, migrations)
    assert error.kind is Kind.MIGRATION
    assert "0001_start" in str(error)


async def test_line_ends_are_no_change(url: str, migrations: Path) -> None:
    migrate(url, migrations=migrations)
    first = migrations / "0001_start.sql"
    first.write_bytes(first.read_bytes().replace(b"\n", b"\r\n"))
    assert migrate(url, migrations=migrations) == ()


async def test_a_newer_schema_is_refused(url: str, migrations: Path) -> None:
    migrate(url, migrations=migrations)
    (migrations / "0002_scores.sql").unlink()
    error = await refusal(url, migrations)
    assert error.kind is Kind.NEWER
    assert "version 2" in str(error)
    assert "only up to 1" in str(error)
    assert "update" in str(error)
    assert "restore" in str(error)
    with pytest.raises(StorageError):
        info(url, migrations=migrations)


async def test_a_gap_in_what_was_applied_is_refused(url: str, migrations: Path) -> None:
    async with await open_here(url, migrations) as database:
        await database.transact(
            lambda tx: tx.connection.execute("DELETE FROM schema_migrations WHERE version = 1")
        )
    assert (await refusal(url, migrations)).kind is Kind.MIGRATION


async def test_two_processes_at_once_apply_each_one_once(
    postgresql_url: str, migrations: Path
) -> None:
    both = await asyncio.gather(
        *(asyncio.to_thread(migrate, postgresql_url, migrations=migrations) for _ in range(2))
    )
    assert sorted(sum(both, ())) == ["0001_start", "0002_scores"]


async def test_a_table_may_be_rebuilt_without_losing_what_refers_to_it(
    sqlite_url: str, sqlite_path: Path, migrations: Path
) -> None:
    """With foreign keys on, dropping `counters` would delete all notes."""

    async with await open_here(sqlite_url, migrations) as database:
        await database.transact(lambda tx: tx.queries.add_counter(id=1, value=7))
        await database.transact(
            lambda tx: tx.queries.add_note(id="a", counter_id=1, text="kept", score=None)
        )
    (migrations / "0003_rebuild.sql").write_text(
        """
        CREATE TABLE fresh (id BIGINT PRIMARY KEY, value BIGINT NOT NULL);
        INSERT INTO fresh SELECT id, value FROM counters;
        DROP TABLE counters;
        ALTER TABLE fresh RENAME TO counters;
        """
    )
    async with await open_here(sqlite_url, migrations) as database:
        assert await database.transact(lambda tx: tx.queries.count_notes()) == 1
        pragma = await database.transact(
            lambda tx: tx.connection.execute("PRAGMA foreign_keys").fetchone()
        )
        assert pragma == {"foreign_keys": 1}
    assert sqlite_path.with_name("bot.db.before-0003.bak").exists()


async def test_one_that_leaves_a_row_referring_to_nothing_is_undone(
    sqlite_url: str, migrations: Path
) -> None:
    (migrations / "0003_orphan.sql").write_text(
        "INSERT INTO notes (id, counter_id, text) VALUES ('a', 5, 'x')"
    )
    error = await refusal(sqlite_url, migrations)
    assert error.kind is Kind.MIGRATION
    assert "notes" in str(error)


@pytest.mark.parametrize(
    "name", ["2_short.sql", "0003.sql", "0003_Upper.sql", "0004_gap.sql", "0002_twice.sql"]
)
def test_names_are_checked(migrations: Path, name: str) -> None:
    (migrations / name).write_text("SELECT 1")
    with pytest.raises(StorageError) as caught:
        read_migrations(migrations)
    assert caught.value.kind is Kind.MIGRATION


def test_scripts_are_split_into_statements() -> None:
    script = """
    -- a comment; with a semicolon
    CREATE TABLE a (b TEXT DEFAULT ';'); /* and ; another */ INSERT INTO a VALUES ('x;''y');
    CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; SELECT 1; END;
    DROP TABLE a -- without an end
    """
    statements = list(split_script(script))
    assert [statement.split()[-1] for statement in statements[:3]] == [
        "';');",
        "('x;''y');",
        "END;",
    ]
    assert "DROP TABLE a" in statements[3]
    assert "".join(statements) == script


def test_the_products_own_are_well_named() -> None:
    assert read_migrations(PRODUCT_MIGRATIONS)


def test_the_products_own_run(url: str) -> None:
    assert migrate(url) == tuple(map(str, read_migrations(PRODUCT_MIGRATIONS)))
