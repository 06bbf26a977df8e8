"""Photos: the picture is kept and nothing that rode along with it."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import time
import tracemalloc
import zlib

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from wangge.platform.connectors.envelopes import DoesNotOpen
from wangge.platform.connectors.keys import PHOTOS, SM4, key_store
from wangge.platform.stores import photos
from wangge.platform.stores.photos import PhotoMissing, PhotoRefused, delete, keep, load, sweep


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path
    return tmp_path


def encoded(image, form="JPEG", **options):
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def picture(size=(400, 300), mode="RGB"):
    image = Image.new(mode, size, "white" if mode == "RGB" else None)
    image.paste("red" if mode == "RGB" else 100, (0, 0, size[0] // 2, size[1] // 2))
    return image


def opened(photo):
    return Image.open(io.BytesIO(load(photo.id)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_three_formats_are_kept_as_jpeg(form):
    photo = keep(encoded(picture(), form))
    image = opened(photo)
    assert (image.format, image.size, (photo.width, photo.height)) == ("JPEG", (400, 300), (400, 300))
    assert hashlib.sha256(load(photo.id)).hexdigest() == photo.sha256
    red, green, _blue = image.getpixel((20, 20))
    assert red > 200 > 60 > green


def test_place_device_and_thumbnail_are_gone(home):
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    exif[0x8825] = {1: "N", 2: (30.0, 41.0, 30.0), 3: "E", 4: (111.0, 17.0, 0.0)}
    data = encoded(picture(), exif=exif, comment=b"taken at home")
    assert b"CameraMaker" in data
    clean = load(keep(data).id)
    image = Image.open(io.BytesIO(clean))
    assert not image.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(image.info)
    for left in (b"CameraMaker", b"Exif", b"taken at home"):
        assert left not in clean


def test_the_picture_stands_upright_without_its_orientation_tag():
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = keep(encoded(picture((400, 300)), exif=exif))
    assert (photo.width, photo.height) == (300, 400)
    assert opened(photo).getpixel((290, 10))[1] < 60


@pytest.mark.parametrize(("size", "kept"), [((4000, 3000), (1600, 1200)), ((100, 4000), (40, 1600))])
def test_large_pictures_are_shrunk(size, kept):
    photo = keep(encoded(picture(size)))
    assert (photo.width, photo.height) == kept
    assert keep(encoded(picture(size)), max_side=200).width <= 200


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "P", "1"])
def test_transparent_grey_and_palette_pictures_are_kept(mode):
    photo = keep(encoded(picture(mode=mode), "PNG"))
    assert opened(photo).mode == "RGB"


def test_what_is_transparent_becomes_white():
    assert (
        opened(keep(encoded(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"))).getpixel((4, 4)) == (255,) * 3
    )


def png_header(width, height):
    """A PNG of a few bytes that says it is as large as you like."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(60_000, 60_000), (12_000, 12_000), (8_000, 6_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size):
    tracemalloc.start()
    with pytest.raises(PhotoRefused):
        keep(png_header(*size))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def again(jpeg, times):
    """A progressive JPEG that goes over its pixels so many times more: its last scan is repeated."""
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:-2] + jpeg[last:-2] * times + jpeg[-2:]


def empty(kind):
    return struct.pack(">I", 0) + kind + struct.pack(">I", zlib.crc32(kind))


@pytest.mark.parametrize(
    "data",
    [
        again(encoded(picture(), progressive=True), 200),
        encoded(picture())[:2] + b"\xff\xe5\x00\x02" * 200_000 + encoded(picture())[2:],
        encoded(picture())[:2] + b"\xff" * 1_000_000 + encoded(picture())[2:],
        encoded(picture())[:2] + b"\xff" * 1_000_000 + b"\x00" + encoded(picture())[2:],
        encoded(picture(), "PNG")[:33] + empty(b"abCd") * 200_000 + encoded(picture(), "PNG")[33:],
        encoded(picture((1, 40_000), "L"), "PNG"),
    ],
    ids=[
        "passes over the pixels",
        "empty segments",
        "fill",
        "fill before nothing",
        "empty chunks",
        "a strip",
    ],
)
def test_what_would_take_long_is_refused_before_it_is_unpacked(data):
    """Anybody may send a photo: 220 KB of one that goes over its pixels again and again took 42 s."""
    began = time.process_time()
    with pytest.raises(PhotoRefused):
        keep(data)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "data",
    [
        again(encoded(picture(), progressive=True), 10),
        encoded(picture(), exif=b"Exif\x00\x00" + b"\xff\xda" * 20_000),
        encoded(picture()) + b"\xff\xda\x00\x02" * 20_000,
        encoded(picture(), restart_marker_blocks=1),
    ],
    ids=["a dozen passes", "what looks like passes in a tag", "a film behind the picture", "restarts"],
)
def test_what_photos_are_like_is_kept(data):
    assert keep(data)


def test_a_baseline_photo_may_be_larger_than_others(monkeypatch):
    monkeypatch.setattr(photos, "MAX_PIXELS_WHOLE", 100_000)
    assert keep(encoded(picture()))
    for data in (encoded(picture(), progressive=True), encoded(picture(), "PNG")):
        with pytest.raises(PhotoRefused):
            keep(data)


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "ICO", "PPM"])
def test_other_formats_are_refused(form):
    with pytest.raises(PhotoRefused):
        keep(encoded(picture(), form))


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(photos, "MAX_BYTES", 1000)
    with pytest.raises(PhotoRefused):
        keep(encoded(picture()))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(share=st.floats(0, 0.97))
def test_a_photo_cut_short_is_refused(form, share):
    data = encoded(Image.effect_noise((80, 60), 90).convert("RGB"), form)
    with pytest.raises(PhotoRefused):
        keep(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [
        (b"\x01\x0f\x00\x02", b"\x01\x4c\x00\x02"),  # the maker's text under a tag that holds a number
        (b"Acme\x00\x00\x00\x02", b"Acme\x00\x00\x00\x66"),  # a hundred places where two are
    ],
)
def test_damaged_tags_are_refused_in_words(sound, damaged):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9003] = 6, "Acme", "2020:01:01"
    exif.get_ifd(0x8825).update({1: "N", 2: (1.0, 2.0, 3.0)})
    data = encoded(picture(), exif=exif)
    assert sound in data
    with pytest.raises(PhotoRefused):
        keep(data.replace(sound, damaged))


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_rubbish_is_refused(data):
    with pytest.raises(PhotoRefused):
        keep(data)


def test_the_same_picture_gets_another_id_and_is_sealed_differently(home):
    first, second = (keep(encoded(picture())) for _ in range(2))
    assert first.id != second.id
    assert first.sha256 == second.sha256
    sealed = [path.read_bytes() for path in (home / "photos").glob("*.sealed")]
    assert len(set(sealed)) == 2
    assert all(b"JFIF" not in content for content in sealed)
    assert {path.stat().st_mode & 0o777 for path in (home / "photos").glob("*.sealed")} == {0o600}


def test_a_deleted_photo_is_gone(home):
    photo = keep(encoded(picture()))
    delete(photo.id)
    with pytest.raises(PhotoMissing):
        load(photo.id)
    delete(photo.id)
    assert not list((home / "photos").glob("*.sealed"))


def test_photos_cannot_be_exchanged_or_altered(home):
    first, second = (keep(encoded(picture())) for _ in range(2))
    path = home / "photos" / f"{first.id}.sealed"
    path.write_bytes((home / "photos" / f"{second.id}.sealed").read_bytes())
    with pytest.raises(DoesNotOpen):
        load(first.id)


@pytest.mark.parametrize("name", ["../keys/photos.json", "", "x", "../../etc/passwd"])
def test_an_id_cannot_leave_the_folder(name):
    for act in (load, delete):
        with pytest.raises(PhotoMissing, match="not a photo's id"):
            act(name)


def test_a_rotated_key_or_cipher_still_opens_old_photos():
    old = keep(encoded(picture()))
    key_store().rotate(PHOTOS, algorithm=SM4)
    new = keep(encoded(picture()))
    assert load(old.id) == load(new.id)


def test_photos_that_no_row_names_are_swept(home):
    named, orphan, young = (keep(encoded(picture())) for _ in range(3))
    old = time.time() - 90_000
    for photo in (named, orphan):
        os.utime(home / "photos" / f"{photo.id}.sealed", (old, old))
    assert sweep({named.id}) == [f"{orphan.id}.sealed"]
    assert load(named.id) == load(young.id)
