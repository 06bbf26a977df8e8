"""The planner's one door to numba: settles where compiled kernels are kept, and how they are compiled.

numba refuses a cached function where it finds no folder to write to (a read-only installation, a service without a
home), and it looks for changes only in a function's own file: a kernel that calls a changed one would run with the old
code. So the folder is chosen here: `NUMBA_CACHE_DIR` if set, else `WANGGE_HOME`, else `~/.cache/wangge`, else a private
temporary folder that goes with the process (never a shared path that others could have prepared: numba unpickles what
it finds); and inside it a folder named after the sources of all kernels together.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def cache_folder() -> Path:
    """The folder for compiled kernels, made if need be.

    :returns: an existing folder that this process may write to.
    """
    given, home = os.environ.get("NUMBA_CACHE_DIR"), os.environ.get("WANGGE_HOME")
    base = Path(given) if given else Path(home or "~/.cache/wangge").expanduser() / "numba"
    folder = base / f"planner-{_edition()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="wangge-numba-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder


def _edition() -> str:
    """A name for the sources of all kernels of the cores as they are now: rooms above call those below."""
    digest = hashlib.blake2b(numba.__version__.encode(), digest_size=6)
    for source in sorted(Path(__file__).parents[2].glob("*/kernels/*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


setattr(numba.config, "CACHE_DIR", str(cache_folder()))  # noqa: B010 - numba makes its settings at run time

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
# numba knows these two, though its manual doesn't: no way in for Python, which is a fifth of the time to compile.
_INNER: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def entrance(function: Kernel) -> Kernel:
    """Compile a function that Python calls, once a machine; it runs without the interpreter's lock.

    What it calls is compiled into it and kept with it.
    """
    return cast("Kernel", numba.njit(cache=True, **_OPTIONS)(function))


def kernel(function: Kernel) -> Kernel:
    """Compile a function that only compiled functions call."""
    return cast("Kernel", numba.njit(**_OPTIONS, **_INNER)(function))
