"""Face 1, the Bot API over HTTP: checks, faults, the journal, and answers in Telegram's form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.simulator import spec
from bot.simulator.breaking import (
    AFTER_EFFECT,
    WITHOUT_ANSWER,
    broken_response,
    json_response,
    refusal_body,
)
from bot.simulator.errors import ApiError, violation
from bot.simulator.methods import METHODS
from bot.simulator.requests import read_parameters, split_attachments, with_attachments
from bot.simulator.waiting import first_of

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.simulator.clock import Clock
    from bot.simulator.faults import Fault, Faults
    from bot.simulator.journal import Call, Journal
    from bot.simulator.parameters import Method
    from bot.simulator.receiving import Receiving
    from bot.simulator.webhook import Webhook
    from bot.simulator.world import World

LATE = frozenset({"delay", "hang"})
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{35}")


class BotApi:
    """Answers ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

    def __init__(
        self,
        world: World,
        clock: Clock,
        *,
        token: str,
        receiving: Receiving,
        webhook: Webhook,
        journal: Journal,
        faults: Faults,
    ) -> None:
        self._world = world
        self._clock = clock
        self._token = token
        self._receiving = receiving
        self._webhook = webhook
        self._journal = journal
        self._faults = faults
        self._spec = spec.load()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve this face."""
        router.add_route("*", "/bot{token}/{method}", self.call)
        router.add_get("/file/bot{token}/{path:.+}", self.file)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Carry out one call, with whatever fault it meets."""
        name = request.match_info["method"]
        try:
            self._check_token(request)
            method = self._spec.method(name)
            parameters = await read_parameters(request)
        except ApiError as refusal:
            call = self._journal.begin(name, {}, self._clock.now())
            return self._closed(call, *self._refused(call, refusal))
        call = self._journal.begin(method.name, parameters, self._clock.now())
        try:
            if fault := self._faults.meet(method.name, call.chat_id):
                return await self._faulty(request, method, call, fault)
            return self._closed(call, *await self._answer(method, call))
        finally:
            if call.outcome == "open":
                self._journal.end(call, "abandoned", self._clock.now())

    def _closed(self, call: Call, status: int, body: dict[str, Any]) -> web.Response:
        self._journal.end(call, "ok" if status == 200 else "refused", self._clock.now())
        return json_response(status, body)

    async def _answer(self, method: Method, call: Call) -> tuple[int, dict[str, Any]]:
        """Status and body of the true answer; carries the method out."""
        try:
            own, attached = split_attachments(call.params, method.parameters)
            given = method.checked(own)
            call.params = given = with_attachments(given, attached)
            self._world.agenda.run(self._world.now())
            body = await self._result(method.name, given)
        except ApiError as refusal:
            return self._refused(call, refusal)
        call.status, call.result, call.effect = 200, body["result"], True
        return 200, body

    def _refused(self, call: Call, refusal: ApiError) -> tuple[int, dict[str, Any]]:
        call.status, call.description = refusal.code, refusal.description
        if refusal.violation:
            self._journal.violations.append(f"{call.method}: {refusal.description}")
        return refusal.code, refusal_body(refusal)

    async def _result(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        match name:
            case "getUpdates":
                return {"ok": True, "result": await self._receiving.get_updates(given)}
            case "setWebhook" | "deleteWebhook":
                description = await self._receiving.set_webhook(given)
                return {"ok": True, "result": True, "description": description}
            case "getWebhookInfo":
                return {"ok": True, "result": self._webhook.info()}
        if name not in METHODS:
            raise violation(f"method {name} is not simulated")
        return {"ok": True, "result": METHODS[name](self._world, given)}

    async def _faulty(
        self, request: web.Request, method: Method, call: Call, fault: Fault
    ) -> web.StreamResponse:
        """The answer that a fault makes of it."""
        if fault.kind in LATE:
            return await self._late(method, call, fault)
        status, body = 0, dict[str, Any]()
        if fault.after_effect or fault.kind in AFTER_EFFECT:
            status, body = await self._answer(method, call)
        response = await broken_response(request, fault, status, body)
        call.status = 0 if fault.kind in WITHOUT_ANSWER else response.status
        self._journal.end(call, "fault", self._clock.now())
        return response

    async def _late(self, method: Method, call: Call, fault: Fault) -> web.Response:
        if not fault.after_effect:
            await self._hold(fault)
        status, body = await self._answer(method, call)
        if fault.after_effect:
            await self._hold(fault)
        return self._closed(call, status, body)

    async def _hold(self, fault: Fault) -> None:
        waits: list[Coroutine[Any, Any, object]] = [fault.released.wait()]
        if fault.kind == "delay":
            waits.append(self._clock.sleep(fault.seconds))
        await first_of(*waits)

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file at the path that getFile gave."""
        self._check_token(request)
        stored = self._world.files.at(request.match_info["path"])
        if stored is None:
            return json_response(404, refusal_body(ApiError(404, "Not Found")))
        return web.Response(body=stored.data, content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not TOKEN.fullmatch(token):
            raise ApiError(401, "Unauthorized: invalid token specified")
        if token != self._token:
            raise ApiError(401, "Unauthorized")
