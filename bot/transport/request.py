"""HTTP to the Bot API over one aiohttp session, for PTB's Bot and for our own thin path.

No error raised here carries an address or a body: the token is part of every address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
from telegram.request import BaseRequest
from yarl import URL

from bot.transport import failures
from bot.transport.proxies import EnvironmentProxies

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram._utils.types import ODVInput
    from telegram.error import TelegramError
    from telegram.request import RequestData

READ_SECONDS = 15.0
"""Long enough that a slow answer is seldom given up for lost and asked for twice."""
CONNECT_SECONDS = 5.0
UPLOAD_SECONDS = 60.0
KEEP_ALIVE_SECONDS = 30.0
"""Shorter than the idle time after which servers close, so that no request meets a closed one."""

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class AiohttpRequest(BaseRequest):
    """One aiohttp session, for as many requests at once as there are.

    `initialize` opens it and `shutdown` closes it; both may be called repeatedly, since PTB's Bot
    does so for each of the two requests that it holds, which may be one and the same object.
    """

    __slots__ = ("_connect_seconds", "_on_date", "_proxies", "_read_seconds", "_session")

    def __init__(
        self,
        *,
        read_seconds: float = READ_SECONDS,
        connect_seconds: float = CONNECT_SECONDS,
        on_date: Callable[[str], object] = lambda _: None,
    ) -> None:
        """Prepare the session.

        Args:
            read_seconds: How long to wait for an answer, unless a request says otherwise.
            connect_seconds: How long to wait for a connection.
            on_date: Told the `Date` header of each answer as it comes.
        """
        self._on_date = on_date
        self._read_seconds = read_seconds
        self._connect_seconds = connect_seconds
        self._proxies = EnvironmentProxies()
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer; PTB adds the length of a long poll to it."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the session, unless it is open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_ALIVE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "ml-interview-bot"},
                skip_auto_headers=("Accept", "Accept-Encoding"),
                auto_decompress=False,
            )

    async def shutdown(self) -> None:
        """Close the session and its connections, unless it is closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def exchange(
        self,
        method: str,
        url: URL,
        *,
        body: bytes | aiohttp.FormData | None = None,
        headers: dict[str, str] | None = None,
        read_seconds: float | None = None,
    ) -> tuple[int, bytes]:
        """Send one request and wait for its whole answer.

        Args:
            method: GET or POST.
            url: The address; it holds the token.
            body: What to send.
            headers: Beside the session's own, e.g. the content type of a bytes body.
            read_seconds: How long the whole exchange may take; None for the default.

        Returns:
            The HTTP status and the body.

        Raises:
            ConnectError: The request was not sent.
            ConnectTimeoutError: The same, after `connect_seconds`.
            AnswerLostError: The request was sent, perhaps carried out, and no whole answer came.
            AnswerTimeoutError: The same, after `read_seconds`.
        """
        seconds = self._read_seconds if read_seconds is None else read_seconds
        timeout = aiohttp.ClientTimeout(total=seconds, connect=min(seconds, self._connect_seconds))
        return await self._exchange(method, url, body, headers, limits=timeout)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send a request of PTB's and wait for its answer.

        Raises:
            TelegramError: As `exchange`; an unsuccessful answer as `failures.failure_of`.
        """
        with_files = request_data is not None and request_data.contains_files
        read = _seconds(read_timeout, self._read_seconds)
        write = _seconds(write_timeout, UPLOAD_SECONDS if with_files else 0.0)
        connect = _seconds(connect_timeout, self._connect_seconds)
        # A download has no limit but on the silence between two pieces of it.
        unlimited = method == "GET" or read is None or write is None or connect is None
        timeout = aiohttp.ClientTimeout(
            total=None if unlimited else (read or 0) + (write or 0) + (connect or 0),
            connect=connect,
            sock_read=read,
        )
        body, headers = _encoded(request_data)
        status, payload = await self._exchange(method, URL(url), body, headers, limits=timeout)
        if status >= 300:
            chat_id = request_data.parameters.get("chat_id") if request_data else None
            raise failures.failure_of(
                status, payload, chat_id if isinstance(chat_id, int | str) else None
            )
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON object of a successful answer; unlike PTB's, it logs no payload.

        Raises:
            AnswerLostError: The body is something else, e.g. a proxy's page.
        """
        answer = failures.parsed(payload)
        if answer is None or "result" not in answer:
            raise failures.AnswerLostError("The answer is not the Bot API's JSON")
        return answer

    async def _exchange(
        self,
        method: str,
        url: URL,
        body: bytes | aiohttp.FormData | None,
        headers: dict[str, str] | None,
        *,
        limits: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("AiohttpRequest is not initialised")
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=limits,
                proxy=self._proxies.proxy_for(url),
                allow_redirects=False,
            ) as response:
                self._on_date(response.headers.get("Date", ""))
                return response.status, await response.read()
        except (aiohttp.ClientError, OSError) as error:
            failure = _failure_of(error)
        # Raised outside, for aiohttp's own error names the address and would be its context.
        raise failure


def _failure_of(error: aiohttp.ClientError | OSError) -> TelegramError:
    what = type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        what = f"{what}: {error.strerror}"
    match error:
        case aiohttp.ConnectionTimeoutError():
            return failures.ConnectTimeoutError(f"No connection in time ({what})")
        case (
            aiohttp.ClientConnectorError() | aiohttp.ClientHttpProxyError() | aiohttp.InvalidURL()
        ):
            return failures.ConnectError(f"No connection ({what})")
        case TimeoutError():
            return failures.AnswerTimeoutError(f"No answer in time ({what})")
        case _:
            return failures.AnswerLostError(f"Connection lost before the answer ({what})")


def _encoded(
    request_data: RequestData | None,
) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    if request_data is None:
        return None, None
    if not request_data.contains_files:
        return request_data.url_encoded_parameters().encode(), _FORM
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for name, (file_name, content, mime_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime_type)
    return form, None


def _seconds(given: ODVInput[float], default: float) -> float | None:
    """What PTB's caller asked for; None means no limit."""
    return given if given is None or isinstance(given, int | float) else default
