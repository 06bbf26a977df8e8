"""Why something was refused. Every room above raises these; the web turns them into one shape of answer."""

from __future__ import annotations


class Refusal(Exception):
    """An act that can't be done, said so that the person knows what to do next.

    ``code`` is stable and for machines; ``message`` says what was wrong and where; ``advice`` says what to do;
    ``problems`` lists single faults (one a row or field).
    """

    status = 409

    def __init__(
        self, code: str, message: str, *, advice: str = "", problems: list[dict[str, object]] | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.advice, self.problems = code, message, advice, problems or []


class NotFound(Refusal):
    """No such thing, or none that this actor may know of: the two must look alike."""

    status = 404


class Forbidden(Refusal):
    """The actor holds no grant for this."""

    status = 403


class Unauthenticated(Refusal):
    """Nobody is signed in."""

    status = 401


class Invalid(Refusal):
    """What was sent can't be understood or breaks a rule of its own shape."""

    status = 422


class Conflict(Refusal):
    """The thing has moved on since the actor looked at it."""

    status = 409


class TooMany(Refusal):
    """Too often in too short a time. ``retry_after``: seconds after which trying again is worth while, 0 where nobody knows."""

    status = 429

    def __init__(self, code: str, message: str, *, advice: str = "", retry_after: int = 0) -> None:
        super().__init__(code, message, advice=advice)
        self.retry_after = retry_after
