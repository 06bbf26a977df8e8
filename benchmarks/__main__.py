"""`./run bench [NAME]`: run one benchmark, or say which there are. Prints JSON with the machine and the versions."""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("django", "numpy", "numba", "scipy", "pyarrow")


def machine() -> dict[str, object]:
    """What it ran on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "versions": {name: version(name) for name in PACKAGES},
    }


def main() -> int:
    """Entry point."""
    here = Path(__file__).parent
    names = sorted(path.stem for path in here.glob("*.py") if not path.stem.startswith("_"))
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        print("benchmarks: " + ", ".join(names))
        return 0 if len(sys.argv) < 2 else 2
    figures = importlib.import_module(f"benchmarks.{sys.argv[1]}").run(sys.argv[2:])
    print(
        json.dumps(
            {"benchmark": sys.argv[1], "machine": machine(), "figures": figures}, ensure_ascii=False, indent=2
        )
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
