"""config.toml and BOT_… variables → one frozen, typed Config."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.settings import Config

TOKEN_SHAPE = re.compile(r"\d+:[A-Za-z0-9_-]{35}")
ENV_PREFIX = "BOT_"
MISSING = (
    "telegram.token: missing. Get one from @BotFather, then put it into config.toml, or into the "
    "environment as BOT_TELEGRAM__TOKEN, or name a token_file. (`make try` needs none.)"
)
MISSHAPEN = (
    "telegram.token: found something that does not look like a token; allowed are digits, a "
    "colon and 35 letters, digits, _ or -"
)
DEFAULT_FILE = Path("config.toml")


class ConfigError(Exception):
    """The configuration cannot be used; `str()` lists every fault, one a line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(["The configuration is not usable:", *faults]))
        self.faults = faults


def load_config(
    path: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Config:
    """Reads the file (config.toml if `path` is unset and it exists), then the environment.

    Raises:
        ConfigError: names every wrong key, type or value with what is allowed.
    """
    environment = os.environ if environment is None else environment
    data = _read(path)
    faults = _merge_environment(data, environment)
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise ConfigError(faults + [_fault(entry, data) for entry in error.errors()]) from None
    if faults:
        raise ConfigError(faults)
    return config


def find_token(config: Config) -> str:
    """The bot's token, from the configuration or the file that it names.

    Raises:
        ConfigError: there is none, or it does not look like one; it is never echoed.
    """
    token = config.telegram.token.get_secret_value()
    if not token and config.telegram.token_file:
        try:
            token = Path(config.telegram.token_file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError([f"telegram.token_file: cannot be read ({error})"]) from None
    if not token:
        raise ConfigError([MISSING])
    if not TOKEN_SHAPE.fullmatch(token):
        raise ConfigError([MISSHAPEN])
    return token


def open_to_others(path: Path | None) -> Path | None:
    """The configuration file, if it holds a token and others than its owner may read it."""
    path = path or DEFAULT_FILE
    if os.name != "posix" or not path.is_file() or not path.stat().st_mode & 0o077:
        return None
    return path if _read(path).get("telegram", {}).get("token") else None


def _read(path: Path | None) -> dict[str, Any]:
    if path is None and not DEFAULT_FILE.is_file():
        return {}
    path = path or DEFAULT_FILE
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read ({error.strerror})"]) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{path}: not UTF-8"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: not TOML: {error}"]) from None


def _merge_environment(data: dict[str, Any], environment: Mapping[str, str]) -> list[str]:
    """Puts BOT_A__B over a.b; gives what cannot be placed."""
    faults: list[str] = []
    for name, value in sorted(environment.items()):
        keys = name.removeprefix(ENV_PREFIX).lower().split("__")
        if not name.startswith(ENV_PREFIX) or len(keys) < 2:
            continue
        if not _put(data, keys, value):
            faults.append(f"{name}: {'.'.join(keys[:-1])} is not a table")
    return faults


def _put(data: dict[str, Any], keys: list[str], value: Any) -> bool:
    table: Any = data
    for key in keys[:-1]:
        table = table.setdefault(key, {})
        if not isinstance(table, dict):
            return False
    table[keys[-1]] = value
    return True


def _fault(entry: Any, data: Mapping[str, Any]) -> str:
    """One fault as: key, what was found, what is allowed."""
    key = ".".join(str(part) for part in entry["loc"])
    if entry["type"] == "extra_forbidden":
        known = _keys_beside(entry["loc"])
        close = difflib.get_close_matches(str(entry["loc"][-1]), known, 1)
        hint = f"did you mean {close[0]}? " if close else ""
        return f"{key}: unknown key; {hint}allowed here: {', '.join(known)}"
    allowed = entry["msg"].removeprefix("Value error, ")
    return f"{key}: found {_found(entry['loc'], data)}; {allowed[:1].lower()}{allowed[1:]}"


def _keys_beside(loc: tuple[Any, ...]) -> list[str]:
    """The keys that are allowed where an unknown one was found."""
    section: type[BaseModel] = Config
    for part in loc[:-1]:
        kind = section.model_fields[part].annotation
        assert isinstance(kind, type)  # noqa: S101 — sections are classes
        section = kind
    return sorted(section.model_fields)


def _found(loc: tuple[Any, ...], data: Any) -> str:
    """The value that was found, unless it may be a secret."""
    for part in loc:
        if not isinstance(data, Mapping | list):
            break
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return "nothing"
    if any(word in str(part) for part in loc for word in ("token", "secret")):
        return f"a {type(data).__name__}"
    if "storage" in loc:  # an address may hold a password
        data = re.sub(r"(://[^:/@\s]*):[^@\s]*@", r"\1:…@", str(data))
    return repr(data)[:80]
