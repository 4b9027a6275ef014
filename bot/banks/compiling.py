"""One raw item → an item of the domain, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from bot.banks.build import Place, build
from bot.banks.complaints import complaints_of, nearest
from bot.banks.files import BankFile
from bot.banks.findings import Complaint
from bot.banks.rules import item_faults, text_faults
from bot.banks.schema import MODELS, Heading
from bot.banks.variants import VariantError
from bot.domain.questions import Item

_TAIL = re.compile(r"[0-9]{4}")


class FaultyItem(Exception):
    """An item that breaks the format's rules."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__(complaints)
        self.complaints = complaints


def compile_item(raw: Mapping[str, Any], place: Place, prefix: str) -> Item:
    """The item that `raw` describes; `prefix` is its area's.

    Raises:
        FaultyItem: It breaks a rule; carries every complaint.
    """
    complaints = [*text_faults(raw), *_id_faults(raw.get("id"), f"{prefix}.{place.topic.id}.")]
    kind = raw.get("type")
    if not isinstance(kind, str) or kind not in MODELS:
        what = "`type` is missing" if kind is None else f'`type` is "{kind}"'
        raise FaultyItem([*complaints, Complaint(("type",), what, nearest(str(kind), MODELS))])
    try:
        model = MODELS[kind].model_validate(raw)
    except ValidationError as error:
        raise FaultyItem([*complaints, *complaints_of(error, MODELS[kind])]) from error
    complaints += item_faults(model)
    if complaints:
        raise FaultyItem(complaints)
    try:
        return build(model, raw, place)
    except VariantError as error:
        raise FaultyItem([error.complaint]) from error


def heading_faults(data: Mapping[str, Any], file: BankFile) -> Iterator[Complaint]:
    """What is wrong with the keys at the top of a file."""
    heading = {key: value for key, value in data.items() if key != "items"}
    try:
        Heading.model_validate(heading)
    except ValidationError as error:
        yield from complaints_of(error, Heading)
    expected = {"area": file.topic.area_id, "topic": file.topic.id}
    if file.overlay:
        expected["language"] = file.overlay
    for key, value in expected.items():
        if isinstance(heading.get(key), str) and heading[key] != value:
            what = f'`{key}` is "{heading[key]}"'
            yield Complaint((key,), what, f'in this folder and file it has to be "{value}"')


def _id_faults(item_id: object, start: str) -> Iterator[Complaint]:
    if isinstance(item_id, str) and not (
        item_id.startswith(start) and _TAIL.fullmatch(item_id.removeprefix(start))
    ):
        what = f'`id` is "{item_id}"'
        yield Complaint(("id",), what, f"in this file it has to look like {start}0001")
