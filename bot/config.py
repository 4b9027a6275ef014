"""config.toml and BOT_… variables → one frozen, typed Config."""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

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


def _zone(name: str) -> str:
    if name not in available_timezones():
        close = difflib.get_close_matches(name, available_timezones(), 1)
        hint = f'; did you mean "{close[0]}"?' if close else ""
        raise ValueError(f'an IANA time zone such as "Europe/Berlin" is needed{hint}')
    return name


def _clock_time(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError('a time of day such as "04:00" is needed')
    return value


def _listen(value: str) -> str:
    host, colon, port = value.rpartition(":")
    if value and not (colon and host and port.isdigit() and int(port) < 65536):
        raise ValueError('an address and port such as "127.0.0.1:8080" is needed')
    return value


def _base_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise ValueError("an address that starts with https:// (or http://) is needed")
    return value.rstrip("/")


def _storage_url(value: str) -> str:
    if not value.startswith(("sqlite:///", "postgresql://")):
        raise ValueError('"sqlite:///file.db" or "postgresql://user@host/name" is needed')
    return value


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _numbers(value: object) -> object:
    """A list may come from the environment as `[1, 2]` or `1,2`."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.startswith("["):
        return json.loads(text)
    return [part.strip() for part in text.split(",") if part.strip()]


def _whole_number(value: object) -> object:
    """The environment has strings only; literals of numbers do not read them by themselves."""
    return int(value) if isinstance(value, str) and value.strip().isdigit() else value


Zone = Annotated[str, AfterValidator(_zone)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Listen = Annotated[str, AfterValidator(_listen)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _webhook_url(value: str) -> str:
    """Telegram delivers over TLS; a server on this machine may do without."""
    if value and not re.match(r"https://[^/\s]|http://(127\.|localhost[:/]|\[::1\])", value):
        raise ValueError("an address that starts with https:// is needed")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", value.get_secret_value()):
        raise ValueError("at most 256 letters, digits, _ and - are allowed")
    return value


class Webhook(_Section):
    """`[telegram.webhook]`: where Telegram delivers updates."""

    url: Annotated[str, AfterValidator(_webhook_url)] = ""
    listen: Listen = "127.0.0.1:8443"
    secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] = SecretStr("")


class Telegram(_Section):
    """`[telegram]`: the bot's account and how updates come in."""

    token: Annotated[SecretStr, BeforeValidator(_stripped)] = SecretStr("")
    token_file: str = ""
    base_url: Annotated[str, AfterValidator(_base_url)] = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    messages_per_second: Annotated[int, Field(ge=1, le=100_000)] = 30
    chat_messages_per_second: Annotated[float, Field(gt=0, le=100_000)] = 1
    webhook: Webhook = Webhook()

    @model_validator(mode="after")
    def _webhook_has_an_address(self) -> Telegram:
        if self.mode == "webhook" and not self.webhook.url:
            raise ValueError('mode = "webhook" needs telegram.webhook.url')
        return self


class Storage(_Section):
    """`[storage]`: the database."""

    url: Annotated[str, AfterValidator(_storage_url)] = "sqlite:///data/bot.db"
    synchronous: Literal["FULL", "NORMAL"] = "FULL"


class Content(_Section):
    """`[content]`: banks and texts; unset means those that came with the package."""

    banks: str | None = None
    texts: str | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-z]{2,4})?$")] = "en"


class Practice(_Section):
    """`[practice]`: what holds until a person sets something else."""

    set_size: Annotated[Literal[5, 10, 20], BeforeValidator(_whole_number)] = 10
    timezone: Zone = "UTC"


class Streaks(_Section):
    """`[streaks]`: when a day begins, how freezes are earned and kept."""

    day_starts_at: ClockTime = time(4)
    freeze_every: Annotated[int, Field(ge=1, le=365)] = 7
    freeze_cap: Annotated[int, Field(ge=0, le=100)] = 2


class Reminders(_Section):
    """`[reminders]`: how late a reminder may still be sent."""

    window_minutes: Annotated[int, Field(ge=1, le=1440)] = 180


class Admin(_Section):
    """`[admin]`: who may use /admin."""

    user_ids: Annotated[tuple[int, ...], BeforeValidator(_numbers)] = ()


class Http(_Section):
    """`[http]`: health and metrics; empty turns it off."""

    listen: Listen = "127.0.0.1:8080"


class Limits(_Section):
    """`[limits]`: how much one person may ask at a time."""

    message_burst: Annotated[int, Field(ge=1)] = 40
    messages_per_second: Annotated[float, Field(gt=0)] = 4
    press_burst: Annotated[int, Field(ge=1)] = 150
    presses_per_second: Annotated[float, Field(gt=0)] = 10


class Logging(_Section):
    """`[logging]`: how much, and in which form."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"
    format: Literal["auto", "text", "json"] = "auto"


class Config(_Section):
    """Everything that an operator can set."""

    telegram: Telegram = Telegram()
    storage: Storage = Storage()
    content: Content = Content()
    practice: Practice = Practice()
    streaks: Streaks = Streaks()
    reminders: Reminders = Reminders()
    admin: Admin = Admin()
    http: Http = Http()
    limits: Limits = Limits()
    logging: Logging = Logging()


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
