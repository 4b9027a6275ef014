"""Single values of a request: what forms write as text, and the checks of scalars and arrays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Checker = Callable[[Any, str], Any]

SCALARS = frozenset({"Integer", "String", "Boolean", "Float", "InputFile"})
TRUE_WORDS = frozenset({"true", "yes", "1"})
FALSE_WORDS = frozenset({"false", "no", "0"})
INTEGER = re.compile(r"-?\d{1,19}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a multipart request."""

    name: str
    content_type: str
    data: bytes


class MismatchError(Exception):
    """A value that is not of its declared type.

    Attributes:
        message: In the official server's words where it has any.
        strict: True if the official server would have let it pass.
    """

    def __init__(self, message: str, *, strict: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.strict = strict


def no_field(name: str) -> MismatchError:
    """A required field is missing."""
    return MismatchError(f'Can\'t find field "{name}"')


def wrong_type(name: str, kind: str) -> MismatchError:
    """A field holds something else than it should."""
    return MismatchError(f'Field "{name}" must be of type {kind}')


def read_scalar(text: str, kind: str, name: str) -> object:
    """Read a truth value or a fraction that a form carried as text.

    Raises:
        MismatchError: It is none (the official server would take it for false or 0).
    """
    word = text.strip().lower()
    if kind == "Boolean" and word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    if kind == "Float":
        try:
            return float(word)
        except ValueError:
            pass
    raise MismatchError(
        f'parameter "{name}" must be of type {kind}, not "{text[:40]}"', strict=True
    )


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


FITS: dict[str, Callable[[object], bool]] = {
    "Integer": _is_integer,
    "Float": lambda value: _is_integer(value) or isinstance(value, float),
    "Boolean": lambda value: isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
    "InputFile": lambda value: isinstance(value, Upload),
}


def scalar(*kinds: str) -> Checker:
    """A check that a value is of one of the scalar kinds."""
    tests = [FITS[kind] for kind in kinds]

    def check(value: Any, name: str) -> Any:
        if not any(test(value) for test in tests):
            raise wrong_type(name, " or ".join(kinds))
        return value

    return check


def array(item: Checker) -> Checker:
    """A check that a value is a list of what `item` accepts."""

    def check(value: Any, name: str) -> Any:
        if not isinstance(value, list):
            raise wrong_type(name, "Array")
        for part in value:
            item(part, name)
        return value

    return check
