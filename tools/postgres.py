"""A PostgreSQL of one's own for a while: in a temporary folder, behind a socket, gone at the end. Needs Debian's ``postgresql``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

KEPT_BY_DEBIAN = Path("/usr/lib/postgresql")
USER = "wangge"
NOT_AS_ROOT = "postgres"
"""PostgreSQL refuses to run as root: then it runs as the user that Debian's package makes."""
SETTINGS = {
    # Behind a socket only. What a test wrote need not survive a power cut.
    "listen_addresses": "''", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "max_connections": "200", "shared_buffers": "128MB",
}  # fmt: skip


class Missing(RuntimeError):
    """There is no PostgreSQL on this machine; the message says what to type."""


def programs() -> Path:
    """The folder with ``initdb`` and ``pg_ctl``, of the newest version. Raises ``Missing``."""
    found = sorted(KEPT_BY_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise Missing("PostgreSQL is missing. Type:  sh tools/postgresql.sh")
    return Path(on_path).parent


@contextmanager
def cluster(database: str = "wangge") -> Iterator[str]:
    """A cluster with one empty database; gives its address (``postgresql://wangge@…/wangge``)."""
    bin_folder = programs()
    with tempfile.TemporaryDirectory(prefix="wangge-pg-") as base:
        folder = Path(base)
        if os.geteuid() == 0:
            folder.chmod(0o755)
            shutil.chown(folder, NOT_AS_ROOT)
        _run(
            bin_folder / "initdb",
            "-A",
            "trust",
            "-U",
            USER,
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-D",
            folder / "data",
        )
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        control = (bin_folder / "pg_ctl", "-D", folder / "data", "-w")
        _run(*control, "-l", folder / "log", "-o", f"-k {folder} {options}", "start")
        try:
            _run(bin_folder / "createdb", "-h", folder, "-U", USER, database)
            yield f"postgresql://{USER}@{quote(base, safe='')}/{database}"
        finally:
            _run(*control, "-m", "immediate", "stop")


def _run(*command: str | Path) -> None:
    said = [str(one) for one in command]
    if os.geteuid() == 0:
        said = ["runuser", "-u", NOT_AS_ROOT, "--", *said]
    run = subprocess.run(said, capture_output=True, text=True, check=False, cwd="/")
    if run.returncode != 0:
        raise RuntimeError(f"{' '.join(said)} failed:\n{run.stdout}{run.stderr}")


def main(arguments: list[str]) -> int:
    """``python -m tools.postgres COMMAND …`` runs a command with ``WANGGE_DATABASE_URL`` on such a cluster."""
    with cluster() as address:
        return subprocess.run(
            arguments, env={**os.environ, "WANGGE_DATABASE_URL": address}, check=False
        ).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
