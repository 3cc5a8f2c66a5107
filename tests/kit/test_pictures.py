"""What a logo leaves behind when it is drawn anew, and what is no logo."""

import struct
import time
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tongmun.kit.pictures import FITS_IN, MOST_BYTES, PictureRefused, redrawn_logo

CANARY = b"suzie-canary"


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100), mode: str = "RGB", **options: object) -> bytes:
    written = BytesIO()
    Image.new(mode, size, 120 if mode in "LP" else None).save(written, kind, **options)
    return written.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, packed: bytes = b"") -> bytes:
    """A PNG whose head says how large it is, whatever lies in it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def with_metadata() -> list[tuple[str, bytes]]:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif[0x9C9C] = CANARY.decode().encode("utf-16le")
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", CANARY.decode())
    text.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return [
        ("jpeg", picture("JPEG", exif=exif, comment=CANARY, icc_profile=CANARY)),
        ("png", picture("PNG", pnginfo=text, exif=exif, icc_profile=CANARY)),
        ("webp", picture("WEBP", exif=exif.tobytes(), xmp=CANARY, icc_profile=CANARY)),
        ("behind the end", picture("PNG") + CANARY),
    ]


@pytest.mark.parametrize("content", [one for _, one in with_metadata()], ids=[name for name, _ in with_metadata()])
def test_nothing_is_left_but_the_picture(content):
    assert CANARY in content or zlib.compress(CANARY)[2:8] in content

    made = redrawn_logo(content)

    assert CANARY not in made
    assert set(chunks(made)) == {b"IHDR", b"IDAT", b"IEND"}
    assert Image.open(BytesIO(made)).size == (300, 100)


def chunks(png: bytes) -> list[bytes]:
    place, found = 8, []
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        found.append(png[place + 4 : place + 8])
        place += 12 + length
    return found


def test_large_logo_is_made_smaller_and_keeps_its_shape():
    assert Image.open(BytesIO(redrawn_logo(picture(size=(3000, 1000))))).size == (480, 160)


def test_logo_that_lies_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    assert Image.open(BytesIO(redrawn_logo(picture("JPEG", size=(200, 100), exif=exif)))).size == (100, 200)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colour_is_taken(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"

    assert Image.open(BytesIO(redrawn_logo(picture(kind, mode=mode)))).mode == "RGBA"


def test_what_lets_the_ground_through_still_does():
    clear = BytesIO()
    Image.new("RGBA", (50, 50), (10, 20, 30, 0)).save(clear, "PNG")

    assert Image.open(BytesIO(redrawn_logo(clear.getvalue()))).getpixel((0, 0))[3] == 0


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SVG, "drawing"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>' + SVG, "drawing"),
        (b"\x1f\x8b\x08 a zipped drawing", "drawing"),
        (b"GIF89a" + bytes(40), "format"),
        (b"%PDF-1.7", "format"),
        (b"", "format"),
        (b"\x89PNG\r\n\x1a\n", "format"),
        (bytes(MOST_BYTES + 1), "bytes"),
        (png_of(13_000, 13_000), "pixels"),
        (png_of(4_001, 20), "pixels"),
        (png_of(300_000, 300_000), "pixels"),
        (png_of(15, 100), "small"),
        (png_of(300, 100), "broken"),
        (picture()[:-60], "broken"),
        (png_of(300, 100, zlib.compress(bytes(20))), "broken"),
    ],
)
def test_what_is_no_logo_is_refused_quickly(content, reason):
    began = time.perf_counter()

    with pytest.raises(PictureRefused) as refused:
        redrawn_logo(content)

    assert refused.value.reason == reason
    assert time.perf_counter() - began < 1


def test_picture_that_unpacks_into_more_than_it_says_is_cut_or_refused_quickly():
    bomb = png_of(300, 100, zlib.compress(bytes(300_000_000), 9))
    assert len(bomb) < MOST_BYTES
    began = time.perf_counter()

    try:
        made = redrawn_logo(bomb)
    except PictureRefused:
        made = redrawn_logo(picture())

    assert Image.open(BytesIO(made)).size == (300, 100)
    assert time.perf_counter() - began < 1


def test_largest_picture_that_is_taken_takes_less_than_a_second():
    largest = picture(size=(4000, 4000))
    began = time.perf_counter()

    made = redrawn_logo(largest)

    assert time.perf_counter() - began < 1
    assert max(Image.open(BytesIO(made)).size) <= max(FITS_IN)


@given(st.binary(max_size=200), st.integers(0, 150))
def test_no_bytes_make_it_fail_in_another_way(noise, place):
    whole = picture()

    with suppress(PictureRefused):
        assert redrawn_logo(whole[:place] + noise + whole[place + len(noise) :])
