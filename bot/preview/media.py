"""Stickers, voices, photos and other things that people send, in the form in which a bot receives them."""

from __future__ import annotations

import base64
import secrets
from typing import Any

from bot.preview.journal import File

__all__ = ["KINDS", "media"]

KINDS = ("sticker", "voice", "photo", "album", "document", "video", "location", "contact")

_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
_PHOTOS_IN_ALBUM = 2


def media(order: dict[str, Any], group_id: str) -> tuple[list[dict[str, Any]], list[File]]:
    """The contents of the messages (one, or an album's) and the files behind them.

    `order` names the `kind` (one of KINDS) and may give `caption`; `name` and `content` (text) for a document;
    `picture` (base64) for a photo; `latitude` and `longitude`; `phone_number`, `first_name` and `user_id` for a
    contact.
    """
    kind = order["kind"]
    caption = {"caption": str(order["caption"])} if order.get("caption") else {}
    match kind:
        case "location":
            place = {name: float(order.get(name, default)) for name, default in _ASTANA.items()}
            return [{"location": place}], []
        case "contact":
            contact = {
                "phone_number": str(order.get("phone_number", "+70000000000")),
                "first_name": str(order.get("first_name", "Aigerim")),
            }
            return [{"contact": contact | ({"user_id": order["user_id"]} if "user_id" in order else {})}], []
        case "album":
            photos = [_photo() for _ in range(_PHOTOS_IN_ALBUM)]
            contents = [{"photo": sizes, "media_group_id": group_id} for sizes, _ in photos]
            contents[0] |= caption
            return contents, [file for _, file in photos]
        case "photo":
            picture = order.get("picture")
            sizes, file = _photo(_PIXEL if picture is None else base64.b64decode(str(picture), validate=True))
            return [{"photo": sizes, **caption}], [file]
        case "sticker":
            file, reference = _file("sticker.webp", "image/webp", _PIXEL)
            look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return [{"sticker": {**reference, **look, "emoji": "👍"}}], [file]
        case "voice":
            file, reference = _file("voice.ogg", "audio/ogg", b"OggS")
            return [{"voice": {**reference, "duration": 3, "mime_type": "audio/ogg"}, **caption}], [file]
        case "video":
            file, reference = _file("video.mp4", "video/mp4", b"ftyp")
            shape = {"width": 640, "height": 360, "duration": 5, "mime_type": "video/mp4"}
            return [{"video": {**reference, **shape}, **caption}], [file]
        case _:
            content = str(order.get("content", "preview")).encode()
            file, reference = _file(str(order.get("name", "passport.txt")), "text/plain", content)
            document = {**reference, "file_name": file.name, "mime_type": file.mime}
            return [{"document": document, **caption}], [file]


_ASTANA = {"latitude": 51.1282, "longitude": 71.4304}


def _photo(picture: bytes = _PIXEL) -> tuple[list[dict[str, Any]], File]:
    file, reference = _file("photo.png", "image/png", picture)
    return [{**reference, "width": 1, "height": 1}], file


def _file(name: str, mime: str, content: bytes) -> tuple[File, dict[str, Any]]:
    file = File(f"AgAC{secrets.token_urlsafe(24)}", name, mime, content)
    return file, {"file_id": file.id, "file_unique_id": file.id[-12:], "file_size": len(content)}
