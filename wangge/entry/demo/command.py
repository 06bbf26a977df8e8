"""``wangge demo``: build the demo town if it isn't there, and serve it on this machine; or check it."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from wangge.entry.demo import folder
from wangge.entry.demo.folder import Finished, NotOurs

SIZES = ("hamlet", "town")
DEFAULT_FOLDER = "demo"


def main(argv: Sequence[str]) -> int:
    """Entry point of the command; returns its exit status."""
    options = _parser().parse_args(argv)
    home = Path(options.folder).resolve()
    os.environ.update(WANGGE_HOME=str(home), WANGGE_DEMO="1")
    if options.database:
        os.environ["WANGGE_DATABASE_URL"] = options.database
    from wangge.entry.demo import serving

    if not serving.is_this_machine(options.host):
        print(
            "The demo signs people in with one click: it is served on this machine only. Leave out --host.",
            file=sys.stderr,
        )
        return 2
    try:
        about = folder.finished(home)
        if about is not None:
            folder.stands_on(home, options.database)
        else:
            about = _build(home, options)
    except NotOurs as why:
        print(f"wangge demo: {why}", file=sys.stderr)
        return 2
    except Exception as error:
        if not _is_full(error):
            raise
        print(
            f"wangge demo: the disk of {home} is full. Make room (or choose another --folder) and start again.",
            file=sys.stderr,
        )
        return 1
    if options.check:
        return _check(home)
    return serving.serve(home, about, host=options.host, port=options.port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wangge demo", description=__doc__)
    parser.add_argument(
        "--folder",
        default=os.environ.get("WANGGE_HOME", DEFAULT_FOLDER),
        help="holds all that the demo makes (default: ./demo); a demo that stands there is used as it is",
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same town")
    parser.add_argument(
        "--size", choices=SIZES, default="town", help="hamlet: some 600 households; town: some 10,000"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="ask for every page, hold every list of the API against what the demo knows, and exit",
    )
    parser.add_argument(
        "--database",
        metavar="ADDRESS",
        default=os.environ.get("WANGGE_DATABASE_URL", ""),
        help="build it in an empty PostgreSQL database: postgresql://user:password@host/name (default: SQLite in the folder)",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    return parser  # fmt: skip


def _build(home: Path, options: argparse.Namespace) -> Finished:
    """Build the demo under the folder's lock, with a bar for each stage."""
    from wangge.entry.demo.bars import Bars

    began = time.monotonic()
    with folder.building(home, options.database), Bars() as bars:
        import django

        django.setup()
        from wangge.entry.demo.play.build import Build
        from wangge.entry.demo.town.sizes import Size

        site = Build(
            home,
            seed=options.seed,
            size=Size(options.size),
            truth=folder.truth_of(home),
            progress=bars.progress,
        )
        site.run()
        about = Finished(
            options.seed,
            options.size,
            site.opens.isoformat(),
            round(time.monotonic() - began, 1),
        )
        folder.finish(home, about)
    return about


def _is_full(error: BaseException | None) -> bool:
    """Whether a build broke off because the disk is full, whoever noticed it."""
    if error is None:
        return False
    said = getattr(error, "errno", None) == errno.ENOSPC or "disk is full" in str(error)
    return said or _is_full(error.__cause__ or error.__context__)


def _check(home: Path) -> int:
    import django

    django.setup()
    from wangge.entry.demo.check.run import check

    faults = check(home)
    for fault in faults:
        print(f"✗ {fault}", file=sys.stderr)
    print(
        f"{len(faults)} faults"
        if faults
        else "Every page is there, and every list answers what the demo knows."
    )
    return 1 if faults else 0
