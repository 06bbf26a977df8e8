"""Makes ``wangge/cores/linkage/models/chinese.json`` anew: ``python tests/unit/cores/linkage/retrain.py``.

Starts from ``judged.json`` and moves it towards made-up towns of three kinds of carelessness, each lesson
leaning on the judgement by itself, then averaged: what a made-up town never shows keeps its judged chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path

from linkage_people import Errors, make_town

from wangge.cores.linkage import model as models
from wangge.cores.linkage.training import train

FOLDER = Path(models.__file__).parent / "models"
CARE = (0.5, 1.0, 3.0)
DEPARTMENTS = ("health", "civil_affairs", "education")
LEAN = 3_000.0


def lessons(judged: models.Model) -> Iterator[models.Model]:
    """One model a town and department; the seeds are used by no test."""
    for seed, care in enumerate(CARE, start=9_001):
        town = make_town(seed, 3_000, Errors(*(chance * care for chance in astuple(Errors()))))
        police = town.batches["police"]
        golden = police.rename_columns(["person", *police.column_names[1:]])
        person = {town.truth[record]: record for record in golden["person"].to_pylist()}
        for department in DEPARTMENTS:
            records = town.batches[department]
            truth = {r: person.get(town.truth[r], "") for r in records["record"].to_pylist()}
            yield train(records, golden, truth=truth, model=judged, lean=LEAN)


def mean(levels: list[models.Level]) -> models.Level:
    """The chances of several lessons averaged, to four digits that matter."""
    chances = [[level.same, level.kin, level.stranger] for level in levels]
    averages = [float(f"{sum(column) / len(levels):.4g}") for column in zip(*chances, strict=True)]
    return models.Level(*averages, by_frequency=levels[0].by_frequency)


def main() -> None:
    judged = models.load_model(FOLDER / "judged.json")
    learnt = list(lessons(judged))
    fields = {f: {n: mean([m.fields[f][n] for m in learnt]) for n in judged.fields[f]} for f in judged.fields}
    model = replace(
        judged,
        name="chinese",
        trained_on="judged.json and made-up towns: 3 error rates × health, civil affairs, education",
        fields=fields,
    )
    model.save(FOLDER / "chinese.json")


if __name__ == "__main__":
    main()
