"""A database of each engine, with a small schema of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.storage.database import Database, open_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MIGRATIONS = Path(__file__).with_name("migrations")
QUERIES = Path(__file__).with_name("queries")


async def open_here(url: str, migrations: Path = MIGRATIONS) -> Database:
    """Opens a database with the schema of these tests."""
    return await open_database(url, migrations=migrations, queries=QUERIES)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    async with await open_here(url) as opened:
        yield opened


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    async with await open_here(sqlite_url) as opened:
        yield opened


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A folder of migrations that a test may change."""
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))
