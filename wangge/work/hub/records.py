"""Shapes of the hub."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from wangge.ground.registry.records import Relation

FROZEN = ConfigDict(frozen=True)


class AgreementRecord(BaseModel):
    """What a department may give or get."""

    model_config = FROZEN
    uid: str
    department: str
    direction: str
    purpose: str
    elements: list[str]
    document: str
    from_on: date
    to_on: date
    in_force: bool


class FeedRecord(BaseModel):
    """A feed with the age of its last delivery."""

    model_config = FROZEN
    code: str
    department: str
    name_zh: str
    name_en: str
    agreement: str
    in_force: bool
    makes_persons: bool
    mapped: int
    deliveries: int
    last_at: datetime | None
    last_bad_share: float | None
    needs_somebody: bool


class MappedColumn(BaseModel):
    """A column and the element it holds; ``confidence`` 1 is a confirmed one.

    ``part`` 2: of the row's second person. ``values`` are the department's own words, word → value.
    """

    model_config = FROZEN
    column: str
    element: str
    confidence: float
    reason: str
    part: int = 1
    values: dict[str, str] = {}


class SheetColumn(BaseModel):
    """A column as it stands in the sheet. ``withheld``: nothing of it is shown but its name."""

    model_config = FROZEN
    letter: str
    column: str
    withheld: bool


class SheetLine(BaseModel):
    """A line of the sheet, one text a column; None where something may stand that is not shown."""

    model_config = FROZEN
    row: int
    boxes: list[str | None]


class SheetShown(BaseModel):
    """The first lines of the sheet that is read, masked. ``merges``: first row, first column, last row, last column.

    Rows count as Excel does, columns are places in ``columns``. ``sheets`` are all of the workbook: only ``sheet`` is read.
    """

    model_config = FROZEN
    sheet: str
    sheets: list[str]
    header_first: int
    header_last: int
    columns: list[SheetColumn]
    lines: list[SheetLine]
    merges: list[tuple[int, int, int, int]]


class MappingProposal(BaseModel):
    """The columns of a sample file with what they probably hold. Nothing moves until somebody confirms.

    ``second`` is what the confirmed mapping says of a row's second person, to be confirmed with the rest.
    """

    model_config = FROZEN
    feed: str
    header_row: int | None
    columns: list[MappedColumn]
    refused: list[RefusedColumn]
    rows: int
    second: SecondPerson | None
    sheet: SheetShown | None


class SecondPerson(BaseModel):
    """Columns of a feed that speak of a second person of the row, ``columns`` column → element; only rows with a name there.

    ``constants`` are elements that being there means (``{"tenure": "tenant"}``). ``dwelling`` is the column with the address of
    the dwelling that both have to do with: the first by the relation ``first``, the second by ``second``.
    """

    model_config = FROZEN
    columns: dict[str, str]
    constants: dict[str, str] = {}
    dwelling: str = ""
    first: Relation = "owner"
    second: Relation = "tenant"


class RefusedColumn(BaseModel):
    """A column that was not taken in, and why. Its values were never written anywhere."""

    model_config = FROZEN
    column: str
    code: str
    reason_zh: str
    reason_en: str


class RowsTried(BaseModel):
    """How many rows of a file would do what.

    Each row is one of ``new`` (makes somebody known), ``changed`` (a value new or otherwise than held), ``same``, ``unlinked``
    (means nobody known) or ``refused`` (no name: left out). Beside that, ``unsure``: people will be asked whom it means;
    ``faulty``: a box of it can't be read and goes back.
    """

    model_config = FROZEN
    new: int
    changed: int
    same: int
    unlinked: int
    refused: int
    unsure: int
    faulty: int


class ElementTried(BaseModel):
    """How many values of one element would do what; ``kept``: another value stands, and somebody settles it."""

    model_config = FROZEN
    element: str
    new: int
    changed: int
    same: int
    kept: int
    refused: int


class ValueTried(BaseModel):
    """A value that would change, masked. ``alike``: old and new differ in what is masked."""

    model_config = FROZEN
    row: int
    letter: str
    column: str
    element: str
    verdict: Literal["new", "changed", "same", "kept"]
    old: str | None
    new: str | None
    alike: bool


class ValueRead(BaseModel):
    """A value that is read otherwise than it stands in the sheet, masked; ``read`` is None where it can't be."""

    model_config = FROZEN
    row: int
    letter: str
    column: str
    element: str
    sent: str
    read: str | None


class FaultTried(BaseModel):
    """What is wrong in the sheet: where, what was expected, what to do. No values."""

    model_config = FROZEN
    sheet: str
    row: int | None
    letter: str
    column: str
    code: str
    expected: str
    advice: str


class FileTried(BaseModel):
    """What delivering a file would do. Nothing of it was kept; ``tried`` of its ``rows`` were looked at.

    ``left_out`` are the numbers of lines that are no data (totals, notes, repeated headers).
    """

    model_config = FROZEN
    feed: str
    file_name: str
    rows: int
    tried: int
    counts: RowsTried
    elements: list[ElementTried]
    changes: list[ValueTried]
    readings: list[ValueRead]
    reading_total: int
    faults: list[FaultTried]
    fault_total: int
    left_out: list[int]
    refused: list[RefusedColumn]
    sheet: SheetShown | None
    delivered_before: bool


class ReceiptRecord(BaseModel):
    """What became of a delivered file.

    A row that speaks of two persons counts twice in what follows. ``unlinked_rows`` found nobody so far and are tried again when later deliveries bring people in; ``repeated_rows`` speak of
    somebody whom an earlier row of the same file means; ``doubles``: persons known twice, as a row shows (people decide).
    """

    model_config = FROZEN
    uid: str
    feed: str
    file_name: str
    sha256: str
    received_at: datetime
    state: str
    rows: int
    bad_rows: int
    linked_rows: int
    unlinked_rows: int
    repeated_rows: int
    doubles: int
    new_persons: int
    unsure_pairs: int
    columns: list[str]
    refused_columns: list[RefusedColumn]
    again: bool


class DeliveryPage(BaseModel):
    """A page of deliveries."""

    model_config = FROZEN
    total: int
    items: list[ReceiptRecord]


class FieldWeight(BaseModel):
    """How much one field speaks for (positive) or against (negative) the pair: log2 of the Bayes factor."""

    model_config = FROZEN
    field: str
    level: str
    weight: float


class PairSide(BaseModel):
    """One side of a pair: the fields that agree are masked, those that differ are shown to decide by."""

    model_config = FROZEN
    source: str
    fields: dict[str, str | None]


class PairRecord(BaseModel):
    """A row (``part`` 2: its second person) and a person that may be the same."""

    model_config = FROZEN
    uid: str
    feed: str
    row: int
    part: int
    person: str
    probability: float
    veto: str
    weights: list[FieldWeight]
    state: str


class PairOpened(PairRecord):
    """The same with both sides to compare: opening it was recorded."""

    left: PairSide
    right: PairSide


class PairPage(BaseModel):
    """A page of pairs."""

    model_config = FROZEN
    total: int
    items: list[PairRecord]


class ReturnRecord(BaseModel):
    """A line of a return feed. A correction names the department's own row, what it ``said`` and what was found (``value``).

    ``source``: ``task`` or ``door`` (found by the grid, under ``task``), else the department whose word stands.
    """

    model_config = FROZEN
    uid: str
    kind: str
    at: datetime
    feed: str
    row: int | None
    part: int
    programme: str
    outcome: str
    element: str
    said: str | None
    value: str | None
    source: str
    task: str


class ReturnPage(BaseModel):
    """A page of a return feed."""

    model_config = FROZEN
    total: int
    items: list[ReturnRecord]


MappingProposal.model_rebuild()
FileTried.model_rebuild()
