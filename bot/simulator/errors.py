"""Refusals: what the Bot API says no with, and what a person's app would not even offer."""

from __future__ import annotations

from typing import Any

OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class ApiError(Exception):
    """A refusal by the Bot API, with the words of the official server.

    Attributes:
        code: The HTTP status, repeated as ``error_code`` in the body.
        description: The whole description, prefix included.
        parameters: ``retry_after`` or ``migrate_to_chat_id``, if there is one.
        violation: True if only this simulator is so strict: the official server would ignore
            or guess, so the caller has a defect that would go unnoticed there.
    """

    def __init__(
        self,
        code: int,
        description: str,
        *,
        parameters: dict[str, Any] | None = None,
        violation: bool = False,
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters
        self.violation = violation


class PersonError(Exception):
    """Something that a person cannot do in their app; the message is a whole sentence."""


def decapitalised(message: str) -> str:
    """Lower the first letter unless the message is a code such as ``BUTTON_DATA_INVALID``.

    Source: ``fail_query_with_error`` in the official Bot API server.
    """
    if len(message) > 1 and (message[1] == "_" or "A" <= message[1] <= "Z"):
        return message
    return message[:1].lower() + message[1:]


def bad_request(message: str, **parameters: int) -> ApiError:
    """400 with the official prefix; keyword arguments become the answer's parameters."""
    return ApiError(400, f"Bad Request: {decapitalised(message)}", parameters=parameters or None)


def violation(message: str) -> ApiError:
    """400 for what only this simulator refuses."""
    return ApiError(400, f"Bad Request: {message}", violation=True)


def forbidden(message: str) -> ApiError:
    """403: the bot may not do this (any more)."""
    return ApiError(403, f"Forbidden: {message}")


def conflict(message: str) -> ApiError:
    """409: two ways of receiving updates are in each other's way."""
    return ApiError(409, f"Conflict: {message}")


def too_many_requests(seconds: int) -> ApiError:
    """429: to be tried again after so many seconds."""
    return ApiError(
        429,
        f"Too Many Requests: retry after {seconds}",
        parameters={"retry_after": seconds},
    )
