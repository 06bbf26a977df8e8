"""Room `stores`: the columnar engine, through ibis: one expression, on DuckDB in this process.

A province would add an engine on Spark to `ENGINES` and choose it with `WANGGE_ENGINE`; expressions stay as they
are. Tables in clear never reach a disk: DuckDB gets no access to files, and what exceeds its memory is spilled to
`WANGGE_HOME/tmp` only if it can be encrypted, which takes DuckDB's own OpenSSL, in its extension `httpfs` (the
package `duckdb-extension-httpfs`). Without that it stays within its memory and says so when that is too little.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.backends import BaseBackend


class Engine(Protocol):
    """Something that ibis expressions run on."""

    def connect(self) -> BaseBackend:
        """Return a fresh backend, empty, and the caller's alone; `disconnect()` gives its memory back."""

    def register(self, backend: BaseBackend, name: str, data: Any) -> ir.Table:
        """Let `backend` read Arrow data (a table or a dataset) where it lies, and return it as a table."""


@dataclass(frozen=True)
class DuckDbEngine:
    """DuckDB in process. `memory` in DuckDB's words ("4GB"); by default half of the machine's."""

    spill: Path
    memory: str | None = None
    threads: int | None = None

    def connect(self) -> BaseBackend:
        """Return an in-memory database that can't reach files or the network."""
        import ibis

        extension = _httpfs()
        backend = ibis.duckdb.connect(
            memory_limit=self.memory or _half_of_memory(),
            threads=self.threads or os.cpu_count() or 1,
            temp_directory=str(self.spill) if extension else "",
            autoinstall_known_extensions=False,
            autoload_known_extensions=False,
            python_enable_replacements=False,
        )
        if extension:
            self.spill.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = str(extension).replace("'", "''")
            backend.raw_sql(f"LOAD '{path}'")
            backend.raw_sql("SET temp_file_encryption = true")
        backend.raw_sql("SET enable_external_access = false")
        return backend

    def register(self, backend: BaseBackend, name: str, data: Any) -> ir.Table:
        """Register without copying; a dataset is scanned column by column, filters pushed down."""
        backend.con.register(name, data)
        return backend.table(name)


ENGINES: dict[str, Callable[[], Engine]] = {
    "duckdb": lambda: DuckDbEngine(
        spill=Path(settings.WANGGE_HOME) / "tmp",
        memory=getattr(settings, "WANGGE_ENGINE_MEMORY", None) or None,
        threads=int(getattr(settings, "WANGGE_ENGINE_THREADS", None) or 0) or None,
    )
}


def engine() -> Engine:
    """Return the engine that `WANGGE_ENGINE` names (default: duckdb)."""
    name = getattr(settings, "WANGGE_ENGINE", "duckdb")
    if name not in ENGINES:
        raise ImproperlyConfigured(f"WANGGE_ENGINE is {name!r}; this installation has: {', '.join(ENGINES)}.")
    return ENGINES[name]()


def connect() -> BaseBackend:
    """Return a fresh backend of the chosen engine."""
    return engine().connect()


def register(backend: BaseBackend, name: str, data: Any) -> ir.Table:
    """Let a backend of the chosen engine read Arrow data (a table, or `batches.open_batch(…)`) by name."""
    return engine().register(backend, name, data)


def _half_of_memory() -> str:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{max(pages // 2 // 2**20, 256)}MiB"


def _httpfs() -> Path | None:
    """Return the packaged extension, if it is installed for this DuckDB."""
    import duckdb

    found = importlib.util.find_spec("duckdb_extension_httpfs")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "extensions" / f"v{duckdb.__version__}"
    return next(folder.glob("httpfs.duckdb_extension"), None)
