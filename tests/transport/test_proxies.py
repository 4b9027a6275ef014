"""Proxies come from the environment, as with curl."""

from __future__ import annotations

import pytest
from yarl import URL

from bot.transport.failures import ConnectError
from bot.transport.proxies import EnvironmentProxies
from bot.transport.request import AiohttpRequest
from tests.transport.fakes import BotApiServer, ok

TELEGRAM = URL("https://api.telegram.org/bot1:a/getMe")


@pytest.fixture(autouse=True)
def no_proxy_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_one_the_connection_is_direct() -> None:
    assert EnvironmentProxies().proxy_for(TELEGRAM) is None


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_the_environment_names_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "http://user:word@proxy:3128")
    assert EnvironmentProxies().proxy_for(TELEGRAM) == URL("http://user:word@proxy:3128")


def test_a_scheme_may_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "proxy:3128")
    assert EnvironmentProxies().proxy_for(TELEGRAM) == URL("http://proxy:3128")


def test_exceptions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    monkeypatch.setenv("NO_PROXY", "example.org,.telegram.org")
    assert EnvironmentProxies().proxy_for(TELEGRAM) is None


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_loopback_is_always_direct(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy:3128")
    assert EnvironmentProxies().proxy_for(URL(f"http://{host}:8081/x")) is None


async def test_a_kind_that_cannot_be_used_fails_rather_than_being_gone_round(
    monkeypatch: pytest.MonkeyPatch, request_: AiohttpRequest
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://proxy:1080")
    with pytest.raises(ConnectError, match="socks5 proxy cannot be used"):
        await request_.exchange("GET", TELEGRAM)


async def test_a_request_goes_through_it(
    monkeypatch: pytest.MonkeyPatch, request_: AiohttpRequest, server: BotApiServer
) -> None:
    """An HTTP proxy gets the whole address and the password; here it answers by itself."""
    proxy = URL(server.base_url).with_user("me").with_password("word")
    monkeypatch.setenv("HTTP_PROXY", str(proxy))
    server.then("getMe", ok(True))
    await request_.exchange("POST", URL("http://bot-api.example/bot1:a/getMe"))
    assert server.calls[0].headers["Host"] == "bot-api.example"
    assert server.calls[0].headers["Proxy-Authorization"] == "Basic bWU6d29yZA=="
