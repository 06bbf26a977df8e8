"""Keys: made once, readable by nobody else, rotated without losing what older versions sealed."""

from __future__ import annotations

import json
import multiprocessing
import threading

import pytest

from wangge.platform.connectors.keys import (
    AES,
    FIELDS,
    HMAC_SHA256,
    HMAC_SM3,
    INDEX,
    SM4,
    FileKeyStore,
    KeyStoreError,
    key_store,
)


@pytest.fixture
def store(tmp_path):
    return FileKeyStore(tmp_path / "keys")


def _first_key(folder, ready, answers):
    ready.wait()
    answers.put(FileKeyStore(folder).current(FIELDS).material)


def _rotate_often(folder, ready):
    ready.wait()
    for _ in range(10):
        FileKeyStore(folder).rotate(FIELDS)


def test_first_use_makes_version_one(store):
    key = store.current(FIELDS)
    assert (key.name, key.version, key.algorithm, len(key.material)) == (FIELDS, 1, AES, 32)
    assert store.current(FIELDS) == key
    assert FileKeyStore(store.folder).current(FIELDS) == key
    assert store.current(INDEX).algorithm == HMAC_SHA256


def test_names_have_keys_of_their_own(store):
    assert store.current(FIELDS).material != store.current("photos").material


def test_files_are_the_owners_alone(store):
    store.current(FIELDS)
    assert (store.folder.stat().st_mode & 0o777) == 0o700
    assert {path.stat().st_mode & 0o777 for path in store.folder.iterdir()} == {0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_can_reach_is_refused(store, mode):
    store.current(FIELDS)
    path = store.folder / "fields.json"
    path.chmod(mode)
    with pytest.raises(KeyStoreError, match=rf"mode {mode:04o}.*chmod 600 {path}"):
        store.current(FIELDS)
    path.chmod(0o600)
    assert store.current(FIELDS).version == 1


def test_a_folder_that_others_can_reach_is_refused_before_a_key_is_written(tmp_path):
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o755)
    with pytest.raises(KeyStoreError, match="chmod 700"):
        FileKeyStore(folder).current(FIELDS)
    assert list(folder.iterdir()) == []


def test_rotation_keeps_older_versions_live(store):
    first = store.current(FIELDS)
    second = store.rotate(FIELDS)
    assert (second.version, second.algorithm) == (2, AES)
    assert store.current(FIELDS) == second
    assert store.key(FIELDS, 1) == first
    assert store.versions(FIELDS) == (second, first)


def test_another_process_notices_a_rotation(store):
    other = FileKeyStore(store.folder)
    assert other.current(FIELDS).version == 1
    store.rotate(FIELDS)
    assert other.current(FIELDS).version == 2


def test_rotation_to_another_algorithm_stays_within_the_purpose(store):
    assert store.rotate(FIELDS, algorithm=SM4).algorithm == SM4
    assert store.rotate(FIELDS).algorithm == SM4
    assert store.rotate(INDEX, algorithm=HMAC_SM3).algorithm == HMAC_SM3
    with pytest.raises(ValueError, match="can't be used"):
        store.rotate(FIELDS, algorithm=HMAC_SHA256)
    with pytest.raises(ValueError, match="can't be used"):
        store.rotate(INDEX, algorithm=AES)


def test_a_retired_version_is_gone_from_the_disk(store):
    first = store.current(FIELDS)
    with pytest.raises(ValueError, match="in use"):
        store.retire(FIELDS, 1)
    store.rotate(FIELDS)
    store.retire(FIELDS, 1)
    with pytest.raises(KeyStoreError, match="Version 1"):
        store.key(FIELDS, 1)
    rows = json.loads((store.folder / "fields.json").read_text())["keys"]
    assert [row["version"] for row in rows] == [2]
    assert first.material not in (store.folder / "fields.json").read_bytes()


def test_a_missing_file_is_never_made_by_asking_for_a_version(store):
    with pytest.raises(KeyStoreError, match=r"missing.*backup"):
        store.key(FIELDS, 1)
    assert not (store.folder / "fields.json").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"keys": []}',
        '{"keys": [{"version": 1, "algorithm": "AES-256-GCM", "material": "c2hvcnQ="}]}',
        '{"keys": [{"version": 1, "algorithm": "ROT13", "material": "' + "A" * 43 + '="}]}',
        '{"keys": [{"version": 1, "algorithm": "AES-256-GCM", "material": "SECRETSECRET',
    ],
)
def test_a_damaged_file_is_refused_without_showing_what_it_holds(store, text):
    store.current(FIELDS)
    (store.folder / "fields.json").write_text(text)
    with pytest.raises(KeyStoreError, match="damaged") as caught:
        store.current(FIELDS)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert "SECRET" not in str(caught.value)


def test_material_never_shows_in_a_repr(store):
    key = store.current(FIELDS)
    assert repr(key.material) not in repr(key)
    assert "material" not in repr(key)


def test_a_name_cannot_leave_the_folder(store):
    for name in ("../fields", "a/b", "", ".lock", "fields.json"):
        with pytest.raises(ValueError, match="not a key's name"):
            store.current(name)


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    spawn = multiprocessing.get_context("fork")
    ready, answers = spawn.Event(), spawn.Queue()
    workers = [spawn.Process(target=_first_key, args=(tmp_path / "keys", ready, answers)) for _ in range(6)]
    for worker in workers:
        worker.start()
    ready.set()
    found = {answers.get(timeout=20) for _ in workers}
    for worker in workers:
        worker.join()
    assert found == {FileKeyStore(tmp_path / "keys").current(FIELDS).material}


def test_rotations_at_once_lose_no_version(store):
    store.current(FIELDS)
    fork = multiprocessing.get_context("fork")
    ready = fork.Event()
    workers = [fork.Process(target=_rotate_often, args=(store.folder, ready)) for _ in range(3)]
    for worker in workers:
        worker.start()
    ready.set()
    for worker in workers:
        worker.join()
    assert [key.version for key in store.versions(FIELDS)] == list(range(31, 0, -1))


def test_threads_that_start_at_once_agree_on_one_key(store):
    found = []
    threads = [threading.Thread(target=lambda: found.append(store.current(FIELDS))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_maker_that_died_half_way_leaves_nothing_in_the_way(store):
    store.folder.mkdir(mode=0o700)
    (store.folder / "fields.new").write_text('{"keys": [{"ver')
    assert store.current(FIELDS).version == 1
    assert not (store.folder / "fields.new").exists()


def test_the_installations_store_lives_in_its_home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path
    key_store().current(FIELDS)
    assert (tmp_path / "keys" / "fields.json").is_file()
