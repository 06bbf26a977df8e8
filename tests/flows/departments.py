"""What a data officer and a department's clerk do with a town's files, over HTTP."""

import csv
import io
import random
from datetime import timedelta

import yaml

from wangge.platform.clock import clock


def mapping_of(town, department):
    """The mapping document beside a department's files."""
    path = town.folder / "files" / department / "mapping.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def departments_of(town):
    """Departments that send files; the public security register first."""
    names = sorted(path.parent.name for path in (town.folder / "files").glob("*/mapping.yaml"))
    return sorted(names, key=lambda name: name != "police")


def second_of(said):
    """Whom a row speaks of beside its first person, as the data officer confirms it."""
    second = said.get("second_person")
    return second and {name: second[name] for name in ("columns", "constants", "dwelling")}


def elements_of(said):
    """What a feed gives of anybody."""
    second = second_of(said) or {"columns": {}, "constants": {}}
    return sorted({*said["columns"].values(), *second["columns"].values(), *second["constants"]})


def named(content, name):
    """An upload."""
    buffer = io.BytesIO(content)
    buffer.name = name
    return buffer


def sent(town, department, number=0):
    """A department's file as it stands in the town; in towns other than the first a csv comes with its columns shuffled."""
    path = town.folder / "files" / department / mapping_of(town, department)["files"][number]["file"]
    if path.suffix == ".csv" and town.seed != 1:
        return shuffled(path, mapping_of(town, department)["header_row"], town.seed)
    return named(path.read_bytes(), path.name)


def shuffled(path, header_row, seed):
    """The same csv with its columns in another order."""
    lines = list(csv.reader(io.StringIO(path.read_bytes().decode("gb18030"))))
    width = len(lines[header_row - 1])
    order = random.Random(seed).sample(range(width), width)
    out = io.StringIO()
    for number, line in enumerate(lines, 1):
        whole = number >= header_row and len(line) == width
        csv.writer(out, lineterminator="\r\n").writerow([line[i] for i in order] if whole else line)
    return named(out.getvalue().encode("gb18030"), path.name)


def open_feed(town, department, *, back=True):
    """The data officer agrees with the department, opens the feed and confirms what its columns hold.

    ``back``: of the same elements the department hears corrections.
    """
    officer, said = town.at("data_officer"), mapping_of(town, department)
    today = clock.today()
    terms = {
        "department": department, "document": "共享协议", "elements": elements_of(said),
        "from_on": today.isoformat(), "to_on": (today + timedelta(days=365)).isoformat(),
    }  # fmt: skip
    agreement = officer.post("hub/agreements", {**terms, "direction": "in", "purpose": "base_register"})[
        "uid"
    ]
    if back:
        officer.post("hub/agreements", {**terms, "direction": "out", "purpose": "return_feed"})
    complete = said.get("absence_means_no")
    nothing = {complete: "0" if complete == "insured_year" else "no"} if complete else {}
    officer.post("hub/feeds", {"code": department, "agreement": agreement, "name_zh": department, "name_en": department,
                               "makes_persons": True, "absent": nothing})  # fmt: skip
    columns = said["columns"] | dict.fromkeys(said["not_taken"], "")
    officer.post(
        f"hub/feeds/{department}/mapping",
        {"columns": columns, "values": said["values"], "second": second_of(said)},
    )
    return agreement


def deliver(town, department, number=0, expect=200):
    """The department's clerk delivers, and the job worker does what follows."""
    clerk = town.at("department_clerk", department=department)
    receipt = clerk.post(
        f"hub/feeds/{department}/deliveries", files={"file": sent(town, department, number)}, expect=expect
    )
    town.work()
    return receipt
