"""Envelopes: what is altered, moved or opened with another key does not open."""

from __future__ import annotations

import os

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from wangge.platform.connectors import envelopes
from wangge.platform.connectors.envelopes import DoesNotOpen, seal, seal_many, unseal, unseal_many, version_of
from wangge.platform.connectors.keys import AES, HMAC_SHA256, SM4, Key

KEYS = {
    1: Key("fields", 1, AES, bytes(range(32))),
    2: Key("fields", 2, SM4, bytes(range(32, 64))),
}
versions = st.sampled_from(sorted(KEYS))


@given(st.binary(max_size=200), versions)
def test_what_is_sealed_opens(data, version):
    sealed = seal(KEYS[version], data, "a.b")
    assert len(sealed) == len(data) + envelopes.OVERHEAD_BYTES
    assert version_of(sealed) == version
    assert unseal(KEYS.__getitem__, sealed, "a.b") == data


@given(st.lists(st.none() | st.binary(max_size=40)), versions)
def test_many_are_sealed_as_one_by_one(data, version):
    sealed = seal_many(KEYS[version], data, "a.b")
    assert unseal_many(KEYS.__getitem__, sealed, "a.b") == data
    assert [None if s is None else unseal(KEYS.__getitem__, s, "a.b") for s in sealed] == data


@given(st.binary(min_size=1, max_size=40), versions, st.data())
def test_any_altered_bit_is_found(data, version, draw):
    sealed = bytearray(seal(KEYS[version], data, "a.b"))
    at = draw.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises((DoesNotOpen, KeyError)):
        unseal(KEYS.__getitem__, bytes(sealed), "a.b")


@given(st.binary(max_size=40), versions, st.data())
def test_what_is_cut_short_does_not_open(data, version, draw):
    sealed = seal(KEYS[version], data, "a.b")
    with pytest.raises(DoesNotOpen):
        unseal(KEYS.__getitem__, sealed[: draw.draw(st.integers(0, len(sealed) - 1))], "a.b")


@pytest.mark.parametrize("version", KEYS)
def test_a_value_moved_to_another_column_does_not_open(version):
    with pytest.raises(DoesNotOpen, match=r"a\.c does not open"):
        unseal(KEYS.__getitem__, seal(KEYS[version], b"x", "a.b"), "a.c")


@pytest.mark.parametrize("algorithm", [AES, SM4])
def test_another_key_does_not_open_it(algorithm):
    sealed = seal(Key("fields", 1, algorithm, bytes(32)), b"x", "a.b")
    for other in (
        Key("fields", 1, algorithm, b"\1" * 32),
        Key("photos", 1, algorithm, bytes(32)),
        Key("fields", 1, AES if algorithm == SM4 else SM4, bytes(32)),
    ):
        with pytest.raises(DoesNotOpen):
            unseal(lambda _, key=other: key, sealed, "a.b")


def test_the_same_text_is_never_sealed_alike():
    assert len({seal(KEYS[1], b"x", "a.b") for _ in range(1000)}) == 1000
    assert len(set(seal_many(KEYS[1], [b"x"] * 1000, "a.b"))) == 1000


def test_a_hashing_key_seals_nothing():
    with pytest.raises(ValueError, match="not for sealing"):
        seal(Key("index", 1, HMAC_SHA256, bytes(32)), b"x", "a.b")


def test_sm4_gcm_agrees_with_its_published_example():
    # RFC 8998, appendix A.1.
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    associated = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plain = b"".join(bytes([byte]) * 8 for byte in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    expected = (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert envelopes._Sm4Gcm(key).encrypt(nonce, plain, associated).hex().upper() == expected


def test_aes_is_the_algorithm_that_the_envelope_names():
    sealed = seal(KEYS[1], b"hello", "a.b")
    working = envelopes.derive(KEYS[1], f"{AES}:a.b", 32)
    decryptor = Cipher(algorithms.AES(working), modes.GCM(sealed[3:15], sealed[-16:])).decryptor()
    decryptor.authenticate_additional_data(sealed[:3] + b"a.b")
    assert decryptor.update(sealed[15:-16]) + decryptor.finalize() == b"hello"


def test_rubbish_is_no_envelope():
    for rubbish in (
        b"",
        b"\1\0\1",
        b"plain text that somebody wrote into the column",
        os.urandom(30),
        b"\0" * 50,
    ):
        with pytest.raises(DoesNotOpen, match="not a sealed value"):
            version_of(rubbish)
