"""``wangge add-user NAME --role administrator``: make an account with a post, from the machine itself.

An installation begins with nobody in it, and only an administrator gives posts on a page: somebody at the machine makes the
first one. The password is asked for, or is the first line of the standard input; it never stands on the command line, where
every process of the machine could read it.
"""

from __future__ import annotations

import argparse
import getpass
import sys

from wangge.platform.access import policy


def main(argv: list[str]) -> int:
    """Entry point of the command; returns the exit status. Nothing is made unless all of it is."""
    parser = _parser()
    options = parser.parse_args(argv)
    if options.role in policy.OF_DEPARTMENT and not options.department:
        parser.error(f"{options.role} is held for a department: name it with --department CODE.")

    import django

    django.setup()
    from django.core.exceptions import ValidationError
    from django.core.management import call_command

    from wangge.platform.access.errors import Refusal

    call_command("migrate", interactive=False, verbosity=0)
    try:
        _make(options, _password())
    except ValidationError as wrong:
        return _refuse(wrong.messages)
    except Refusal as wrong:
        return _refuse([wrong.message, wrong.advice])
    print(f"{options.username} is {options.role} of {options.area or 'the whole city'}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wangge add-user", description=__doc__)
    parser.add_argument("username", help="what they sign in by")
    parser.add_argument("--name", default="", help="what colleagues read (default: the user name)")
    parser.add_argument("--role", required=True, choices=sorted(policy.ROLES))
    parser.add_argument("--area", default="", help="code of an area (default: the whole city)")
    parser.add_argument("--department", default="", help="code, for a role that is held for a department")
    parser.add_argument("--folder", help="the installation (default: WANGGE_HOME or ./var)")
    return parser


def _password() -> str:
    """Asked for twice at a terminal, else the first line of what is piped in. Raises ``ValidationError``."""
    from django.core.exceptions import ValidationError

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise ValidationError("The two passwords differ.")
    return password


def _make(options: argparse.Namespace, password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.db import transaction

    from wangge.platform.access import actions, actors

    validate_password(password)
    by = actors.system("installer")
    with transaction.atomic():
        uid = actions.add_user(
            username=options.username, name=options.name or options.username, password=password, by=by
        )
        actions.give_post(
            user=uid, role=options.role, area=options.area, department=options.department, by=by
        )


def _refuse(why: list[str]) -> int:
    print("\n".join(filter(None, why)), file=sys.stderr)
    print("Nobody was added.", file=sys.stderr)
    return 1
