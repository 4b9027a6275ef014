"""No secret leaves the process through a log, whatever goes wrong."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from bot.redaction import REDACTED, LogFormat, Redactor, configure_logging

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "123456789:AAHs-4fWq_0123456789abcdefghijklmno"
OTHER_TOKEN = "42:ZZZZ-4fWq_0123456789abcdefghijklmno"
PASSWORD = 'p"w é/+&%'


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Output:
    """What was logged."""

    def __init__(self, fmt: LogFormat, level: int | str = logging.DEBUG) -> None:
        self.stream = io.StringIO()
        self.redact = configure_logging(level, fmt, [TOKEN, PASSWORD], self.stream)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]

    def is_clean(self) -> bool:
        return bool(self.text) and not any(
            secret in self.text
            for secret in (
                TOKEN,
                TOKEN.partition(":")[2],
                quote(TOKEN, safe=""),
                OTHER_TOKEN,
                PASSWORD,
                quote(PASSWORD, safe=""),
                json.dumps(PASSWORD)[1:-1],
            )
        )


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Gives the process its handlers and hooks back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    levels = {
        name: logger.level
        for name, logger in logging.Logger.manager.loggerDict.items()
        if isinstance(logger, logging.Logger)
    }
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    for name, logger in logging.Logger.manager.loggerDict.items():
        if isinstance(logger, logging.Logger):
            logger.setLevel(levels.get(name, logging.NOTSET))


@pytest.fixture(params=["text", "json"])
def output(request: pytest.FixtureRequest) -> Output:
    return Output(request.param)


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        OTHER_TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"https://proxy/?u=bot{quote(TOKEN, safe='')}",
        f"https://proxy/?u=bot{quote(quote(TOKEN, safe=''), safe='')}",
        TOKEN.partition(":")[2],
        TOKEN + "_and_more",
        PASSWORD,
        quote(PASSWORD, safe=""),
        json.dumps({"password": PASSWORD}),
        repr([PASSWORD]),
    ],
)
def test_every_spelling_of_a_secret_is_taken_out(text: str) -> None:
    clean = Redactor([TOKEN, PASSWORD])(text)
    assert REDACTED in clean
    for fragment in ("0123456789abcdef", "_and_more", 'p"w', "p%22w", r"p\"w", "%C3%A9", "+&"):
        assert fragment not in clean


@pytest.mark.parametrize("text", ["12:34", "2026-01-10T12:00:00", "a:" + "b" * 34, "", "é"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert Redactor([TOKEN, ""])(text) == text


def test_a_long_run_of_digits_costs_nothing() -> None:
    digits = "1" * 200_000
    assert Redactor()(digits) == digits


def test_message_arguments_extras_exception_and_stack_are_clean(output: Output) -> None:
    log = logging.getLogger("bot.test")
    log.info("token %s and %r", TOKEN, {"url": f"http://x/bot{TOKEN}/y"})
    careless = f"https://x/bot{OTHER_TOKEN}/getMe"
    log.debug(careless)
    log.warning("extra", extra={"dsn": f"postgresql://u:{PASSWORD}@h", "secrets": [TOKEN]})
    log.error("stack of %s", TOKEN, stack_info=True)
    try:
        try:
            raise ValueError(f"bad token {TOKEN}")
        except ValueError as error:
            raise RuntimeError(PASSWORD) from error
    except RuntimeError:
        log.exception("failed with %s", PASSWORD)
    assert output.is_clean()
    for expected in ("bad token", "ValueError", "RuntimeError", "Stack (most recent call last)"):
        assert expected in output.text
    assert output.text.count(REDACTED) >= 8


@pytest.mark.parametrize("fmt", ["text", "json"])
def test_a_record_that_cannot_be_formatted_is_told_of_without_its_arguments(
    fmt: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    output = Output(fmt)
    for template in ("%d", "%s %s"):
        logging.getLogger("bot").info(template, TOKEN)
    assert output.is_clean()
    assert output.text.count("could not be written: TypeError") == 2
    assert "test_redaction.py" in output.text
    assert capsys.readouterr().err == ""


def test_a_closed_stream_is_no_reason_to_fail(output: Output) -> None:
    output.stream.close()
    logging.getLogger("bot").info("too late")


def test_uncaught_exceptions_are_clean(output: Output) -> None:
    try:
        raise ValueError(TOKEN)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert output.is_clean()
    assert "Uncaught exception" in output.text
    assert "ValueError" in output.text


def test_an_interrupt_has_no_traceback(output: Output) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "Interrupted" in output.text
    assert "Traceback" not in output.text


def test_uncaught_exceptions_of_threads_are_clean(output: Output) -> None:
    def fail() -> None:
        raise ValueError(TOKEN)

    thread = threading.Thread(target=fail, name="worker")
    thread.start()
    thread.join()
    assert output.is_clean()
    assert "worker" in output.text


def test_exceptions_in_destructors_are_clean(output: Output) -> None:
    class Faulty:
        def __del__(self) -> None:
            raise ValueError(TOKEN)

    del_me = Faulty()
    del del_me
    assert output.is_clean()
    assert "Exception ignored" in output.text


async def test_exceptions_of_forgotten_tasks_are_clean(output: Output) -> None:
    async def fail() -> None:
        raise ValueError(TOKEN)

    asyncio.get_running_loop().set_debug(enabled=True)
    task = asyncio.create_task(fail(), name=f"task {TOKEN}")
    await asyncio.wait([task])
    del task
    assert output.is_clean()
    assert "never retrieved" in output.text


@pytest.mark.parametrize("fmt", ["text", "json"])
def test_warnings_are_clean(fmt: LogFormat) -> None:
    output = Output(fmt)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"old token {TOKEN}", UserWarning, stacklevel=1)
    assert output.is_clean()
    assert "old token" in output.text


def test_what_libraries_say_of_texts_and_addresses_is_not_logged(output: Output) -> None:
    logging.getLogger("telegram.Bot").debug("Calling sendMessage with parameters Ann's answer")
    logging.getLogger("aiosqlite").debug("executing INSERT Ann's answer")
    logging.getLogger("httpx").info("HTTP Request: POST")
    logging.getLogger("aiohttp.access").info("GET /livez")
    logging.getLogger("telegram.ext").warning("worth knowing")
    assert [name for name in ("Ann", "POST", "livez") if name in output.text] == []
    assert "worth knowing" in output.text


def test_json_is_one_object_a_line_that_no_text_can_forge() -> None:
    output = Output("json")
    forged = 'x"}\n{"level": "CRITICAL", "message": "forged"}\r\u2028\x85\x1b[31m\ud800'
    logging.getLogger("bot").info("said %s", forged, extra={"error_id": forged, "count": 3})
    assert len(output.lines) == 1
    record = output.records[0]
    assert record["level"] == "INFO"
    assert record["logger"] == "bot"
    assert record["message"] == f"said {forged}"
    assert record["error_id"] == forged
    assert record["count"] == 3
    assert record["time"].endswith("Z")
    assert output.text.isascii()


def test_an_extra_cannot_pose_as_the_level() -> None:
    output = Output("json")
    logging.getLogger("bot").info("x", extra={"level": "CRITICAL", "time": "never"})
    assert output.records[0]["level"] == "INFO"
    assert output.records[0]["time"] != "never"


def test_text_cannot_forge_a_line_either() -> None:
    output = Output("text")
    try:
        raise ValueError("x\n2026-01-01T00:00:00.000Z CRITICAL bot: forged\x1b[31m")
    except ValueError:
        logging.getLogger("bot").exception("said %s", "a\n2026 CRITICAL bot: forged\x1b[2J")
    assert "\x1b" not in output.text
    first, *rest = output.lines
    assert r"a\n2026 CRITICAL" in first
    assert rest
    assert all(line.startswith("    ") for line in rest)


@pytest.mark.parametrize(("stream", "is_json"), [(Terminal(), False), (io.StringIO(), True)])
def test_auto_is_text_on_a_terminal_and_json_elsewhere(stream: io.StringIO, is_json: bool) -> None:
    configure_logging("INFO", "auto", (), stream)
    logging.getLogger("bot").info("x")
    assert stream.getvalue().startswith("{") is is_json


def test_levels_are_kept_and_wrong_ones_refused() -> None:
    output = Output("json", "WARNING")
    logging.getLogger("bot").info("quiet")
    assert output.text == ""
    with pytest.raises(ValueError, match="LOUD"):
        configure_logging("LOUD")


def test_configuring_again_leaves_one_handler() -> None:
    Output("json")
    output = Output("text")
    logging.getLogger("bot").info("once")
    assert output.text.count("once") == 1
    assert len(logging.getLogger().handlers) == 1


CRASHES = {
    "in the open": "raise ValueError(TOKEN)",
    "in asyncio": "asyncio.run(fail())",
    "in a thread": "threading.Thread(target=int, args=[TOKEN]).start()",
    "in an exit handler": "atexit.register(lambda: int(TOKEN))",
    "of PTB's, 401": "asyncio.run(bot('Unauthorized', 401))",
    "of PTB's, bad JSON": "asyncio.run(bot('<html>', 200))",
    "of PTB's, nobody there": "asyncio.run(bot(None, 0))",
}

PROGRAM = """
import asyncio, atexit, logging, threading
from aiohttp import web
from telegram import Bot
from bot.redaction import configure_logging
from bot.transport.request import AiohttpRequest
TOKEN = "{token}"
configure_logging("DEBUG", "{fmt}", [TOKEN])
logging.getLogger("bot").debug("at https://x/bot%s/y", TOKEN)
async def fail():
    asyncio.get_running_loop().set_debug(True)
    raise ValueError(TOKEN)
async def bot(body, status):
    port = 1
    if body is not None:
        async def answer(request):
            return web.Response(text=body, status=status)
        runner = web.ServerRunner(web.Server(answer))
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
    made = Bot(TOKEN, base_url=f"http://127.0.0.1:{{port}}/bot", request=AiohttpRequest())
    logging.getLogger("bot").info("%r", made)
    async with made:
        pass
{crash}
"""


@pytest.mark.parametrize("crash", CRASHES.values(), ids=CRASHES.keys())
@pytest.mark.parametrize("fmt", ["text", "json"])
def test_a_crash_prints_no_secret(fmt: str, crash: str) -> None:
    program = PROGRAM.format(token=TOKEN, fmt=fmt, crash=crash)
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "ignore", "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = done.stdout + done.stderr
    assert "Traceback" in said
    assert TOKEN not in said
    assert TOKEN.partition(":")[2] not in said
    if fmt == "json":
        assert all(json.loads(line)["level"] for line in said.splitlines())
