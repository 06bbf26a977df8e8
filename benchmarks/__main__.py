"""`./run bench [NAME]`: run one benchmark, or say which there are.

Prints JSON with the machine and the versions, and keeps it in `benchmarks/results/` (git ignores it).
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sqlite3
import sys
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = (
    "django", "django-ninja", "djangorestframework", "pydantic", "granian", "psycopg", "numpy", "numba", "scipy", "pyarrow"
)  # fmt: skip
RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, object]:
    """What it ran on."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "system": platform.platform(),
        "versions": {name: version(name) for name in PACKAGES} | {"sqlite": sqlite3.sqlite_version},
    }


def processor() -> str:
    """What Linux calls it."""
    said = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in said.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.processor()


def keep(name: str, said: str) -> None:
    """Beside what was measured before."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}-{time.strftime('%Y%m%dT%H%M%S')}.json").write_text(f"{said}\n", encoding="utf-8")


def main() -> int:
    """Entry point."""
    here = Path(__file__).parent
    names = sorted(path.stem for path in here.glob("*.py") if not path.stem.startswith("_"))
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        print("benchmarks: " + ", ".join(names))
        return 0 if len(sys.argv) < 2 else 2
    module = importlib.import_module(f"benchmarks.{sys.argv[1]}")
    figures = module.run(sys.argv[2:])
    whole = {"benchmark": sys.argv[1], "machine": machine(), "figures": figures}
    said = json.dumps(whole, ensure_ascii=False, indent=2)
    keep(sys.argv[1], said)
    print(module.table(whole) if "--table" in sys.argv[2:] and hasattr(module, "table") else said)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
