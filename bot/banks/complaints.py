"""pydantic's errors in an author's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from bot.banks.findings import Complaint, Where

_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("{key} is missing", "add {key}"),
    "string_type": ("{key} is {given}, not text", "put it in quotes"),
    "int_type": ("{key} is {given}", "write a whole number without quotes"),
    "float_type": ("{key} is {given}", "write a number without quotes"),
    "bool_type": ("{key} is {given}", "write true or false"),
    "list_type": ("{key} is {given}, not a list", "write [ … ]"),
    "dict_type": ("{key} is {given}, not a table", "write {{ … }} or a section of its own"),
    "model_type": ("{key} is {given}, not a table", "write {{ … }} or a section of its own"),
    "finite_number": ("{key} is {given}", "write a finite number"),
    "literal_error": ("{key} is {given}", "allowed: {expected}"),
    "greater_than_equal": ("{key} is {given}", "the least allowed is {ge}"),
    "greater_than": ("{key} is {given}", "write a number above {gt}"),
    "less_than_equal": ("{key} is {given}", "the most allowed is {le}"),
    "less_than": ("{key} is {given}", "write a number below {lt}"),
    "string_too_short": ("{key} is empty", "write it or leave the key out if it is optional"),
    "string_too_long": ("{key} has {length} characters", "at most {max_length} are allowed"),
    "too_short": ("{key} has {actual_length} entries", "at least {min_length} are needed"),
    "too_long": ("{key} has {actual_length} entries", "at most {max_length} are allowed"),
    "string_pattern_mismatch": ("{key} is {given}", "it has to match {pattern}"),
}


def complaints_of(error: ValidationError, model: type[BaseModel]) -> list[Complaint]:
    """What `error` says about data for `model`, one complaint each."""
    return [_complaint(details, model) for details in error.errors(include_url=False)]


def nearest(word: str, known: Mapping[str, object] | list[str]) -> str:
    """A suggestion for a misspelt `word`, or what there is to choose from."""
    names = list(known)
    if hit := process.extractOne(word, names, score_cutoff=60):
        return f"did you mean {hit[0]}?"
    return f"known: {', '.join(names)}"


def name_of(where: Where) -> str:
    """A path as an author would write it, e.g. `options[2].why`."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in where).lstrip(".")


def _complaint(details: ErrorDetails, model: type[BaseModel]) -> Complaint:
    where = tuple(details["loc"])
    key = f"`{name_of(where)}`"
    if details["type"] == "extra_forbidden":
        known = _keys_at(model, where[:-1])
        return Complaint(where, f"unknown key {key}", nearest(str(where[-1]), known))
    what, mend = _WORDS.get(details["type"], ("{key} is {given}", details["msg"].lower()))
    given = details["input"]
    facts: dict[str, Any] = {"key": key, "given": _given(given), **details.get("ctx", {})}
    facts["length"] = len(given) if isinstance(given, str) else 0
    return Complaint(where, what.format(**facts), mend.format(**facts))


def _given(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _keys_at(model: type[BaseModel], where: Where) -> list[str]:
    """The keys that the table at `where` may have."""
    for part in where:
        if isinstance(part, int):
            continue
        inner = _model_in(model.model_fields[part].annotation)
        if inner is None:
            return []
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation like `list[OptionModel]` or `CheckModel | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation

    return next(filter(None, map(_model_in, getattr(annotation, "__args__", ()))), None)
