"""Messages without text that people can send to try things out."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any, Literal, get_args

from bot.simulator.values import Upload

if TYPE_CHECKING:
    from bot.simulator.face import Fields
    from bot.simulator.world import World

Kind = Literal["sticker", "photo", "voice", "location"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SIDE = 64
BERLIN = (52.52, 13.405)


def content(world: World, kind: Kind, fields: Fields) -> dict[str, Any]:
    """The content fields of a message of that kind; a location takes latitude and longitude."""
    match kind:
        case "sticker":
            stored = world.files.add("sticker", Upload("sticker.webp", "image/webp", b"RIFF"))
            flags = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
            return {"sticker": stored.render() | flags | {"width": 512, "height": 512}}
        case "photo":
            stored = world.files.add("photo", Upload("photo.png", "image/png", picture()))
            return {"photo": stored.as_photo()}
        case "voice":
            stored = world.files.add("voice", Upload("voice.ogg", "audio/ogg", b"OggS"))
            return {"voice": stored.render() | {"duration": 3, "mime_type": "audio/ogg"}}
    return {
        "location": {
            "latitude": fields.number("latitude", BERLIN[0]),
            "longitude": fields.number("longitude", BERLIN[1]),
        }
    }


def picture(width: int = SIDE, height: int = SIDE) -> bytes:
    """A PNG with a colour gradient."""
    rows = b"".join(
        b"\0" + b"".join(bytes((x * 255 // width, y * 255 // height, 160)) for x in range(width))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
