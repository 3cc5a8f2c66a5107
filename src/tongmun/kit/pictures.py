"""Logos drawn anew: whatever comes in, only the picture itself goes out."""

import struct
import warnings
from io import BytesIO

from PIL import ExifTags, Image

MOST_BYTES = 2_000_000
# 16 megapixels take 64 MB while they are drawn anew.
LONGEST_SIDE = 4_000
SHORTEST_SIDE = 16
# As large as a logo is ever shown, twice over for fine screens.
FITS_IN = (480, 240)
FORMATS = ("PNG", "JPEG", "WEBP")
# Which way a camera was held, as EXIF numbers it (CIPA DC-008, tag 0x0112); 1 is upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PictureRefused(ValueError):
    """Cannot take a picture. `reason` is "bytes", "drawing", "format", "pixels", "small" or "broken"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def redrawn_logo(content: bytes) -> bytes:
    """Give a logo as a PNG of at most 480 by 240 pixels, with nothing in it but its pixels.

    Takes PNG, JPEG and WebP; of a moving picture the first frame. The size is looked at before anything is unpacked,
    so that a small file cannot become a large picture. Raises PictureRefused; a drawing (SVG) can hold programs and
    addresses, and is not taken at all.
    """
    if len(content) > MOST_BYTES:
        raise PictureRefused("bytes")
    if _is_drawing(content):
        raise PictureRefused("drawing")
    with _opened(content) as picture:
        if max(picture.size) > LONGEST_SIDE:
            raise PictureRefused("pixels")
        if min(picture.size) < SHORTEST_SIDE:
            raise PictureRefused("small")
        try:
            # A JPEG is unpacked no larger than is needed for this.
            picture.draft("RGB", FITS_IN)
            turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
            upright = (picture.transpose(turn) if turn is not None else picture).convert("RGBA")
        except (
            struct.error,
            TypeError,
            AttributeError,
            KeyError,
            OSError,
            ValueError,
            SyntaxError,
            MemoryError,
            OverflowError,
        ) as error:
            raise PictureRefused("broken") from error
    upright.thumbnail(FITS_IN)
    # On a new canvas: profile, comments, position and thumbnail stay behind with the old one.
    canvas = Image.new("RGBA", upright.size)
    canvas.paste(upright)
    written = BytesIO()
    canvas.save(written, "PNG", optimize=True)
    return written.getvalue()


def _is_drawing(content: bytes) -> bool:
    start = content[:1_000].lower()
    return b"<svg" in start or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"\x1f\x8b"))


def _opened(content: bytes) -> Image.Image:
    """Read the head of a file. Raises PictureRefused."""
    try:
        # Pillow warns of what is refused here anyway, by its size.
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            return Image.open(BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise PictureRefused("pixels") from error
    except (OSError, ValueError, SyntaxError, OverflowError) as error:
        raise PictureRefused("format") from error
