"""The planner's one door to numba: settles where compiled kernels are kept before numba is imported.

numba refuses to import a cached function where it finds no folder to write to (a read-only installation, a service
without a home), so the folder is chosen here: `NUMBA_CACHE_DIR` if set, else `WANGGE_HOME`, else `~/.cache/wangge`,
else a private temporary folder that goes with the process. It is never a shared path that others could have
prepared: numba unpickles what it finds there.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def cache_folder() -> Path:
    """The folder for compiled kernels, made if need be.

    :returns: an existing folder this process may write to.
    """
    home = os.environ.get("WANGGE_HOME")
    base = Path(home) if home else Path("~/.cache/wangge").expanduser()
    folder = base / "numba"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="wangge-numba-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder


if "NUMBA_CACHE_DIR" not in os.environ:
    os.environ["NUMBA_CACHE_DIR"] = str(cache_folder())

import numba  # noqa: E402 - only now, with the folder settled

_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}
# numba knows these two, though its manual doesn't: no way in for Python, which is a fifth of the time to compile.
_INNER: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def entrance(function: Kernel) -> Kernel:
    """Compile a function that Python calls; it runs without the interpreter's lock and is deterministic."""
    return cast("Kernel", numba.njit(**_OPTIONS)(function))


def kernel(function: Kernel) -> Kernel:
    """Compile a function that only compiled functions call."""
    return cast("Kernel", numba.njit(**_OPTIONS, **_INNER)(function))
