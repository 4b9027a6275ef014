"""Database addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.url import DEFAULT_URL, PostgresqlUrl, SqliteUrl, parse_url


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (DEFAULT_URL, "data/bot.db"),
        ("sqlite:///bot.db", "bot.db"),
        ("sqlite:////var/lib/bot/bot.db", "/var/lib/bot/bot.db"),
        ("sqlite:///C:/bot/bot.db", "C:/bot/bot.db"),
        ("sqlite:///my%20data/b%C3%B6t.db", "my data/böt.db"),
    ],
)
def test_sqlite_is_the_path_of_a_file(text: str, path: str) -> None:
    assert parse_url(text) == SqliteUrl(Path(path))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bot.db",
        "mysql://root:secret@localhost/bot",
        "sqlite://bot.db",
        "sqlite:///",
        "sqlite:///data/",
        "sqlite:///:memory:",
        "sqlite:///bot.db?mode=ro",
        "sqlite:///bot%00.db",
        "secret",
    ],
)
def test_anything_else_is_refused_with_an_example_and_without_its_password(text: str) -> None:
    with pytest.raises(ValueError, match=DEFAULT_URL) as caught:
        parse_url(text)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://bot:secret@db.example/bot", "postgresql://bot@db.example/bot"),
        ("postgres://bot:secret@db/bot", "postgres://bot@db/bot"),
        ("postgresql://bot:p@secret@db/bot", "postgresql://bot@db/bot"),
        ("postgresql://bot@/b?host=/x&password=sec", "postgresql://bot@/b?host=/x&password=***"),
        ("postgresql://db/bot?PASSWORD=secret&x=1", "postgresql://db/bot?PASSWORD=***&x=1"),
        ("postgresql://bot:secret@db", "postgresql://bot@db"),
        ("postgresql://:secret@db?user=bot", "postgresql://@db?user=bot"),
        ("postgresql://bot:sec/ret@db/bot", "postgresql://bot@db/bot"),
        ("postgresql://bot:sec?ret@db/bot", "postgresql://bot@db/bot"),
        ("postgresql://db:1/bot?password=s@sec", "postgresql://db:1/bot?password=***"),
        ("postgresql:///bot", "postgresql:///bot"),
    ],
)
def test_postgresql_is_shown_without_its_password(text: str, shown: str) -> None:
    address = parse_url(text)
    assert isinstance(address, PostgresqlUrl)
    assert address.conninfo == text
    assert str(address) == shown
    assert "sec" not in repr(address)
