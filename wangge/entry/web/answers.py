"""What acts answer where there is nothing more to say."""

from __future__ import annotations

from ninja import Schema


class Made(Schema):
    """The id of what was made."""

    uid: str


class Done(Schema):
    """Whether it was done."""

    done: bool = True
