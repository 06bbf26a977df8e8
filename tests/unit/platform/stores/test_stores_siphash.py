"""SipHash over columns agrees with the published values, whatever lengths stand side by side."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from wangge.platform.stores.siphash import siphash

KEY = bytes(range(16))
MASK = (1 << 64) - 1


def turned(word, bits):
    return (word << bits | word >> (64 - bits)) & MASK


def one(data, key=KEY):
    """SipHash-2-4 of one text, written after the paper's own description, in Python's whole numbers."""
    first, second = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
    a, b = first ^ 0x736F6D6570736575, second ^ 0x646F72616E646F6D
    c, d = first ^ 0x6C7967656E657261, second ^ 0x7465646279746573

    def rounds(count):
        nonlocal a, b, c, d
        for _ in range(count):
            a, c = (a + b) & MASK, (c + d) & MASK
            b, d = turned(b, 13) ^ a, turned(d, 16) ^ c
            a = turned(a, 32)
            c, a = (c + b) & MASK, (a + d) & MASK
            b, d = turned(b, 17) ^ c, turned(d, 21) ^ a
            c = turned(c, 32)

    data += bytes(7 - len(data) % 8) + bytes([len(data) & 0xFF])
    for at in range(0, len(data), 8):
        word = int.from_bytes(data[at : at + 8], "little")
        d ^= word
        rounds(2)
        a ^= word
    c ^= 0xFF
    rounds(4)
    return a ^ b ^ c ^ d


def hashed(texts, key=KEY):
    return siphash(pa.array(texts, pa.large_string()), key).view(np.uint64).tolist()


def test_the_papers_vectors():
    texts = ["", "\0", "".join(map(chr, range(8))), "".join(map(chr, range(15)))]
    assert hashed(texts) == [0x726FDB47DD0E0E31, 0x74F839C593DC67FD, 0x93F5F5799A932462, 0xA129CA6149BE45E5]


@given(st.lists(st.text(max_size=40)), st.binary(min_size=16, max_size=16))
def test_a_column_is_hashed_as_its_texts_one_by_one(texts, key):
    assert hashed(texts, key) == [one(text.encode(), key) for text in texts]


@given(st.lists(st.text(max_size=10), min_size=3), st.data())
def test_a_slice_is_hashed_as_a_slice(texts, draw):
    start = draw.draw(st.integers(0, len(texts)))
    part = pa.array(texts, pa.large_string()).slice(start, 2)
    assert siphash(part, KEY).view(np.uint64).tolist() == hashed(texts[start : start + 2])


def test_blocks_join_without_a_seam():
    texts = [f"{at:018d}" for at in range(30_000)] + ["x" * 3_000] * 200
    found = hashed(texts)
    assert [found[at] for at in (0, 9_999, 29_999, 30_199)] == [
        one(texts[at].encode()) for at in (0, 9_999, 29_999, 30_199)
    ]
