"""Sealed texts and blind indexes: keyed, versioned, and in step with each other when keys rotate."""

from __future__ import annotations

import hmac
import time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from wangge.platform.connectors.envelopes import derive
from wangge.platform.connectors.keys import FIELDS, HMAC_SM3, INDEX, SM4, key_store
from wangge.platform.stores import sealing
from wangge.platform.stores.sealing import DoesNotOpen

CONTEXT = "registry_person.id_number"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.none() | st.text(max_size=30), max_size=20))
def test_columns_come_back(values):
    sealed = sealing.seal_column(values, CONTEXT)
    assert sealing.unseal_column(sealed, CONTEXT) == values
    assert [None if s is None else sealing.unseal(s, CONTEXT) for s in sealed] == values
    assert sealing.blind_index_column(values, CONTEXT) == [
        None if v is None else sealing.blind_index(v, CONTEXT) or None for v in values
    ]


def test_an_opened_text_is_a_text_whose_repr_hides_it():
    text = sealing.unseal(sealing.seal("11010519491231002X", CONTEXT), CONTEXT)
    assert text == "11010519491231002X"
    assert f"{text}" == "11010519491231002X"
    assert "1949" not in repr(text)
    assert "1949" not in repr({"id_number": text})


def test_a_wrong_context_does_not_open():
    with pytest.raises(DoesNotOpen):
        sealing.unseal(sealing.seal("x", CONTEXT), "registry_person.phone")


def test_what_an_older_key_or_cipher_sealed_still_opens():
    old = sealing.seal("老的", CONTEXT)
    key_store().rotate(FIELDS, algorithm=SM4)
    new = sealing.seal("新的", CONTEXT)
    assert (old[0], new[0]) == (1, 2)
    assert sealing.unseal_column([old, new], CONTEXT) == ["老的", "新的"]
    assert (sealing.is_stale(old), sealing.is_stale(new)) == (True, False)


def test_the_index_is_hmac_sha256_of_the_normalised_text():
    key = key_store().current(INDEX)
    whole = hmac.new(derive(key, f"index:{CONTEXT}"), b"11010519491231002X", "sha256").hexdigest()
    assert sealing.blind_index("11010519491231002x", CONTEXT) == f"v1:{whole[:32]}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("11010519491231002x", "11010519491231002X"),
        (" 138-0013 8000\t", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("阿依古丽·买买提", "阿依古丽 买买提"),
        ("h12345678", "Ｈ12345678"),
    ],
)
def test_different_spellings_meet(written, meant):
    assert sealing.blind_index(written, CONTEXT) == sealing.blind_index(meant, CONTEXT)


def test_different_texts_columns_and_keys_do_not_meet():
    index = sealing.blind_index("13800138000", CONTEXT)
    assert index != sealing.blind_index("13800138001", CONTEXT)
    assert index != sealing.blind_index("13800138000", "registry_person.phone")
    key_store().rotate(INDEX)
    assert index.split(":")[1] != sealing.blind_index("13800138000", CONTEXT).split(":")[1]


def test_nothing_to_index_gives_no_index():
    assert sealing.blind_index(" - ", CONTEXT) == ""
    assert sealing.blind_indexes("", CONTEXT) == []
    assert sealing.blind_index_column([None, "", "—"], CONTEXT) == [None, None, None]


def test_live_versions_are_all_asked_for_until_retired():
    old = sealing.blind_index("13800138000", CONTEXT)
    key_store().rotate(INDEX, algorithm=HMAC_SM3)
    new = sealing.blind_index("13800138000", CONTEXT)
    assert sealing.blind_indexes("138 0013 8000", CONTEXT) == [new, old]
    assert new.startswith("v2:")
    assert len(new) == len(old) <= sealing.INDEX_LENGTH
    key_store().retire(INDEX, 1)
    assert sealing.blind_indexes("13800138000", CONTEXT) == [new]


def test_columns_are_fast_enough_for_a_city():
    values = [f"4205021990{at:08d}" for at in range(50_000)]
    started = time.process_time()
    sealing.seal_column(values, CONTEXT)
    # A quarter of what was measured: this guards against a slow path, not against a busy machine.
    assert len(values) / (time.process_time() - started) > 60_000
