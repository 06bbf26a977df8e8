"""The spool: what is received stands on no disk in clear, and is gone when it is closed."""

from __future__ import annotations

import gc
import io
import os
import weakref
import zipfile

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from wangge.platform.stores import spool as spools
from wangge.platform.stores.spool import CHUNK, Spool, SpooledUpload, SpoolTooLarge

SECRET = "重点人员".encode()


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path
    settings.FILE_UPLOAD_HANDLERS = ["wangge.platform.stores.spool.SpooledUploadHandler"]
    return tmp_path


def on_disk(spool):
    """What the spool's nameless file holds, as root would find it."""
    return b"" if spool._file is None else os.pread(spool._file.fileno(), 1 << 30, 0)


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
@given(st.lists(st.integers(0, 3 * CHUNK), max_size=5), st.data())
def test_any_place_of_what_was_written_can_be_read(sizes, draw):
    content = os.urandom(sum(sizes))
    with Spool() as spool:
        at = 0
        for size in sizes:
            assert spool.write(content[at : at + size]) == size
            at += size
        reader = spool.open()
        assert reader.read() == content
        for _ in range(3):
            place = draw.draw(st.integers(0, len(content)))
            length = draw.draw(st.integers(0, CHUNK))
            assert reader.seek(place) == reader.tell() == place
            assert reader.read(length) == content[place : place + length]
        assert reader.seek(0, os.SEEK_END) == spool.size == len(content)


def test_nothing_reaches_the_disk_in_clear(home):
    with Spool() as spool:
        spool.write(SECRET * 200_000)
        stored = on_disk(spool)
        assert len(stored) > 2_000_000
        assert SECRET not in stored
        assert list((home / "tmp").iterdir()) == []
        assert spool.open().read() == SECRET * 200_000


def test_small_content_touches_no_disk(home):
    with Spool() as spool:
        spool.write(SECRET)
        assert not (home / "tmp").exists()
        assert spool.open().read() == SECRET


def test_the_same_content_is_sealed_differently_every_time():
    with Spool() as first, Spool() as second:
        for spool in (first, second):
            spool.write(bytes(3 * CHUNK))
        assert on_disk(first) != on_disk(second)
        assert on_disk(first)[:CHUNK] != on_disk(first)[CHUNK + 16 : 2 * CHUNK + 16]


def test_tampering_on_the_disk_is_found():
    with Spool() as spool:
        spool.write(os.urandom(3 * CHUNK))
        (kept,) = os.pread(spool._file.fileno(), 1, CHUNK + 100)
        os.pwrite(
            spool._file.fileno(), bytes([kept ^ 1]), CHUNK + 100
        )  # any one letter would be what stood there, once in 256
        with pytest.raises(OSError, match="altered"):
            spool.open().read()


def test_chunks_cannot_be_exchanged():
    with Spool() as spool:
        spool.write(os.urandom(3 * CHUNK))
        os.pwrite(spool._file.fileno(), os.pread(spool._file.fileno(), CHUNK + 16, CHUNK + 16), 0)
        with pytest.raises(OSError, match="altered"):
            spool.open().read(1)


def test_the_limit_is_exact_and_its_error_says_it():
    with Spool(limit=2 * 1024**2) as spool:
        spool.write(bytes(2 * 1024**2))
        with pytest.raises(SpoolTooLarge, match="2 MB"):
            spool.write(b"x")
        assert spool.size == 2 * 1024**2


def test_a_closed_spool_gives_nothing_out():
    spool = Spool()
    spool.write(os.urandom(3 * CHUNK))
    reader = spool.open()
    spool.close()
    with pytest.raises(ValueError, match="closed"):
        reader.read()
    for act in (spool.open, lambda: spool.write(b"x")):
        with pytest.raises(ValueError, match="closed"):
            act()
    spool.close()


def test_readers_do_not_disturb_each_other():
    content = os.urandom(2 * CHUNK + 5)
    with Spool() as spool:
        spool.write(content)
        first, second = spool.open(), spool.open()
        assert first.read(CHUNK + 1) == content[: CHUNK + 1]
        assert second.read() == content
        assert first.read() == content[CHUNK + 1 :]


def test_an_archive_opens_from_a_spool():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a", os.urandom(600_000))
        archive.writestr("b", SECRET)
    with Spool() as spool:
        spool.write(buffer.getvalue())
        with zipfile.ZipFile(spool.open()) as archive:
            assert archive.testzip() is None
            assert archive.read("b") == SECRET


def upload(content, name="名册.xlsx"):
    return RequestFactory().post("/", {"file": SimpleUploadedFile(name, content, "text/csv"), "year": "2026"})


@pytest.mark.parametrize("size", [0, 10, CHUNK, 5 * CHUNK + 3])
def test_djangos_uploads_go_through_the_spool(home, size):
    content = (SECRET * (size // len(SECRET) + 1))[:size]
    request = upload(content)
    file = request.FILES["file"]
    assert request.POST["year"] == "2026"
    assert (file.name, file.size, file.content_type) == ("名册.xlsx", size, "text/csv")
    assert isinstance(file, SpooledUpload)
    assert not hasattr(file, "temporary_file_path")
    assert b"".join(file.chunks()) == content
    assert file.open().read() == content
    assert [path for path in home.rglob("*") if path.is_file()] == []
    assert SECRET not in on_disk(file._spool)
    request.close()
    with pytest.raises(ValueError, match="closed"):
        file._spool.open()


def test_an_upload_that_announces_too_much_is_refused_unread(settings):
    settings.WANGGE_UPLOAD_LIMIT = 1024**2
    request = upload(bytes(1024**2))
    with pytest.raises(SpoolTooLarge, match="1 MB"):
        request.FILES  # noqa: B018
    assert issubclass(SpoolTooLarge, RequestDataTooBig)


def test_an_upload_that_lies_about_its_length_is_stopped(settings, monkeypatch):
    settings.WANGGE_UPLOAD_LIMIT = 1024**2
    monkeypatch.setattr(spools.SpooledUploadHandler, "handle_raw_input", lambda *_args, **_kwargs: None)
    with pytest.raises(SpoolTooLarge):
        upload(bytes(1024**2 + 1)).FILES  # noqa: B018


class Breaking(io.BytesIO):
    """A request whose sender goes away in the middle of the second chunk."""

    def read(self, *args):
        piece = super().read(*args)
        if self.tell() > CHUNK:
            raise OSError("connection reset")
        return piece


def test_an_upload_whose_sender_goes_away_is_forgotten(monkeypatch):
    made = weakref.WeakSet()
    real = Spool.__init__
    monkeypatch.setattr(Spool, "__init__", lambda self, *args: (made.add(self), real(self, *args))[1])
    request = upload(bytes(2 * CHUNK))
    request._stream = Breaking(request._stream.read())
    with pytest.raises(OSError, match="reset"):
        request.FILES  # noqa: B018
    del request
    gc.collect()
    assert not list(made)


def test_an_upload_that_a_view_stops_is_forgotten():
    handler = spools.SpooledUploadHandler()
    handler.upload_interrupted()
    handler.new_file("file", "a.csv", "text/csv", None)
    handler.receive_data_chunk(b"x", 0)
    handler.upload_interrupted()
    with pytest.raises(ValueError, match="closed"):
        handler.file_complete(1)
