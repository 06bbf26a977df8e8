"""Whether what the locks name can be installed on Linux of 64-bit ARM with Python 3.11, without compiling anything.

A lock holds hashes, not file names. When it is made, uv is asked which files stand behind them, and for each package the one that
such a machine would take is written to ``requirements/aarch64.txt`` with its hash; no address is kept. Afterwards the record is
held against the locks without a network: its hash must be one of the lock's, its name that of a wheel which fits.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging import tags
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "requirements" / "aarch64.txt"
HEAD = "# made by ./run lock: the file that 64-bit ARM Linux with Python 3.11 takes of each locked package\n"
SOURCE = "source"
SOURCE_ONLY = {
    "pyspark": "Python and jars, given out as source only; in the extra `scale`, which no installation needs",
    "pymetis": "has wheels for Intel only; in the extra `bench`: a peer that the planner is measured beside",
}
"""Packages that may come without a wheel, each with its reason. All others must have one."""

PYTHON, GLIBC, OLDEST_GLIBC = (
    (3, 11),
    36,
    17,
)  # Debian 12's Python and its C library; aarch64 began with glibc 2.17
PLATFORMS = [
    *(f"manylinux_2_{minor}_aarch64" for minor in range(GLIBC, OLDEST_GLIBC - 1, -1)),
    "manylinux2014_aarch64",
    "linux_aarch64",
]
FITTING = [
    *tags.cpython_tags(PYTHON, ["cp311"], PLATFORMS),
    *tags.compatible_tags(PYTHON, "cp311", PLATFORMS),
]
"""The tags of wheels that such a machine takes, the best first."""

MACHINE = {
    "implementation_name": "cpython", "os_name": "posix", "platform_machine": "aarch64", "platform_system": "Linux",
    "platform_python_implementation": "CPython", "python_full_version": "3.11.2", "python_version": "3.11",
    "sys_platform": "linux", "extra": "",
}  # fmt: skip


@dataclass(frozen=True)
class Locked:
    """One package of a lock: the name and version, and the hashes (``sha256:…``) of its files."""

    pin: str
    hashes: frozenset[str]


def locked(text: str) -> Iterator[Locked]:
    """The packages of a lock that such a machine installs."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)):
        words = block.replace("\\\n", " ").strip()
        if words:
            asked = Requirement(re.split(r"\s--hash", words)[0].strip())
            if asked.marker is None or asked.marker.evaluate(MACHINE):
                yield Locked(
                    _pin(asked.name, asked.specifier), frozenset(re.findall(r"sha256:[0-9a-f]{64}", words))
                )


def fits(file: str) -> int | None:
    """How far down the list of fitting tags a wheel stands, or None if such a machine can't take it."""
    _name, _version, _build, carried = parse_wheel_filename(file)
    return next((place for place, tag in enumerate(FITTING) if tag in carried), None)


def best(files: Mapping[str, str]) -> str:
    """The record of a package: hash and name of the wheel that such a machine takes, of those offered (name → hash), else ``source``."""
    ranked = sorted((place, file) for file in files if (place := fits(file)) is not None)
    return f"{files[ranked[0][1]]} {ranked[0][1]}" if ranked else SOURCE


def recorded(text: str) -> dict[str, str]:
    """The record as it was written: pin → what stands behind it."""
    lines = (line.partition(" ") for line in text.splitlines() if line and not line.startswith("#"))
    return {pin: found for pin, _, found in lines}


def faults(packages: Iterable[Locked], record: Mapping[str, str]) -> list[str]:
    """What such a machine could not install, and where the record isn't that of these locks."""
    by_pin: dict[str, set[str]] = {}
    for one in packages:
        by_pin.setdefault(one.pin, set()).update(one.hashes)
    found = [f"{pin}: in no lock; run ./run lock" for pin in record if pin not in by_pin]
    found += [why for pin, hashes in by_pin.items() if (why := _fault(pin, hashes, record.get(pin, "")))]
    return sorted(found)


def _fault(pin: str, hashes: set[str], entry: str) -> str:
    name = pin.split("==")[0]
    if not entry:
        return f"{pin}: not in {RECORD.name}; run ./run lock"
    if entry == SOURCE:
        return (
            ""
            if name in SOURCE_ONLY
            else f"{pin}: no wheel for 64-bit ARM; take another version, or name it in SOURCE_ONLY"
        )
    digest, file = entry.split(" ")
    if digest not in hashes:
        return f"{pin}: the lock doesn't know the hash of {file}; run ./run lock"
    owner, version, _build, _tags = parse_wheel_filename(file)
    if (owner, str(version)) != (name, pin.split("==")[1]):
        return f"{pin}: {file} is another package's"
    return "" if fits(file) is not None else f"{pin}: {file} doesn't fit 64-bit ARM with Python 3.11"


def write(locks: Iterable[Path]) -> None:
    """Ask uv for the files behind the locks, and write the record."""
    found: dict[str, str] = {}
    for lock in locks:
        for one in _files(lock):
            if "marker" not in one or Marker(one["marker"]).evaluate(MACHINE):
                offered = {
                    _file(wheel): f"sha256:{wheel['hashes']['sha256']}" for wheel in one.get("wheels", ())
                }
                found[f"{canonicalize_name(one['name'])}=={one['version']}"] = best(offered)
    RECORD.write_text(
        HEAD + "".join(f"{pin} {entry}\n" for pin, entry in sorted(found.items())), encoding="utf-8"
    )


def _files(lock: Path) -> list[dict[str, Any]]:
    """The packages of a lock with their files (PEP 751), kept in a folder that goes again: they carry addresses."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pylock.toml"
        command = ["uv", "pip", "compile", "--quiet", "--no-deps", "--universal", "--python-version", "3.11"]
        subprocess.run([*command, "--format", "pylock.toml", "-o", str(out), str(lock)], cwd=ROOT, check=True)
        packages: list[dict[str, Any]] = tomllib.loads(out.read_text(encoding="utf-8"))["packages"]
        return packages


def _file(wheel: Mapping[str, Any]) -> str:
    return str(wheel.get("name") or wheel["url"].rsplit("/", 1)[-1])


def _pin(name: str, specifier: object) -> str:
    return f"{canonicalize_name(name)}{specifier}"
