"""Drives and inspects the simulator from another process: faults, calls, the clock, updates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.errors import PersonError
from bot.simulator.face import Answer, Fields, Found, Handler, served
from bot.simulator.faults import BAD_GATEWAY, KINDS, Fault
from bot.simulator.updates import KINDS as UPDATE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from bot.simulator.journal import Call
    from bot.simulator.server import Simulator

PATIENCE = 10.0


class RemoteControl:
    """The handlers under ``/client`` that no person's app has."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._world = simulator.world

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve them."""
        reading: dict[str, Handler] = {
            "calls": self.calls,
            "calls/wait": self.wait_for_call,
            "violations": lambda _: {"violations": self._simulator.violations},
            "updates": self.updates,
            "settled": self.settled,
            "faults": lambda _: {"faults": [_shown(f) for f in self._simulator.faults]},
        }
        acting: dict[str, Handler] = {
            "faults": self.add_fault,
            "faults/release": self.release_fault,
            "faults/clear": self.clear_faults,
            "updates": self.push_update,
            "updates/redeliver": self.redeliver,
            "updates/restart": self.restart_update_ids,
            "clock": self.advance,
            "flood": self.set_flood,
            "deactivate": self.deactivate,
        }
        for name, handler in reading.items():
            router.add_get(f"/client/{name}", served(handler))
        for name, handler in acting.items():
            router.add_post(f"/client/{name}", served(handler))

    def calls(self, fields: Fields) -> Answer:
        """The calls after number ``since``, of one ``method``, ``chat`` or ``outcome``."""
        wanted = _filter(fields)
        return {"calls": [call.render() for call in self._simulator.calls if wanted(call)]}

    async def wait_for_call(self, fields: Fields) -> Answer:
        """The first such call, past or to come ``within`` so many seconds."""
        try:
            call = await self._simulator.calls.wait(_filter(fields), _patience(fields))
        except AssertionError as problem:
            raise PersonError(str(problem)) from problem
        return {"call": call.render()}

    async def settled(self, fields: Fields) -> Answer:
        """Wait until the bot has nothing left to do."""
        try:
            await self._simulator.settled(_patience(fields))
        except AssertionError as problem:
            raise PersonError(str(problem)) from problem
        return {}

    def add_fault(self, fields: Fields) -> Answer:
        """Set a fault; the fields are the attributes of Fault, ``methods`` is a list."""
        fault = self._simulator.faults.add(
            fields.choice("kind", KINDS),
            *fields.texts("methods"),
            chat=fields.integer("chat") if "chat" in fields else None,
            times=None if fields.is_null("times") else fields.integer("times", 1),
            skip=fields.integer("skip", 0),
            status=fields.integer("status", 502),
            body=fields.text("body", BAD_GATEWAY),
            content_type=fields.text("content_type", "text/html"),
            retry_after=fields.integer("retry_after", 1),
            seconds=fields.number("seconds", 1.0),
            after_effect=fields.flag("after_effect", default=False),
        )
        return {"fault": fault.id}

    def release_fault(self, fields: Fields) -> Answer:
        """Let go of what a fault holds."""
        try:
            self._simulator.faults.get(fields.integer("fault")).release()
        except KeyError as problem:
            raise PersonError(f"There is no fault {problem}.") from problem
        return {}

    def clear_faults(self, _fields: Fields) -> Answer:
        """Cancel all faults."""
        self._simulator.faults.clear()
        return {}

    def updates(self, _fields: Fields) -> Answer:
        """The updates that are not confirmed yet, and the next id."""
        queue = self._world.updates
        pending = [update.render() for update in queue.pending(self._world.now())]
        return {"pending": pending, "next_id": queue.next_id}

    def push_update(self, fields: Fields) -> Answer:
        """Queue any update."""
        kind, body = fields.choice("kind", UPDATE_KINDS), fields.mapping("body")
        return {"update_id": self._simulator.push_update(kind, body)}

    def redeliver(self, fields: Fields) -> Answer:
        """Send updates once more."""
        try:
            self._simulator.redeliver(*fields.integers("ids"))
        except KeyError as problem:
            raise PersonError(f"There was no update {problem}.") from problem
        return {}

    def restart_update_ids(self, fields: Fields) -> Answer:
        """Number the updates to come from ``first_id``."""
        self._simulator.restart_update_ids(fields.integer("first_id"))
        return {}

    def advance(self, fields: Fields) -> Answer:
        """Push the clock forward by ``advance`` seconds."""
        self._simulator.clock.advance(fields.number("advance"))
        self._world.feed.publish("world")  # countdowns that are on show have jumped
        return {"now": self._simulator.clock.now()}

    def set_flood(self, fields: Fields) -> Answer:
        """Change the flood limits that are named."""
        flood = self._world.flood
        flood.enabled = fields.flag("enabled", default=flood.enabled)
        flood.burst = fields.integer("burst", flood.burst)
        flood.seconds = fields.number("seconds", flood.seconds)
        flood.group_per_minute = fields.integer("group_per_minute", flood.group_per_minute)
        flood.per_second = fields.integer("per_second", flood.per_second)
        return {}

    def deactivate(self, fields: Fields) -> Answer:
        """Somebody deletes their account."""
        self._found(fields).user().deactivated = True
        return {}

    def _found(self, fields: Fields) -> Found:
        return Found(self._world, fields)


def _patience(fields: Fields) -> float:
    try:
        return float(fields.values.get("within", PATIENCE))
    except (TypeError, ValueError):
        raise PersonError("The field within must be a number of seconds.") from None


def _filter(fields: Fields) -> Callable[[Call], bool]:
    since = fields.integer("since", 0)
    chat = fields.integer("chat") if "chat" in fields else None
    method, outcome = fields.values.get("method"), fields.values.get("outcome")

    def wanted(call: Call) -> bool:
        return (
            call.number > since
            and method in (None, call.method)
            and outcome in (None, call.outcome)
            and chat in (None, call.chat_id)
        )

    return wanted


def _shown(fault: Fault) -> dict[str, Any]:
    return {
        "fault": fault.id,
        "kind": fault.kind,
        "methods": sorted(fault.methods),
        "hits": fault.hits,
        "times": fault.times,
    }
