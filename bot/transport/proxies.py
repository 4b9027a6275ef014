"""Which proxy the environment names for an address, looked up once per host.

aiohttp's own `trust_env` asks the environment (and netrc) in a thread at every request, which
makes a request four times as dear.
"""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

from yarl import URL

from bot.transport.failures import ConnectError

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class EnvironmentProxies:
    """HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, as curl reads them; loopback is direct."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], URL | None] = {}

    def proxy_for(self, url: URL) -> URL | None:
        """The proxy to reach `url` through, or None for a direct connection.

        Raises:
            ConnectError: The environment names a proxy that is not an HTTP proxy; going round it
                would be worse than failing.
        """
        key = (url.scheme, url.raw_host or "")
        if key not in self._known:
            self._known[key] = _environment_proxy(*key)
        return self._known[key]


def _environment_proxy(scheme: str, host: str) -> URL | None:
    if host in _LOOPBACK or proxy_bypass(host):
        return None
    proxies = getproxies()
    address = proxies.get(scheme) or proxies.get("all")
    if not address:
        return None
    proxy = URL(address if "://" in address else f"http://{address}")
    if proxy.scheme not in {"http", "https"}:
        raise ConnectError(f"A {proxy.scheme} proxy cannot be used; name an HTTP proxy")
    return proxy
