"""Every locked package installs on 64-bit ARM from a wheel; what comes as source only is named with its reason.

To mend: type `./run lock`; where a package has no wheel take another version, or name it in `SOURCE_ONLY` of `tools/wheels.py` with its
reason.
"""

from __future__ import annotations

import pytest

from tools import wheels
from tools.locks import LOCKS, ROOT
from tools.wheels import SOURCE_ONLY, best, faults, fits, locked, recorded

ARM = "numpy-2.4.6-cp311-cp311-manylinux_2_27_aarch64.manylinux_2_28_aarch64.whl"
INTEL = "numpy-2.4.6-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl"
HASHES = [f"sha256:{letter * 64}" for letter in "abc"]
LOCK = f"""# dependencies: sha256:{"0" * 64}
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash={HASHES[2]}
    # via pytest
numpy==2.4.6 \\
    --hash={HASHES[0]} \\
    --hash={HASHES[1]}
    # via
    #   wangge (pyproject.toml)
"""


def locks(*names):
    return [
        one for name in names for one in locked((ROOT / "requirements" / f"{name}.txt").read_text("utf-8"))
    ]


def record():
    return recorded(wheels.RECORD.read_text("utf-8"))


def test_every_lock_installs_on_arm():
    assert len(locks("run")) > 30
    assert faults(locks(*LOCKS), record()) == []


def test_an_installation_needs_nothing_that_comes_as_source():
    needed = {one.pin for one in locks("run", "node", "test")}
    assert [pin for pin, entry in record().items() if entry == wheels.SOURCE and pin in needed] == []
    assert {pin.split("==")[0] for pin, entry in record().items() if entry == wheels.SOURCE} == set(
        SOURCE_ONLY
    )


def test_a_lock_is_read_as_that_machine_reads_it():
    (only,) = locked(LOCK)  # colorama is for another system
    assert (only.pin, only.hashes) == ("numpy==2.4.6", {HASHES[0], HASHES[1]})


@pytest.mark.parametrize(
    "file",
    [
        "a-1-py3-none-any.whl",
        ARM,
        "a-1-cp39-abi3-manylinux2014_aarch64.whl",
        "a-1-py3-none-manylinux_2_17_aarch64.whl",
    ],
)
def test_it_takes(file):
    assert fits(file) is not None


@pytest.mark.parametrize(
    "file",
    [
        INTEL,
        "a-1-cp312-cp312-manylinux_2_17_aarch64.whl",  # another Python
        "a-1-cp311-cp311-musllinux_1_2_aarch64.whl",  # another C library
        "a-1-cp311-cp311-manylinux_2_39_aarch64.whl",  # a newer one than Debian 12 has
        "a-1-cp311-cp311-macosx_11_0_arm64.whl",
    ],
)
def test_it_cannot_take(file):
    assert fits(file) is None


def test_the_closest_wheel_is_recorded():
    assert (
        best({INTEL: HASHES[1], "numpy-2.4.6-py3-none-any.whl": HASHES[2], ARM: HASHES[0]})
        == f"{HASHES[0]} {ARM}"
    )
    assert best({INTEL: HASHES[1]}) == "source"


@pytest.mark.parametrize(
    "entries, fault",
    [
        ({"numpy==2.4.6": f"{HASHES[0]} {ARM}"}, None),
        ({}, "not in aarch64.txt"),
        ({"numpy==2.4.6": "source"}, "no wheel for 64-bit ARM"),
        ({"numpy==2.4.6": f"{HASHES[0]} {INTEL}"}, "doesn't fit"),
        ({"numpy==2.4.6": f"{HASHES[2]} {ARM}"}, "doesn't know the hash"),
        ({"numpy==2.4.6": f"{HASHES[0]} {ARM.replace('2.4.6', '2.4.5')}"}, "another package's"),
        ({"numpy==2.4.6": f"{HASHES[0]} {ARM}", "scipy==1": "source"}, "scipy==1: in no lock"),
    ],
)
def test_the_rule_sees(entries, fault):
    found = faults(locked(LOCK), entries)
    assert (found == []) if fault is None else (len(found) == 1 and fault in found[0])
