"""Standardising: what was sent becomes registered elements; what can't be read goes back to the department, row by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from wangge.cores.linkage.normalise import normalise_id, normalise_name, normalise_phone
from wangge.cores.messages.said import packed, said
from wangge.cores.tables import parsing
from wangge.ground.registry.parts import line_of
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements import registry
from wangge.platform.elements.registry import Element
from wangge.platform.stores.batches import read_batch, write_batch
from wangge.platform.stores.records import BatchFile
from wangge.work.hub.models import Delivery, RowFault
from wangge.work.hub.receiving import DAMAGED, RAW, ROW, sent_as

EARLIEST = date(1900, 1, 1)
FAULTS_AT_ONCE = 500
TENURE = "tenure"
"""The element that an agreement must name before anybody's relation to a dwelling is taken from a file."""
RELATION, RELATED = f"{RAW}relation", f"{RAW}related"
"""Columns of the standard batch: a relation, and the address of the dwelling that it is to. No elements."""


def standardise(*, delivery: str, by: Actor) -> None:
    """Make the standard batch of a delivery and list its faults. Run again, it does nothing.

    A value that can't be read is left empty and named; the rest of its row stands. A row without a name is left out.
    """
    row = Delivery.objects.select_related("feed__agreement").get(uid=delivery)
    if row.state != "received":
        return
    table, faults = of_both(row, read_batch(BatchFile(**row.raw)))
    batch = write_batch(f"{row.feed.code}-standard", table.schema, table.to_batches(max_chunksize=65_536))
    RowFault.objects.filter(delivery=row).delete()
    for start in range(0, len(faults), FAULTS_AT_ONCE):
        RowFault.objects.bulk_create(
            RowFault(delivery=row, **fault) for fault in faults[start : start + FAULTS_AT_ONCE]
        )
    with transaction.atomic():
        moved = Delivery.objects.filter(pk=row.pk, state="received").update(
            state="standardised",
            standard=batch.model_dump(mode="json"),
            bad_rows=len({fault["row"] for fault in faults}),
        )
        if moved:
            trail.record(
                by=by,
                verb="hub.standardise",
                object_kind="delivery",
                object_id=delivery,
                details={"rows": table.num_rows, "faults": len(faults)},
            )


def of_both(row: Delivery, raw: pa.Table) -> tuple[pa.Table, list[dict[str, object]]]:
    """The lines of a delivery: one a row, and one more for each row that names a second person (see ``registry.parts``)."""
    feed, covered = row.feed, set(row.feed.agreement.elements)
    columns = {
        part: {e: c for c, e in row.columns.items() if (c in row.second_columns) == (part == 2)}
        for part in (1, 2)
    }
    words = {
        part: dict(feed.mapping.filter(part=part).exclude(values={}).values_list("element", "values"))
        for part in (1, 2)
    }
    about = _relations(row, raw)
    lines, faults = standard(raw, columns[1], words[1], about=about.get(1, {}))
    if "name" in columns[2]:
        named = pc.fill_null(
            pc.not_equal(pc.utf8_trim_whitespace(raw.column(sent_as("name", second=True))), ""), False
        )
        constants = {e: v for e, v in feed.second.get("constants", {}).items() if e in covered}
        about2 = {name: column.filter(named) for name, column in about.get(2, {}).items()}
        more, others = standard(
            raw.filter(named), columns[2], words[2], part=2, constants=constants, about=about2
        )
        lines, faults = pa.concat_tables([lines, more], promote_options="default"), faults + others
    return lines, _damaged(raw) + faults


def _damaged(raw: pa.Table) -> list[dict[str, object]]:
    """What the reader of the file couldn't take as it stood: the box is empty, and the department hears why."""
    if DAMAGED not in raw.column_names:
        return []
    there = raw.filter(pc.is_valid(raw.column(DAMAGED)))
    return [
        {"row": row, "column": column[:120], "code": code, "expected": expected, "advice": advice}
        for row, said in zip(there.column(ROW).to_pylist(), there.column(DAMAGED).to_pylist(), strict=True)
        for column, code, expected, advice in json.loads(said)
    ]


def _relations(row: Delivery, raw: pa.Table) -> dict[int, dict[str, pa.ChunkedArray]]:
    """By part: which relation to which dwelling a row says its person has; nothing where the agreement doesn't cover it.

    The address is kept as it was sent: it is looked up when the lines are linked.
    """
    second = row.feed.second
    column = second.get("dwelling", "")
    if column not in row.columns or TENURE not in row.feed.agreement.elements:
        return {}
    address = raw.column(sent_as(row.columns[column], second=column in row.second_columns)).cast(pa.string())
    return {
        part: {
            RELATED: address,
            RELATION: pa.chunked_array([pa.array([second[name]] * raw.num_rows, pa.string())]),
        }
        for part, name in ((1, "first"), (2, "second"))
    }


def standard(
    raw: pa.Table,
    columns: Mapping[str, str],
    words: Mapping[str, Mapping[str, str]] | None = None,
    *,
    part: int = 1,
    constants: Mapping[str, str] | None = None,
    about: Mapping[str, pa.ChunkedArray] | None = None,
) -> tuple[pa.Table, list[dict[str, object]]]:
    """Typed text of every element (ISO dates, codes of choices), and the faults found, their words packed.

    ``raw`` has ``row`` and one ``raw:<element>`` column a sent column; ``columns`` names the sent column of each element;
    ``words`` are the department's own words for an element's values. Of ``part`` 2 the sent columns are those of the row's
    second person; ``constants`` are elements that everybody of it has, ``about`` columns that go along.
    The result has ``row`` (the line: see ``registry.parts``), each element's code, and ``raw:id_number``: a number that fails its check digit is no fact, but
    it still helps to find the person.
    """
    rows = raw.column(ROW).to_pylist()
    made: dict[str, list[str | None]] = {}
    faults: list[dict[str, object]] = []
    for element_code, column in columns.items():
        element = registry.element(element_code)
        sent = raw.column(sent_as(element_code, second=part == 2)).to_pylist()
        known = (words or {}).get(element_code, {})
        sent = [known.get(text.strip(), text) if text else text for text in sent]
        made[element_code] = _column(element, column, rows, sent, faults)
        if element_code == "id_number":
            made[f"{RAW}id_number"] = sent
    named = [index for index, name in enumerate(made["name"]) if name]
    faults += [
        _fault(
            rows[i],
            columns["name"],
            "no_name",
            said("a name"),
            said("Fill the name in; the row was left out."),
        )
        for i in range(len(rows))
        if not made["name"][i]
    ]
    made |= {code: [value] * len(rows) for code, value in (constants or {}).items()}
    lines = pa.array([line_of(row, part) for row in rows], pa.int32())
    table = pa.table({ROW: lines, **{code: _typed(code, made[code]) for code in made}, **(about or {})})
    return table.take(pa.array(named, pa.int64())), faults


def _typed(code: str, values: list[str | None]) -> pa.Array:
    """The values in the type that facts have: dates, whole numbers and yes/no as such, all else as text."""
    kind = "text" if code.startswith(RAW) else registry.element(code).kind
    if kind == "date":
        return pa.array([value and date.fromisoformat(value) for value in values], pa.date32())
    if kind == "whole":
        return pa.array([None if value is None else int(value) for value in values], pa.int64())
    if kind == "yes_no":
        return pa.array([None if value is None else value == "yes" for value in values], pa.bool_())
    return pa.array(values, pa.string())


def _column(
    element: Element,
    column: str,
    rows: list[int],
    sent: Iterable[str | None],
    faults: list[dict[str, object]],
) -> list[str | None]:
    read = reader_of(element)
    known: dict[str, str | parsing.Unreadable | None] = {}
    values: list[str | None] = []
    for row, text in zip(rows, sent, strict=True):
        if not text:
            values.append(None)
            continue
        if text not in known:
            known[text] = _attempt(read, text)
        value = known[text]
        if isinstance(value, parsing.Unreadable):
            faults.append(_fault(row, column, value.code, value.expected, value.advice))
            value = None
        values.append(value)
    return values


def _attempt(read: Callable[[str], str | None], text: str) -> str | parsing.Unreadable | None:
    try:
        return read(text)
    except parsing.Unreadable as error:
        return error


def _fault(row: int, column: str, code: str, expected: str, advice: str) -> dict[str, object]:
    return {
        "row": row,
        "column": column[:120],
        "code": code,
        "expected": packed(expected, 200),
        "advice": packed(advice, 300),
    }


def reader_of(element: Element) -> Callable[[str], str | None]:
    """The reader of an element's values: text in, standard text out, ``Unreadable`` where it can't be."""
    special = {
        "name": _name,
        "guardian_name": _name,
        "id_number": _id_number,
        "phone": _phone,
        "guardian_phone": _phone,
    }
    if element.code in special:
        return special[element.code]
    if element.kind == "date":
        return _past_date if element.code in ("birth_date", "death_date", "checkup_date") else _any_date
    if element.kind == "whole":
        return lambda text: str(parsing.between(parsing.whole_number, 0, 9999)(text.rstrip("级年")))
    if element.kind == "yes_no":
        return lambda text: "yes" if parsing.yes_no(text) else "no"
    if element.kind == "choice":
        words = {word: code for code, zh, en in element.choices for word in (code, zh, en)}
        words |= {f"{zh}性": code for code, zh, _en in element.choices if len(zh) == 1}  # 男性, 女性
        return parsing.choice(words)
    return lambda text: " ".join(text.split())


def _name(text: str) -> str | None:
    return normalise_name(text) or None


def _id_number(text: str) -> str | None:
    number = normalise_id(text)
    if number is None or not number.value:
        return None
    if not number.valid:
        raise parsing.Unreadable(
            "id_check_failed",
            said("a number whose check digit is right (GB 11643)"),
            said("Compare it with the document and send it again."),
        )
    return number.value


def _phone(text: str) -> str | None:
    numbers = normalise_phone(text)
    if not numbers:
        raise parsing.Unreadable(
            "no_phone", said("a telephone number"), said("Enter the number with its area code.")
        )
    return numbers[0]


def _any_date(text: str) -> str | None:
    return parsing.date(text).isoformat()


def _past_date(text: str) -> str | None:
    day = parsing.date(text)
    if not EARLIEST <= day <= clock.today():
        raise parsing.Unreadable(
            "date_out_of_range",
            said("a date between %(first)s and today", first=EARLIEST),
            said("Correct the date."),
        )
    return day.isoformat()
