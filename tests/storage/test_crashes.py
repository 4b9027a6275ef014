"""Processes that are killed, that meet each other, or that run out of disk."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.storage.errors import Kind, StorageError
from bot.storage.operations import migrate
from tests.storage.conftest import MIGRATIONS, open_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.storage.database import Transaction

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds until a child that hangs fails its test


def command(child: str, *arguments: object) -> list[str]:
    return [sys.executable, "-m", f"tests.storage.children.{child}", *map(str, arguments)]


def run(child: str, *arguments: object) -> str:
    done = subprocess.run(
        command(child, *arguments),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout


def add(number: int, tx: Transaction) -> None:
    tx.queries.add_counter(id=number, value=0)


def test_sixty_kills_lose_nothing_that_was_acknowledged(sqlite_path: Path) -> None:
    report = json.loads(run("killed_writers", sqlite_path, 60))
    assert report["damaged"] == []
    assert report["lost"] == []
    assert report["halves"] == 0
    assert report["acknowledged"] > 60


@pytest.mark.parametrize("version", [0, 1])
async def test_a_migration_killed_at_any_step_is_taken_up_again(
    tmp_path: Path, migrations: Path, version: int
) -> None:
    template = tmp_path / "template.db"
    if version == 0:
        template.touch()
        (migrations / "0003_fill.sql").write_text(
            "INSERT INTO counters WITH RECURSIVE n (id) AS "
            "(SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 100) SELECT id, 0 FROM n"
        )
    else:
        second = (migrations / "0002_scores.sql").rename(tmp_path / "second")
        async with await open_here(f"sqlite:///{template}", migrations) as database:
            for number in range(100):
                await database.transact(partial(add, number))
        second.rename(migrations / "0002_scores.sql")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    report = json.loads(run("killed_migrations", template, scratch, migrations))
    assert report["faults"] == {}
    assert report["steps"] > 30


@contextmanager
def holding(url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the database open."""
    with subprocess.Popen(
        command("holding", url), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == b"open\n"
        yield child


async def test_a_second_process_is_refused_and_a_killed_one_leaves_nothing_to_clean_up(
    sqlite_url: str, sqlite_path: Path
) -> None:
    with holding(sqlite_url) as child:
        with pytest.raises(StorageError) as caught:
            await open_here(sqlite_url)
        assert caught.value.kind is Kind.LOCKED
        assert str(sqlite_path) in str(caught.value)
        assert "another instance" in str(caught.value)
        child.kill()
    migrate(sqlite_url)


async def test_a_second_opening_in_the_same_process_is_refused_too(sqlite_url: str) -> None:
    async with await open_here(sqlite_url):
        with pytest.raises(StorageError) as caught:
            await open_here(sqlite_url)
    assert caught.value.kind is Kind.LOCKED
    async with await open_here(sqlite_url):
        pass


async def test_another_name_for_the_file_is_the_same_file(
    sqlite_url: str, sqlite_path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    other.symlink_to(sqlite_path)
    async with await open_here(sqlite_url):
        with pytest.raises(StorageError) as caught:
            await open_here(f"sqlite:///{other}")
    assert caught.value.kind is Kind.LOCKED


def test_a_program_that_fails_without_closing_ends_all_the_same(sqlite_url: str) -> None:
    program = f"""
import asyncio
from bot.storage.database import open_database
async def main():
    global database
    database = await open_database({sqlite_url!r})
    await database.probe()
    raise SystemExit(7)
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=PATIENCE, check=False)
    assert done.returncode == 7


def test_a_full_disk_is_a_clean_error_and_passes_by_itself(sqlite_path: Path) -> None:
    report: dict[str, Any] = json.loads(run("full_disk", sqlite_path))
    assert report["full"] == [["unavailable", True]] * 20
    assert report["trouble"]
    assert report["probe"] == "unavailable"
    assert report["readable"] == [1]
    assert report["recovered"] == [1, 1, 1]
    assert report["trouble_after"] is None
    assert report["stored"] == [1, 200, 201, 202]


@pytest.mark.parametrize("mode", [0o555, 0o777], ids=["folder", "file"])
def test_what_may_only_be_read_is_refused_in_one_line(mode: int) -> None:
    """Not in pytest's own folder, which other users cannot enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        migrate(f"sqlite:///{folder}/bot.db", migrations=MIGRATIONS)
        (folder / "bot.db.lock").unlink()
        before = (folder / "bot.db").read_bytes()
        (folder / "bot.db").chmod(0o444)
        folder.chmod(mode)
        said = run("unprivileged", f"sqlite:///{folder}/bot.db")
        folder.chmod(0o700)
        assert said.startswith("cannot open: ")
        assert "\n" not in said
        assert (folder / "bot.db").read_bytes() == before
