"""Database addresses: `sqlite:///relative.db`, `sqlite:////absolute.db`, `postgresql://…`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

DEFAULT_URL = "sqlite:///data/bot.db"
DEFAULT_FOLDER = Path("data")

_SQLITE = "sqlite:///"
_POSTGRESQL = ("postgresql://", "postgres://")
_PASSWORD = re.compile(r"(?i)([?&](?:password|sslpassword)=)[^&]*")


@dataclass(frozen=True, slots=True)
class SqliteUrl:
    """The path of an SQLite file; a relative one starts in the working directory."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class PostgresqlUrl:
    """The address of a PostgreSQL database; `str()` is without its password."""

    conninfo: str = field(repr=False)

    def __str__(self) -> str:
        scheme, _, rest = _PASSWORD.sub(r"\1***", self.conninfo).partition("://")
        # The last @ ends the credentials even where a password was not percent-encoded.
        credentials, at, hosts = rest.rpartition("@")
        return f"{scheme}://{credentials.partition(':')[0]}{at}{hosts}"


Url = SqliteUrl | PostgresqlUrl


def parse_url(text: str) -> Url:
    """Reads a database address.

    Raises:
        ValueError: not an address of a known kind; the message never holds a password.
    """
    if text.startswith(_POSTGRESQL):
        return PostgresqlUrl(text)
    if not text.startswith(_SQLITE):
        scheme = urlsplit(text).scheme if "://" in text else ""
        found = f"{scheme}://…" if scheme else "something else"
        raise ValueError(
            "a database address starts with sqlite:/// or postgresql://, "
            f"for example {DEFAULT_URL}; found {found}"
        )
    path = unquote(text.removeprefix(_SQLITE))
    if not path or path.endswith("/") or "\0" in path:
        raise ValueError(f"the address names no file; for example {DEFAULT_URL}")
    if path == ":memory:" or "?" in text:
        raise ValueError(f"only a plain file is possible, for example {DEFAULT_URL}")
    return SqliteUrl(Path(path))
