"""What is sent with an act on a case."""

from __future__ import annotations

from datetime import date

from ninja import Schema


class Reporting(Schema):
    """A report; position in degrees of the datum, photos by the ids that ``POST /photos`` gave."""

    class_code: str = ""
    lon: float | None = None
    lat: float | None = None
    datum: str = "CGCS2000"
    address: str = ""
    description: str = ""
    phone: str = ""
    source: str = ""
    photos: list[str] = []


class PhotoKept(Schema):
    """A photo's id; one that nothing names within a day is swept."""

    photo: str


class Photos(Schema):
    """Photos that were kept before."""

    photos: list[str]


class Acting(Schema):
    """An act that speaks for itself; ``version`` is the one that was seen."""

    version: int | None = None
    note: str = ""


class Reasoned(Schema):
    """An act that needs a reason."""

    reason: str
    version: int | None = None


class Told(Schema):
    """An act that needs to say what was done."""

    note: str
    version: int | None = None


class Filing(Acting):
    """By which of the class's filing rules."""

    rule: int = 1


class Dispatching(Acting):
    """To which department."""

    department: str


class Assigning(Acting):
    """Which crew of the department: an actor's id."""

    crew: str


class Merging(Acting):
    """Into which open case."""

    into: str


class Editing(Schema):
    """What is corrected; what isn't given stays."""

    version: int | None = None
    class_code: str | None = None
    lon: float | None = None
    lat: float | None = None
    address: str | None = None
    description: str | None = None


class Applying(Reasoned):
    """``give_back``, ``extend`` (with an amount such as ``2 工作时``) or ``shelve`` (with a day)."""

    kind: str
    amount: str = ""
    until: date | None = None


class Deciding(Acting):
    """Granted or not; another amount of time than was asked may be given."""

    grant: bool
    amount: str = ""


class Rating(Schema):
    """Whether it was solved, and how satisfied the reporter is: 1 to 5."""

    solved: bool
    satisfied: int
    note: str = ""


class Reopening(Schema):
    """Why it isn't solved."""

    reason: str
