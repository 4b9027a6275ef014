"""Logs without secrets: everything the process says of itself passes through one redactor.

The token is part of every address of the Bot API, so libraries log it, and exceptions and their
stacks quote it. Cleaning single messages is not enough; the finished line is cleaned, once, in
the formatter of the only handler that there is.
"""

from __future__ import annotations

import datetime as dtm
import json
import logging
import re
import sys
import threading
from typing import TYPE_CHECKING, Any, Literal, TextIO
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

LogFormat = Literal["auto", "text", "json"]

REDACTED = "[redacted]"

_TOKEN = re.compile(r"(?<![0-9])[0-9]+(?::|%(?:25)?3[Aa])[A-Za-z0-9_-]{35,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_OWN_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

# What these say below the given level is other people's text or of no use to an operator.
_QUIET = {
    "aiohttp.access": logging.WARNING,
    "aiosqlite": logging.INFO,
    "asyncio": logging.INFO,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "matplotlib": logging.WARNING,
    "PIL": logging.INFO,
    "psycopg": logging.INFO,
    "telegram": logging.INFO,
}

_LOG = logging.getLogger("bot")


class Redactor:
    """Takes secrets out of texts: everything shaped like a bot token, and the secrets given."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Learn the secrets.

        Args:
            secrets: Exact values, e.g. the token, the webhook's secret, the database's password.
                Empty ones are left out. Of a token the part after the colon is one too.
        """
        exact = {secret for secret in secrets if secret}
        exact |= {secret.partition(":")[2] for secret in exact if _TOKEN.fullmatch(secret)}
        forms = {form for secret in exact for form in _spellings(secret)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._exact = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def __call__(self, text: str) -> str:
        """The text with `[redacted]` in the place of each secret."""
        text = _TOKEN.sub(REDACTED, text)
        return text if self._exact is None else self._exact.sub(REDACTED, text)


class TextFormatter(logging.Formatter):
    """For a terminal: one line a record, tracebacks indented below it."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The record as text; control characters in the message are shown, not obeyed."""
        extras = "".join(f" {name}={value}" for name, value in _extras(record).items())
        line = f"{record.levelname:<8} {record.name}: {record.getMessage()}{extras}"
        lines = [f"{_instant(record)} {_CONTROL.sub(_visible, self._redact(line))}"]
        for block in _blocks(self, record).values():
            lines += [
                f"    {_CONTROL.sub(_visible, row)}" for row in self._redact(block).split("\n")
            ]
        return "\n".join(lines)


class JsonFormatter(logging.Formatter):
    """For machines: one JSON object a line, whatever the message holds."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of ASCII."""
        fields: dict[str, object] = {
            "time": _instant(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_blocks(self, record),
        }
        for name, value in _extras(record).items():
            fields.setdefault(name, _simple(value))
        # Before encoding, which would disguise a secret with a quote in it.
        clean = {
            name: self._redact(value) if isinstance(value, str) else value
            for name, value in fields.items()
        }
        return json.dumps(clean)


class RedactingHandler(logging.StreamHandler[TextIO]):
    """Writes to a stream; a record that cannot be formatted is told of without its arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Name the faulty call; logging's own way prints the arguments as they are."""
        error = sys.exc_info()[1]
        if isinstance(error, OSError | ValueError) and self.stream.closed:
            return
        fault = logging.LogRecord(
            record.name,
            logging.ERROR,
            record.pathname,
            record.lineno,
            "A record of %s:%s could not be written: %s",
            (record.pathname, record.lineno, type(error).__name__),
            None,
        )
        try:
            self.stream.write(self.format(fault) + self.terminator)
        except (OSError, ValueError):
            return


def configure_logging(
    level: int | str = logging.INFO,
    fmt: LogFormat = "auto",
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> Redactor:
    """Send all logs, warnings and uncaught exceptions of the process to one redacted stream.

    Handlers that were there before are taken away. May be called again, e.g. once the
    configuration is known.

    Args:
        level: The lowest level to log.
        fmt: `text`, `json`, or `auto`: text on a terminal, JSON elsewhere.
        secrets: What must never appear, besides everything shaped like a bot token.
        stream: Where to; None for the standard error.

    Returns:
        The redactor, for what is printed past the logs.

    Raises:
        ValueError: There is no such level.
    """
    stream = stream or sys.stderr
    redact = Redactor(secrets)
    as_text = fmt == "text" or (fmt == "auto" and stream.isatty())
    handler = RedactingHandler(stream)
    handler.setFormatter(TextFormatter(redact) if as_text else JsonFormatter(redact))
    root = logging.getLogger()
    root.setLevel(level)
    root.handlers[:] = [handler]
    for name, quiet_level in _QUIET.items():
        logging.getLogger(name).setLevel(max(quiet_level, root.level))
    logging.captureWarnings(True)
    sys.excepthook = _log_crash
    sys.unraisablehook = _log_unraisable
    threading.excepthook = _log_thread_crash
    return redact


def _log_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        _LOG.info("Interrupted")
        return
    _LOG.critical("Uncaught exception", exc_info=(kind, error, trace))


def _log_thread_crash(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is None or issubclass(args.exc_type, SystemExit):
        return
    name = args.thread.name if args.thread else "?"
    _LOG.error(
        "Uncaught exception in thread %s",
        name,
        exc_info=(args.exc_type, args.exc_value, args.exc_traceback),
    )


def _log_unraisable(args: sys.UnraisableHookArgs) -> None:
    _LOG.error("Exception ignored in %r: %s", args.object, args.err_msg, exc_info=args.exc_value)


def _spellings(secret: str) -> Iterable[str]:
    """A secret as it may stand in a text: plain, in an address, in JSON, in a `repr`."""
    return (
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        repr(secret)[1:-1],
    )


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    """What the caller passed as `extra`."""
    return {name: value for name, value in vars(record).items() if name not in _OWN_FIELDS}


def _blocks(formatter: logging.Formatter, record: logging.LogRecord) -> dict[str, str]:
    """The traceback and the stack, where there are any."""
    blocks = {}
    if record.exc_info and record.exc_info[0] is not None:
        blocks["error"] = formatter.formatException(record.exc_info)
    elif record.exc_text:
        blocks["error"] = record.exc_text
    if record.stack_info:
        blocks["stack"] = formatter.formatStack(record.stack_info)
    return blocks


def _simple(value: object) -> object:
    return value if isinstance(value, bool | int | float) or value is None else str(value)


def _visible(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode("ascii")


def _instant(record: logging.LogRecord) -> str:
    """When it was logged: ISO 8601, UTC, to the millisecond."""
    instant = dtm.datetime.fromtimestamp(record.created, tz=dtm.UTC)
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
