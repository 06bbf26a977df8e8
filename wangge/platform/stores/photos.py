"""Room `stores`: photos.

A photo is decoded and encoded anew, so that nothing rides along: no EXIF (where, when, with which device),
no thumbnail of what was cropped away, no second file behind the picture. It is kept sealed under
`WANGGE_HOME/photos`; its id is random even for the same picture, so that nobody can tell who else holds it.
"""

from __future__ import annotations

import hashlib
import io
import struct
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from uuid6 import uuid7

from wangge.platform.connectors import envelopes
from wangge.platform.connectors.keys import PHOTOS, Key, key_store
from wangge.platform.stores import aside, bombs
from wangge.platform.stores.records import Photo

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 25 * 1024 * 1024
# Only baseline JPEG is unpacked at a fraction of its size; anything else is held whole, at most twice, while it is shrunk.
MAX_PIXELS = 80_000_000
MAX_PIXELS_WHOLE = 25_000_000
# A row costs as much as a hundred pixels, and a strip can't be unpacked at a fraction.
MAX_SIDE = 30_000
GRACE = timedelta(days=1)
SMOOTH = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")
"""Modes whose pixels can be averaged."""
_SUFFIX = ".sealed"


# What Pillow raises for bytes that aren't what they say, tags that can't be read or written included.
DAMAGED = (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, struct.error)


class PhotoRefused(ValueError):
    """The file can't be kept as a photo; the message is for the person who sent it."""


class PhotoMissing(LookupError):
    """There is no such photo (any more)."""


def keep(data: bytes, *, max_side: int = 1600) -> Photo:
    """Keep a photo, its longer side at most `max_side` pixels, as JPEG. Raises `PhotoRefused`.

    The row that stores the returned id is its commit: photos that no row names are swept.
    """
    image = _decoded(data, max_side)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85, optimize=True)
    clean = buffer.getvalue()
    photo_id = str(uuid7())
    sealed = envelopes.seal(key_store().current(PHOTOS), clean, _context(photo_id))
    with aside.placed(_path(photo_id)) as handle:
        handle.write(sealed)
    width, height = image.size
    return Photo(id=photo_id, sha256=hashlib.sha256(clean).hexdigest(), width=width, height=height)


def load(photo_id: str) -> bytes:
    """Return the JPEG. Raises `PhotoMissing`; `envelopes.DoesNotOpen` where the file was tampered with."""
    try:
        sealed = _path(photo_id).read_bytes()
    except FileNotFoundError:
        raise PhotoMissing(f"There is no photo {photo_id}.") from None
    return envelopes.unseal(_key, sealed, _context(photo_id))


def delete(photo_id: str) -> None:
    """Delete a photo; deleting it again is no error."""
    _path(photo_id).unlink(missing_ok=True)


def sweep(named: set[str], grace: timedelta = GRACE) -> list[str]:
    """Remove photos older than `grace` that no row names, and unfinished files; return their names."""
    return aside.sweep(_folder(), lambda name: name.removesuffix(_SUFFIX) in named, grace)


def _decoded(data: bytes, max_side: int) -> Image:
    """Return the picture alone: upright, RGB, shrunk, without anything that came with it."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(data) > MAX_BYTES:
        raise PhotoRefused(_("The photo is larger than 25 MB. Send a smaller one."))
    if bombs.asks_too_much(data):
        raise PhotoRefused(_("The photo is damaged or incomplete. Send it again."))
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            # The size stands in the header: a bomb is refused before a pixel of it is unpacked.
            if max(image.size) > MAX_SIDE or image.width * image.height > _most_pixels(image):
                raise PhotoRefused(_("The photo has too many pixels. Send a smaller one."))
            # Shrunk first: whatever is done after it is done to a small picture. Palettes and the like don't shrink well.
            through = "transparency" in image.info
            large = (
                image if image.mode in SMOOTH and not through else image.convert("RGBA" if through else "RGB")
            )
            large.thumbnail((max_side, max_side))
            return _flattened(ImageOps.exif_transpose(large))
    except UnidentifiedImageError:
        raise PhotoRefused(_("This file is not a photo. Send a JPEG, PNG or WebP picture.")) from None
    except (*DAMAGED, Image.DecompressionBombError) as error:
        if isinstance(error, PhotoRefused):
            raise
        raise PhotoRefused(_("The photo is damaged or incomplete. Send it again.")) from error


def _most_pixels(image: Image) -> int:
    baseline = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    return MAX_PIXELS if baseline else MAX_PIXELS_WHOLE


def _flattened(image: Image) -> Image:
    """Return plain RGB pixels on white, in an image that carries no metadata."""
    from PIL import Image

    plain = Image.new("RGB", image.size, "white")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        plain.paste(rgba, mask=rgba)
    else:
        plain.paste(image.convert("RGB"))
    return plain


def _key(version: int) -> Key:
    return key_store().key(PHOTOS, version)


def _context(photo_id: str) -> str:
    return f"photo:{photo_id}"


def _folder() -> Path:
    return Path(settings.WANGGE_HOME) / "photos"


def _path(photo_id: str) -> Path:
    try:
        known = str(UUID(photo_id)) == photo_id
    except ValueError:
        known = False
    if (
        not known
    ):  # another spelling of an id (capitals, braces) is none: rows are compared by what is written
        raise PhotoMissing(f"{photo_id!r} is not a photo's id.")
    return _folder() / f"{photo_id}{_SUFFIX}"
