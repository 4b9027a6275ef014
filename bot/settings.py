"""Everything that an operator can set: frozen, typed, and checked value by value."""

from __future__ import annotations

import difflib
import json
import re
from datetime import time
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    model_validator,
)


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
    retention: Annotated[float, Field(ge=0.7, le=0.97)] = 0.9
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
