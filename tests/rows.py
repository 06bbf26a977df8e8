"""Rows that stand for all tests of a module: written once, each test takes back only what it adds to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Writing = Callable[[], AbstractContextManager[None]]


@contextmanager
def standing(blocker) -> Iterator[Writing]:
    """A way to write rows that stand until the end: ``with writing(): build()``.

    They stand in a transaction around those of the tests, which ``db`` takes back one by one. Between, the database is shut to
    whoever doesn't ask for ``db``, as ever. ``blocker`` is pytest-django's.
    """
    from django.db import transaction

    outer = transaction.atomic()
    with blocker.unblock():
        outer.__enter__()
    try:
        yield blocker.unblock
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
