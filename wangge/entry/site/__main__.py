"""The console script ``wangge``. Calculations (``plan``) never load Django; everything else runs in an installation."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from wangge import __version__

USAGE = """wangge — an urban grid platform

calculations (no installation needed)
  wangge plan FILE …            plan grids from a building file
  wangge plan-prove PLAN …      check a plan's verdicts
  wangge workday                how many households one worker's day holds

an installation (--folder DIR, default: WANGGE_HOME or ./var)
  wangge serve                  serve it
  wangge work                   run queued jobs
  wangge add-user NAME …        make an account with a post: the first administrator
  wangge import-cases FILE …    load cases from a file
  wangge prove-trail            prove that the audit trail was not changed
  wangge move-data              move it from SQLite to PostgreSQL
  wangge demo                   build, run and serve the demo town
  wangge manage …               Django's own commands
`wangge COMMAND --help` says more, `wangge --version` which one this is."""

INSTALLED = {
    "serve": "wangge.entry.site.serve",
    "work": "wangge.entry.jobs.command",
    "add-user": "wangge.entry.jobs.add_user",
    "import-cases": "wangge.entry.jobs.import_cases",
    "prove-trail": "wangge.entry.jobs.prove_trail",
    "move-data": "wangge.entry.jobs.move_data",
    "demo": "wangge.entry.demo.command",
}
"""Commands of an installation → the modules whose ``main`` they are, loaded only when asked for."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    command, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if command in ("-h", "--help", "help"):
        print(USAGE)
        return 0
    if command == "--version":
        print(f"wangge {__version__}")
        return 0
    if command == "plan":
        from wangge.cores.planner.command import main as run

        return run(rest)
    if command == "plan-prove":
        from wangge.cores.planner.verifying.command import main as prove

        return prove(rest)
    if command == "workday":
        from wangge.cores.workday.command import main as workday

        return workday(rest)
    if command != "manage" and command not in INSTALLED:
        print(f"wangge: there is no command {command!r}\n\n{USAGE}", file=sys.stderr)
        return 2
    return _in_installation(command, rest)


def _in_installation(command: str, rest: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.entry.site.settings")
    if command == "manage":
        from django.core.management import execute_from_command_line

        execute_from_command_line(["wangge manage", *rest])
        return 0
    # --folder decides WANGGE_HOME, which settings read at import: look at it before anything of Django loads.
    early = argparse.ArgumentParser(prog=f"wangge {command}", add_help=False)
    early.add_argument("--folder")
    folder = early.parse_known_args(rest)[0].folder
    if folder:
        os.environ["WANGGE_HOME"] = folder
    return int(import_module(INSTALLED[command]).main(rest))


if __name__ == "__main__":
    raise SystemExit(main())
