"""Files: their sizes, their limits, and how often they may be sent again."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from bot.simulator import ApiError
from bot.simulator.files import LARGEST_PHOTO, LARGEST_UPLOAD, FileStore, picture_size
from bot.simulator.samples import picture
from bot.simulator.values import Upload

if TYPE_CHECKING:
    from bot.simulator import Person
    from tests.simulator.calling import Api

JPEG = (
    b"\xff\xd8"
    b"\xff\xe0"
    + struct.pack(">H", 16)
    + bytes(14)
    + b"\xff\xc4"
    + struct.pack(">H", 4)
    + bytes(2)
    + b"\xff\xc2"
    + struct.pack(">HBHH", 17, 8, 480, 640)
    + bytes(10)
)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (picture(30, 20), (30, 20)),
        (b"GIF89a" + struct.pack("<HH", 7, 9), (7, 9)),
        (JPEG, (640, 480)),
        (JPEG[:30], None),
        (b"\xff\xd8\x00", None),
        (b"text", None),
        (b"", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_bytes(
    data: bytes, size: tuple[int, int] | None
) -> None:
    assert picture_size(data) == size


def test_a_file_that_is_too_big_is_refused() -> None:
    store = FileStore()
    with pytest.raises(ApiError, match="413 Request Entity Too Large"):
        store.add("document", Upload("x", "", bytes(LARGEST_UPLOAD + 1)))
    with pytest.raises(ApiError, match="too big for a photo"):
        store.add("photo", Upload("x", "", picture() + bytes(LARGEST_PHOTO)))


def test_the_same_bytes_have_one_unique_id_and_many_ids() -> None:
    store = FileStore()
    first, second = (store.add("document", Upload("a.txt", "", b"x")) for _ in range(2))
    assert first.unique_id == second.unique_id
    assert first.file_id != second.file_id
    assert first.mime_type == "text/plain"
    assert store.at(second.path) is second


async def test_a_document_replaces_a_picture(api: Api, ann: Person) -> None:
    sent = await api("sendPhoto", chat_id=ann.id, photo=picture(), has_spoiler=True)
    assert sent["has_media_spoiler"] is True
    edited = await api(
        "editMessageMedia",
        chat_id=ann.id,
        message_id=sent["message_id"],
        media={"type": "document", "media": "attach://new"},
        new=b"{}",
    )
    assert edited["document"]["file_size"] == 2
    assert not {"photo", "has_media_spoiler"} & edited.keys()


async def test_a_caption_may_stand_above(api: Api, ann: Person) -> None:
    sent = await api(
        "sendPhoto",
        chat_id=ann.id,
        photo=picture(),
        caption="x",
        show_caption_above_media=True,
        protect_content=True,
    )
    assert sent["show_caption_above_media"] is True
    assert sent["has_protected_content"] is True
