"""Every call to the Bot API, for tests: what was asked, when, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.simulator.values import Upload
from bot.simulator.waiting import Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Outcome = Literal["open", "ok", "refused", "fault", "abandoned"]


@dataclass(slots=True, eq=False)
class Call:
    """One call.

    Attributes:
        at: Unix time of its arrival; `ended_at` of its end.
        outcome: open while it is under way; abandoned if the bot hung up; fault if an injected
            fault made the answer.
        status: The HTTP status, 0 if there was none.
        effect: Whether the method was carried out, whatever the bot was told.
    """

    number: int
    method: str
    params: dict[str, Any]
    at: float
    outcome: Outcome = "open"
    status: int = 0
    description: str = ""
    result: Any = None
    effect: bool = False
    ended_at: float | None = None

    @property
    def chat_id(self) -> int | None:
        """The chat it was about, if it named one by number."""
        chat_id = self.params.get("chat_id")
        try:
            return int(chat_id) if chat_id is not None else None
        except ValueError:
            return None

    def render(self) -> dict[str, Any]:
        """As JSON, with files by their name and size."""
        shown = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return shown | {"chat_id": self.chat_id, "params": _without_bytes(self.params)}


@dataclass(slots=True)
class Journal:
    """All calls in the order of their arrival.

    Attributes:
        under_way: The calls that have not ended.
        violations: What only this simulator refuses: defects that Telegram would hide.
    """

    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    under_way: set[Call] = field(default_factory=set)
    changed: Signal = field(default_factory=Signal)

    def __iter__(self) -> Iterator[Call]:
        return iter(self.calls)

    def __len__(self) -> int:
        return len(self.calls)

    def __getitem__(self, index: int) -> Call:
        return self.calls[index]

    def of(self, *methods: str, chat: int | None = None) -> list[Call]:
        """The calls of some methods, in one chat if that is given."""
        return [
            call
            for call in self.calls
            if call.method in methods and (chat is None or call.chat_id == chat)
        ]

    def begin(self, method: str, params: dict[str, Any], now: float) -> Call:
        """Write down a call that has just arrived."""
        call = Call(len(self.calls) + 1, method, params, now)
        self.calls.append(call)
        self.under_way.add(call)
        self.changed.notify()
        return call

    def end(self, call: Call, outcome: Outcome, now: float) -> None:
        """Write down how it ended."""
        call.outcome, call.ended_at = outcome, now
        self.under_way.discard(call)
        self.changed.notify()

    async def wait(self, wanted: Callable[[Call], bool], within: float = 5.0) -> Call:
        """The first call, past or to come, that is as wanted.

        Raises:
            AssertionError: None came for `within` real seconds.
        """
        return await self.changed.until(
            lambda: next(filter(wanted, self.calls), None), within, self._summary
        )

    def _summary(self) -> str:
        lines = [f"{c.method} {c.outcome} {c.description}".strip() for c in self.calls[-10:]]
        return "no such call; the last were:\n  " + "\n  ".join(lines or ["none"])


def _without_bytes(value: Any) -> Any:
    if isinstance(value, Upload):
        return {"file_name": value.name, "file_size": len(value.data)}
    if isinstance(value, dict):
        return {name: _without_bytes(part) for name, part in value.items()}
    return [_without_bytes(part) for part in value] if isinstance(value, list) else value
