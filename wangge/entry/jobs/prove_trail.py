"""``wangge prove-trail``: prove that nothing in the audit trail was changed or removed.

What it prints at the end belongs outside the installation: whoever can write to the database can cut off the newest entries,
and only a place and digest kept elsewhere (``--since``) show that.
"""

from __future__ import annotations

import argparse
import sys


def main(argv: list[str]) -> int:
    """Entry point of the command: 0 if all of it is proved, 1 if not, 2 if ``--since`` can't be read."""
    parser = argparse.ArgumentParser(prog="wangge prove-trail", description=__doc__)
    parser.add_argument("--folder", help="the installation (default: WANGGE_HOME or ./var)")
    parser.add_argument("--since", metavar="PLACE:DIGEST", help="what an earlier run printed")
    options = parser.parse_args(argv)
    place, _, digest = (options.since or "0:").partition(":")
    if not place.isdecimal() or bool(options.since) != bool(digest):
        print("--since takes PLACE:DIGEST, as an earlier run printed it.", file=sys.stderr)
        return 2

    import django

    django.setup()
    from wangge.platform.audit import chain

    proof = chain.prove()
    if proof.broken_at is not None:
        print(
            f"The trail was changed at entry {proof.broken_at}, or at a look that it records.",
            file=sys.stderr,
        )
        return 1
    if digest and not chain.stands_at(int(place), digest):
        print(
            f"The trail no longer holds what it held at entry {place}: it was cut off or rewritten.",
            file=sys.stderr,
        )
        return 1
    newest, head = chain.last()
    print(f"{proof.proved} entries proved, {proof.unsealed} not sealed yet. Keep outside: {newest}:{head}")
    return 0
