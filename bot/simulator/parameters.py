"""The parameters of a method: which are needed, and how requests carry their values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.simulator.errors import bad_request, violation
from bot.simulator.values import INTEGER, SCALARS, Checker, MismatchError, read_scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

JSON_NAMES = {"reply_markup": "reply keyboard markup"}
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "user_id": "invalid user_id specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "file_id": "file_id not specified",
}
LOOKED_AT_LAST = frozenset({"chat_id", "message_id"})
MAY_BE_EMPTY = frozenset({"url"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter of a method."""

    name: str
    types: tuple[str, ...]
    required: bool
    check: Checker

    def decode(self, raw: object) -> Any:
        """Turn what the form or the JSON body carried into a checked value.

        Raises:
            ApiError: It is of another type.
        """
        try:
            return self.check(self._unpacked(raw), self.name)
        except MismatchError as problem:
            refusal = violation if problem.strict else bad_request
            raise refusal(problem.message) from problem

    def _unpacked(self, raw: object) -> object:
        if not isinstance(raw, str):
            return raw
        if "Integer" in self.types and INTEGER.fullmatch(raw):
            return int(raw)
        if "String" in self.types:
            return raw
        if self.types[0] in SCALARS:
            return read_scalar(raw, self.types[0], self.name)
        try:
            return json.loads(raw)
        except ValueError:
            name = JSON_NAMES.get(self.name, self.name.replace("_", " "))
            raise MismatchError(f"Can't parse {name} JSON object") from None


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Bot API."""

    name: str
    parameters: Mapping[str, Parameter]
    required: tuple[str, ...]

    def checked(self, raw: Mapping[str, object]) -> dict[str, Any]:
        """The parameters as Python values; empty strings count as absent, as on the server.

        Raises:
            ApiError: A parameter is unknown, missing or of the wrong type.
        """
        given = {k: v for k, v in raw.items() if v != "" or k in MAY_BE_EMPTY}
        for name in given:
            if name not in self.parameters:
                raise violation(f'method {self.name} has no parameter "{name}"')
        for name in self.required:
            if name not in given:
                raise bad_request(MISSING.get(name, f'Parameter "{name}" is required'))
        return {name: self.parameters[name].decode(value) for name, value in given.items()}
