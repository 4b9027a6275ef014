"""Faults that tests inject into the Bot API: errors, broken answers, lost ones, late ones."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator

FaultKind = Literal[
    "status",
    "invalid_json",
    "half_body",
    "reset_before",
    "reset_after",
    "delay",
    "hang",
    "too_many_requests",
    "unauthorized",
    "conflict",
]
KINDS: tuple[FaultKind, ...] = get_args(FaultKind)
BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n"


class FaultSettings(TypedDict, total=False):
    """What can be said of a fault besides its kind; see Fault."""

    chat: int | None
    times: int | None
    skip: int
    status: int
    body: str
    content_type: str
    retry_after: int
    seconds: float
    after_effect: bool


@dataclass(slots=True, eq=False)
class Fault:
    """What goes wrong, how often, and with which calls.

    Attributes:
        kind: ``status`` answers `status` and `body`; ``invalid_json`` and ``half_body`` break
            the answer after the effect; ``reset_before`` and ``reset_after`` cut the connection
            before or after it; ``delay`` waits for `seconds`, ``hang`` until it is released;
            the others are Telegram's own refusals.
        methods: The methods concerned; none stands for all.
        chat: The chat concerned; None for any and none.
        times: How many calls are concerned; None for all until it is cancelled.
        skip: How many calls go well before.
        after_effect: For ``status``, ``delay`` and ``hang``: the method is carried out first.
        hits: How many calls it has met.
    """

    id: int
    kind: FaultKind
    methods: frozenset[str] = frozenset()
    chat: int | None = None
    times: int | None = 1
    skip: int = 0
    status: int = 502
    body: str = BAD_GATEWAY
    content_type: str = "text/html"
    retry_after: int = 1
    seconds: float = 1.0
    after_effect: bool = False
    hits: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let go of what hangs, now and in future."""
        self.released.set()

    def cancel(self) -> None:
        """Meet no further calls, and let go of what hangs."""
        self.times = self.hits
        self.release()

    def meets(self, method: str, chat: int | None) -> bool:
        """Whether this call is concerned; counts."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.methods and method.lower() not in self.methods:
            return False
        if self.chat is not None and self.chat != chat:
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.hits += 1
        return True


class Faults:
    """The faults that are set; the first that concerns a call has it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, kind: FaultKind, *methods: str, **settings: Unpack[FaultSettings]) -> Fault:
        """Set a fault; the settings are attributes of Fault.

        Raises:
            ValueError: There is no such kind.
        """
        if kind not in KINDS:
            raise ValueError(f"no fault {kind!r}; there are {', '.join(KINDS)}")
        concerned = frozenset(method.lower() for method in methods)
        fault = Fault(len(self._faults) + 1, kind, concerned, **settings)
        self._faults.append(fault)
        return fault

    def get(self, fault_id: int) -> Fault:
        """A fault by its id.

        Raises:
            KeyError: There is none.
        """
        if not 0 < fault_id <= len(self._faults):
            raise KeyError(fault_id)
        return self._faults[fault_id - 1]

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def clear(self) -> None:
        """Cancel all."""
        for fault in self._faults:
            fault.cancel()

    def meet(self, method: str, chat: int | None) -> Fault | None:
        """The fault that this call meets, if any."""
        return next((fault for fault in self._faults if fault.meets(method, chat)), None)
