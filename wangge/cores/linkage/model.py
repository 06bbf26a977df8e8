"""Linkage's model: how often each level of agreement is seen for one person, for kin and for strangers.

Fellegi and Sunter (1969) with a third class. Two records of one household agree in surname, dwelling and
telephone without being the same person; against strangers alone such a pair looks like a match. So each
level has three probabilities: ``same`` (one person), ``kin`` (two people of one household), ``stranger``.
Levels with a ``frequency`` weigh rare values more than common ones (张伟 says less than 令狐冲).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from wangge.cores.linkage import field_comparison, id_comparison, name_comparison
from wangge.cores.linkage.errors import LinkageError

LEVELS: Mapping[str, tuple[str, ...]] = {
    "name": name_comparison.LEVELS,
    "id_number": id_comparison.LEVELS,
    "birth_date": field_comparison.BIRTH_LEVELS,
    "sex": field_comparison.SEX_LEVELS,
    "phone": field_comparison.PHONE_LEVELS,
    "place": field_comparison.PLACE_LEVELS,
}


@dataclass(frozen=True, slots=True)
class Level:
    """Chances of a level among pairs of one person, of kin, and of strangers; all above 0.

    ``by_frequency``: for strangers the chance is the share of people who have the very value; ``stranger``
    is then what a population not seen yet would show.
    """

    same: float
    kin: float
    stranger: float
    by_frequency: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model.

    ``fields``: field → level → Level. ``coverage``: share of records whose person is golden already.
    ``population``: the least number of people to think of, so that two equal names in a small table do not
    look like proof. ``household``: others expected in a person's household. ``merge_above`` and
    ``part_below``: probabilities beyond which no person is asked.
    """

    name: str
    version: str
    trained_on: str
    coverage: float
    population: int
    household: float
    merge_above: float
    part_below: float
    fields: Mapping[str, Mapping[str, Level]]

    def with_fields(self, fields: Mapping[str, Mapping[str, Level]], trained_on: str) -> Model:
        """The same model with other chances."""
        return replace(self, fields=fields, trained_on=trained_on)

    def save(self, path: Path) -> None:
        """Write as JSON, one level a line, fit to be read and compared by people."""
        path.write_text(_as_json(self), encoding="utf-8")


def read_model(text: str) -> Model:
    """A model from its JSON. Raises LinkageError when a field or level is missing or a chance is not in (0, 1]."""
    try:
        raw = json.loads(text)
        fields = {f: {n: Level(**v) for n, v in levels.items()} for f, levels in raw.pop("fields").items()}
        model = Model(fields=fields, **raw)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LinkageError("model_unreadable", f"the model cannot be read: {error}") from error
    for field, levels in LEVELS.items():
        missing = set(levels[1:]) - set(fields.get(field, {}))
        if missing:
            raise LinkageError("model_incomplete", f"the model lacks {field}: {sorted(missing)}", field=field)
    chances = (c for f in fields.values() for v in f.values() for c in (v.same, v.kin, v.stranger))
    if not all(0 < chance <= 1 for chance in chances):
        raise LinkageError("model_chances", "the model has chances that are not above 0 and at most 1")
    return model


def load_model(path: Path) -> Model:
    """A model from a file (see ``read_model``)."""
    return read_model(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def chinese() -> Model:
    """The model that ships with the product, for people of Chinese registers."""
    return read_model(resources.files(__package__).joinpath("models/chinese.json").read_text("utf-8"))


def _as_json(model: Model) -> str:
    head: dict[str, Any] = {f: getattr(model, f) for f in Model.__slots__ if f != "fields"}
    lines = [f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}," for k, v in head.items()]
    blocks = []
    for field, levels in model.fields.items():
        rows = [f"      {json.dumps(name)}: {json.dumps(asdict(level))}" for name, level in levels.items()]
        blocks.append(f"    {json.dumps(field)}: {{\n" + ",\n".join(rows) + "\n    }")
    return "{\n" + "\n".join(lines) + '\n  "fields": {\n' + ",\n".join(blocks) + "\n  }\n}\n"
