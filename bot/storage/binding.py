"""SQL files as functions: aiosql, made to behave alike on both engines.

A query is written once, portably, under a line that names it:

    -- name: find_person(id)^        one row as a dict, or None (RETURNING too)
    -- name: open_attempts(person)   all rows as a list of dicts
    -- name: count_people()$         the first column of the first row
    -- name: save_streak(id, days)!  the number of rows changed
    -- name: add_cards*!             many rows: add_cards([{...}, {...}])
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, cast

import aiosql
from aiosql.types import SQLOperationType
from aiosql.utils import SQLLoadException, SQLParseException

from bot.storage.errors import Kind, StorageError

if TYPE_CHECKING:
    from pathlib import Path

Engine = Literal["sqlite", "postgresql"]
Row = dict[str, Any]
Queries = Mapping[str, Callable[..., Any]]

_UNPORTABLE = {
    SQLOperationType.INSERT_RETURNING: "use ^ with RETURNING instead of <!",
    SQLOperationType.SCRIPT: "a script (#) would end the transaction",
}


_DRIVERS = {"sqlite": "sqlite3", "postgresql": "psycopg"}


class BoundQueries:
    """The queries on one connection: `queries.find_person(id=1)`."""

    def __init__(self, queries: Queries, connection: Any) -> None:
        self._queries = queries
        self._connection = connection

    def __getattr__(self, name: str) -> Callable[..., Any]:
        try:
            query = partial(self._queries[name], self._connection)
        except KeyError:
            raise AttributeError(f"no query is called {name}") from None
        setattr(self, name, query)  # the next look-up finds it without coming here
        return query

    def tuples(self, name: str, **values: Any) -> list[tuple[Any, ...]]:
        """All rows of a select as tuples, for thousands of them: a dict each costs twice as much.

        Raises:
            KeyError: no select is called `name`.
        """
        (select,) = cast("partial[list[Row]]", self._queries[name]).args
        with closing(_tuple_cursor(self._connection)) as cursor:
            return list(cursor.execute(select.sql, values))


def _tuple_cursor(connection: Any) -> Any:
    """A cursor whose rows are tuples."""
    if isinstance(connection, sqlite3.Connection):
        cursor = connection.cursor()
        cursor.row_factory = None
        return cursor
    from psycopg.rows import tuple_row  # noqa: PLC0415  # an extra that not everybody has

    return connection.cursor(row_factory=tuple_row)


def load_queries(source: Path, engine: Engine) -> Queries:
    """Reads a `.sql` file, or all in a folder; a name is used once over all of them.

    Raises:
        StorageError: STATEMENT, with the file, when a definition is wrong.
    """
    queries: dict[str, Callable[..., Any]] = {}
    for file in sorted(source.glob("*.sql")) if source.is_dir() else [source]:
        try:
            found = _load_file(file, engine)
        except (SQLLoadException, SQLParseException, OSError, UnicodeDecodeError) as error:
            raise StorageError(Kind.STATEMENT, f"{file}: {error}") from error
        if twice := queries.keys() & found.keys():
            raise StorageError(Kind.STATEMENT, f"{file}: defined before: {', '.join(twice)}")
        queries |= found
    return queries


def _load_file(file: Path, engine: Engine) -> Queries:
    text = file.read_text(encoding="utf-8")
    if engine == "postgresql":
        text = text.replace("%", "%%")  # psycopg's placeholders start with %
    loaded = aiosql.from_str(text, _DRIVERS[engine])
    names = set(loaded.available_queries)
    cursors = {f"{name}_cursor" for name in names}  # aiosql adds one to each select
    return {name: _portable(getattr(loaded, name)) for name in names - cursors}


def _portable(query: Any) -> Callable[..., Any]:
    if query.operation in _UNPORTABLE:
        raise SQLLoadException(f"{query.__name__}: {_UNPORTABLE[query.operation]}")
    if query.operation is SQLOperationType.SELECT:
        return partial(_fetch_all, query)
    return cast("Callable[..., Any]", query)


def _fetch_all(select: Callable[..., Iterable[Row]], connection: Any, **values: Any) -> list[Row]:
    # aiosql gives a generator, which could be read after the transaction has ended.
    return list(select(connection, **values))
