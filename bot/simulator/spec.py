"""Checks requests against the machine-readable Bot API 10.0, compiled once.

The description comes from github.com/PaulSonOfLars/telegram-bot-api-spec (MIT).
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from bot.simulator.errors import ApiError
from bot.simulator.parameters import LOOKED_AT_LAST, Method, Parameter
from bot.simulator.values import (
    SCALARS,
    Checker,
    MismatchError,
    array,
    no_field,
    scalar,
    wrong_type,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIXES = {
    "InlineKeyboardButton": "Can't parse inline keyboard button: ",
    "KeyboardButton": "Can't parse keyboard button: ",
    "MessageEntity": "Can't parse MessageEntity: ",
    "BotCommand": "Can't parse BotCommand: ",
}


class Spec:
    """The whole Bot API: its methods and the shapes of its objects."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._types: Mapping[str, Any] = description["types"]
        self._checkers: dict[str, Checker] = {}
        self._methods = {
            name.lower(): self._method(name, entry["fields"])
            for name, entry in description["methods"].items()
        }

    def method(self, name: str) -> Method:
        """A method by its name in any case.

        Raises:
            ApiError: 404, there is none of that name.
        """
        try:
            return self._methods[name.lower()]
        except KeyError:
            raise ApiError(404, "Not Found: method not found") from None

    def check(self, kind: str, value: object) -> Any:
        """Check a JSON value against a type such as ``Message`` or ``Array of Update``.

        Raises:
            MismatchError: It does not fit.
        """
        return self._checker(kind)(value, kind)

    def fields(self, kind: str) -> tuple[str, ...]:
        """The names of an object's fields."""
        return tuple(self._types[kind]["fields"])

    def choices(self, kind: str, field: str) -> frozenset[str]:
        """The only values that a field of an object may have."""
        return frozenset(self._types[kind]["fields"][field]["enum"])

    def _method(self, name: str, fields: Mapping[str, Any]) -> Method:
        parameters = {
            field: Parameter(
                field,
                tuple(shape["types"]),
                shape.get("required", False),
                self._union(tuple(shape["types"])),
            )
            for field, shape in fields.items()
        }
        required = sorted(
            (field for field, parameter in parameters.items() if parameter.required),
            key=lambda field: field in LOOKED_AT_LAST,
        )
        return Method(name, parameters, tuple(required))

    def _union(self, kinds: tuple[str, ...]) -> Checker:
        if all(kind in SCALARS for kind in kinds):
            return scalar(*kinds)
        if len(kinds) > 1:
            return lambda value, name: self._member(kinds, value, name)

        def check(value: Any, name: str) -> Any:
            # Looked up at the call, for types contain themselves (a Message its reply).
            return self._checker(kinds[0])(value, name)

        return check

    def _checker(self, kind: str) -> Checker:
        if kind not in self._checkers:
            self._checkers[kind] = self._compiled(kind)
        return self._checkers[kind]

    def _compiled(self, kind: str) -> Checker:
        if kind in SCALARS:
            return scalar(kind)
        if kind.startswith("Array of "):
            return array(self._union((kind.removeprefix("Array of "),)))
        if subtypes := self._types[kind].get("subtypes"):
            return self._union(tuple(subtypes))
        return self._object(kind)

    def _object(self, kind: str) -> Checker:
        fields = self._types[kind]["fields"]
        checks = {name: self._union(tuple(shape["types"])) for name, shape in fields.items()}
        required = self._required(kind)
        prefix = PREFIXES.get(kind, "")

        def check(value: Any, name: str) -> Any:
            try:
                if not isinstance(value, dict):
                    raise wrong_type(name, "Object")
                for field in required:
                    if field not in value:
                        raise no_field(field)
                for field, part in value.items():
                    if field not in checks:
                        raise MismatchError(f'{kind} has no field "{field}"', strict=True)
                    checks[field](part, field)
            except MismatchError as problem:
                problem.message = prefix + problem.message
                raise
            return value

        return check

    def _member(self, kinds: tuple[str, ...], value: Any, name: str) -> Any:
        """Find which of several objects is meant: by its constant field, else by its fields."""
        expected = MismatchError(f"Object expected as {name.replace('_', ' ')}")
        if not isinstance(value, dict):
            raise expected
        leaves = self._leaves(kinds)
        for leaf in leaves:
            constants = self._constants(leaf)
            if any(value.get(field) == constant for field, constant in constants.items()):
                return self._checker(leaf)(value, name)
            if not constants and self._required(leaf) <= value.keys():
                return self._checker(leaf)(value, name)
        if any(self._constants(leaf) for leaf in leaves):
            raise (
                MismatchError("Unsupported type specified")
                if "type" in value
                else no_field("type")
            )
        raise expected

    def _leaves(self, kinds: tuple[str, ...]) -> list[str]:
        leaves: list[str] = []
        for kind in kinds:
            subtypes = tuple(self._types[kind].get("subtypes", ()))
            leaves += self._leaves(subtypes) if subtypes else [kind]
        return leaves

    def _constants(self, kind: str) -> dict[str, str]:
        fields = self._types[kind]["fields"]
        return {name: shape["const"] for name, shape in fields.items() if "const" in shape}

    def _required(self, kind: str) -> set[str]:
        fields = self._types[kind]["fields"]
        return {name for name, shape in fields.items() if shape.get("required")}


@cache
def load() -> Spec:
    """The Bot API that python-telegram-bot 22.8 speaks; read and compiled once a process."""
    source = resources.files("bot.simulator").joinpath("api-10.0.json")
    return Spec(json.loads(source.read_text(encoding="utf-8")))
