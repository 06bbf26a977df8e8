"""Make the locked requirement files, or prove that they match pyproject.toml without a network.

locks.py          resolve again with uv and write requirements/*.txt; of each package, what 64-bit ARM takes (``wheels.py``)
locks.py --check  compare the hash in each lock with that of pyproject's dependency tables; exit 1 on a difference
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "run": ["pyproject.toml"],
    "test": ["pyproject.toml", "--extra", "test"],
    "scale": ["pyproject.toml", "--extra", "scale"],
    # Installed into the environment of the tests, so of everything that both need it names the same version.
    "bench": ["pyproject.toml", "--extra", "bench", "--constraint", "requirements/test.txt"],
    "node": ["--group", "pyproject.toml:node"],
}
STAMP = "# dependencies: sha256:"


def dependency_hash() -> str:
    """SHA-256 of everything in pyproject.toml that decides what is installed."""
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = ("requires-python", "dependencies", "optional-dependencies")
    tables = {name: whole["project"].get(name) for name in named} | {"groups": whole.get("dependency-groups")}
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()


def write(name: str, extra: list[str], stamp: str) -> None:
    """Resolve one lock; versions already in it are kept unless pyproject asks for others."""
    target = ROOT / "requirements" / f"{name}.txt"
    print(f"locking {target.relative_to(ROOT)} …", flush=True)
    command = [
        "uv",
        "pip",
        "compile",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--quiet",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--no-header",
        "--universal",
        *extra,
        "-o",
        str(target),
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    target.write_text(
        f"{STAMP}{stamp}\n# made by ./run lock\n" + target.read_text(encoding="utf-8"), encoding="utf-8"
    )


def stale(stamp: str) -> list[str]:
    """The locks whose first line does not carry the hash of today's dependency tables."""
    found = []
    for name in LOCKS:
        path = ROOT / "requirements" / f"{name}.txt"
        first = path.read_text(encoding="utf-8").splitlines()[0] if path.exists() else ""
        if first != f"{STAMP}{stamp}":
            found.append(path.relative_to(ROOT).as_posix())
    return found


def main() -> int:
    """Entry point of ``./run lock``."""
    stamp = dependency_hash()
    if "--check" in sys.argv[1:]:
        wrong = stale(stamp)
        if wrong:
            print(
                f"{', '.join(wrong)}: not made from today's pyproject.toml. Run ./run lock and commit the result."
            )
            return 1
        print("locks match pyproject.toml")
        return 0
    for name, extra in LOCKS.items():
        write(name, extra, stamp)
    import wheels  # what it needs is in the environment that makes locks; --check runs without one

    print("looking for 64-bit ARM …", flush=True)
    wheels.write(ROOT / "requirements" / f"{name}.txt" for name in LOCKS)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
