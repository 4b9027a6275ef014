"""Files that were sent: their ids, their bytes and what the Bot API says about them."""

from __future__ import annotations

import hashlib
import mimetypes
import struct
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.simulator.errors import ApiError, bad_request
from bot.simulator.values import Upload

FileKind = Literal["photo", "document", "sticker", "voice"]

LARGEST_UPLOAD = 50 * 1024**2
LARGEST_PHOTO = 10 * 1024**2
LARGEST_DOWNLOAD = 20 * 1024**2
LONGEST_SIDES = 10_000
STEEPEST_RATIO = 20
PHOTO_SIDES = (90, 320, 800, 1280)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the simulated server."""

    kind: FileKind
    number: int
    data: bytes
    name: str
    mime_type: str
    width: int = 0
    height: int = 0

    @property
    def unique_id(self) -> str:
        """The same for the same bytes."""
        return "AQAD" + hashlib.blake2b(self.data, digest_size=6).hexdigest()

    @property
    def file_id(self) -> str:
        """What bots send it again with."""
        return f"{'AgAC' if self.kind == 'photo' else 'BQAC'}Agx{self.unique_id}-{self.number}"

    @property
    def path(self) -> str:
        """Where getFile says that it can be fetched."""
        suffix = "." + self.name.rpartition(".")[2] if "." in self.name else ""
        return f"{self.kind}s/file_{self.number}{suffix}"

    def render(self) -> dict[str, Any]:
        """The fields that all kinds of files share."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }

    def as_document(self) -> dict[str, Any]:
        """The Bot API's Document."""
        return {"file_name": self.name, "mime_type": self.mime_type, **self.render()}

    def as_photo(self) -> list[dict[str, Any]]:
        """The Bot API's array of PhotoSize, smallest first; only the largest has the bytes' id."""
        longest = max(self.width, self.height)
        sizes = [
            {
                "file_id": f"{self.file_id}-{side}",
                "file_unique_id": f"{self.unique_id}-{side}",
                "width": max(1, self.width * side // longest),
                "height": max(1, self.height * side // longest),
            }
            for side in PHOTO_SIDES
            if side < longest
        ]
        return [*sizes, {**self.render(), "width": self.width, "height": self.height}]


@dataclass(slots=True)
class FileStore:
    """All files, by id and by path."""

    _by_id: dict[str, StoredFile] = field(default_factory=dict)
    _by_path: dict[str, StoredFile] = field(default_factory=dict)

    def add(self, kind: FileKind, upload: Upload) -> StoredFile:
        """Store an uploaded file.

        Raises:
            ApiError: It is empty, too big, or no picture although it should be one.
        """
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > LARGEST_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        width, height = _checked_picture(upload.data) if kind == "photo" else (0, 0)
        guessed = mimetypes.guess_type(upload.name)[0]
        stored = StoredFile(
            kind,
            len(self._by_path) + 1,
            upload.data,
            upload.name or "file",
            guessed or upload.content_type or "application/octet-stream",
            width,
            height,
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        if kind == "photo":
            self._by_id |= {size["file_id"]: stored for size in stored.as_photo()}
        return stored

    def get(self, file_id: str) -> StoredFile:
        """A file by its id.

        Raises:
            ApiError: There is none.
        """
        if file_id not in self._by_id:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return self._by_id[file_id]

    def at(self, path: str) -> StoredFile | None:
        """A file by the path that getFile gave."""
        return self._by_path.get(path)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG or GIF, or None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk the segments up to the start of a frame, which holds the size."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _checked_picture(data: bytes) -> tuple[int, int]:
    size = picture_size(data)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if len(data) > LARGEST_PHOTO:
        raise bad_request(f"file of size {len(data)} bytes is too big for a photo")
    if sum(size) > LONGEST_SIDES or max(size) > STEEPEST_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size
