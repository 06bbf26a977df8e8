"""What a request costs the serving process in processor time, beside a plain Django view and one of Django REST framework.

The house is served as ``wangge serve`` serves it; the peers (``benchmarks/peers``) by the same server on the same database under
Django's own middleware. One granian worker each. Of every act each side first answers a batch that isn't counted; then batches
take turns (house, Django, DRF, house, …). A batch's cost is the worker's processor time, user and system, before and after
it, by the number of its requests. Before anything is measured the sides' answers are held against each other: the same rows.

Usage: ./run bench requests [--folder DEMO] [--rounds N] [--only ACT …] [--database postgresql]. It is measured on a copy.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from benchmarks._worker import HOUSE, Ask, Served, command, served

PEERS = "benchmarks.peers.settings"
SIDES = ("house", "django", "drf")
CLERK, WORKER = "dispatcher_1", "grid_worker_1"
Asks = Callable[[int], Ask]
"""The n-th request: no two writes are the same one."""


@dataclass(frozen=True)
class Act:
    """What is asked of each side, and how many requests make a batch."""

    name: str
    batch: int
    asks: dict[str, Asks]


@dataclass(frozen=True)
class Town:
    """What the acts ask about: who asks, and what stands in the demo."""

    clerk: dict[str, str]
    worker: dict[str, str]
    grid: str
    now: str
    cases: list[str]
    people: list[str]
    spots: list[dict[str, object]]
    classes: list[str]

    def spot(self, n: int) -> dict[str, object]:
        """A report: another class at another building each time, so that nothing piles up at one place."""
        cycle, place = divmod(n, len(self.spots))
        at = self.spots[place]
        return {
            "class_code": self.classes[(place + cycle) % len(self.classes)], "lon": at["lon"], "lat": at["lat"],
            "address": f"{at['address']}旁", "description": "路边有人乱倒垃圾，一直没有人清理",
        }  # fmt: skip


def run(arguments: list[str]) -> dict[str, object]:
    """Milliseconds of processor time a request by act and side (median, quartiles), and how many times each peer's."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as base, ExitStack() as standing:
        home = Path(base) / "home"
        shutil.copytree(options.folder, home)
        if options.database == "postgresql":
            standing.enter_context(_moved(home))
        house = standing.enter_context(served(home, HOUSE, Path(base) / "house.log"))
        peers = standing.enter_context(served(home, PEERS, Path(base) / "peers.log"))
        servers = {"house": house, "django": peers, "drf": peers}
        town = look_around(house)
        _agree(servers, town)
        acts = [one for one in acts_of(town) if not options.only or one.name in options.only]
        return {
            "demo": json.loads((home / "demo.json").read_text(encoding="utf-8"))["size"],
            "database": options.database, "rounds": options.rounds, "unit": "ms of processor time a request",
            "acts": {one.name: _measured(one, servers, options.rounds) for one in acts},
        }  # fmt: skip


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench requests")
    parser.add_argument("--folder", default="demo", type=Path)
    parser.add_argument("--rounds", default=9, type=int)
    parser.add_argument("--only", nargs="+", default=[], metavar="ACT")
    parser.add_argument("--database", default="sqlite", choices=("sqlite", "postgresql"))
    options = parser.parse_args(arguments)
    if not (options.folder / "demo.json").exists():
        raise SystemExit(
            f"No demo stands in {options.folder}. Type:  ./run demo --check --folder {options.folder}"
        )
    return options


@contextmanager
def _moved(home: Path) -> Iterator[None]:
    """The copy on a PostgreSQL of its own."""
    from tools.postgres import cluster

    with cluster() as address:
        command(home, "move-data", "--folder", str(home), "--to", address)
        yield


def look_around(house: Served) -> Town:
    """What the acts need to know of the demo, asked of the house."""
    clerk, worker = house.sign_in(CLERK), house.sign_in(WORKER)

    def ask(path: str, who: dict[str, str]) -> dict:
        return json.loads(house.answer(Ask("GET", f"/api/{path}", None, who)))

    duties = [one for one in ask("access/me", worker)["grants"] if one["role"] == "grid_worker"]
    grid = duties[0]["area"]
    offsets = range(0, ask("areas/buildings?limit=1", clerk)["total"], 200)
    pages = [ask(f"areas/buildings?limit=200&offset={start}", clerk)["items"] for start in offsets]
    return Town(
        clerk=clerk, worker=worker, grid=grid, now=ask("city/now", {})["now"],
        cases=[one["uid"] for one in ask("cases/?state=closed&limit=50", clerk)["items"]],
        people=[one["uid"] for one in ask(f"field/bundle/{grid}", worker)["held"]["people"]],
        spots=list(itertools.chain(*pages)),
        classes=[one["code"] for one in ask("cases/classes", clerk) if not any(r["photo_required"] for r in one["rules"])],
    )  # fmt: skip


def acts_of(town: Town) -> list[Act]:
    """Reads first: what is written later can't change what they read."""
    clerk, worker = town.clerk, town.worker
    return [
        _reads("list of 50 cases", 30, clerk, lambda n: ("cases/?state=closed&limit=50", "cases/")),
        _reads("detail of a case", 40, clerk, lambda n: (f"cases/{town.cases[n % 50]}",) * 2),
        _reads("point lookup", 150, {}, lambda n: (f"{'areas/'}{_point(town, n)}", _point(town, n))),
        _reads(
            "bundle of a grid", 4, worker, lambda n: (f"field/bundle/{town.grid}", f"bundle/{town.grid}")
        ),
        Act("outbox of 10 envelopes", 12, {
            "house": lambda n: _post("/api/field/outbox", envelopes(town, n), worker),
            **{side: _peer_write(side, "outbox", worker, lambda n: envelopes(town, n)) for side in PREFIX},
        }),
        Act("case create", 30, {
            "house": lambda n: _post("/api/cases/report", {**town.spot(n), "phone": f"139{n:08}"}, _visitor()),
            **{side: _peer_write(side, "report", clerk, town.spot) for side in PREFIX},
        }),
    ]  # fmt: skip


PREFIX = {"django": "plain", "drf": "drf"}


def _reads(name: str, batch: int, who: dict[str, str], paths: Callable[[int], tuple[str, str]]) -> Act:
    """``paths`` gives the house's and the peers' path of the n-th request."""
    return Act(name, batch, {
        "house": lambda n: Ask("GET", f"/api/{paths(n)[0]}", None, who),
        "django": lambda n: Ask("GET", f"/plain/{paths(n)[1]}", None, who),
        "drf": lambda n: Ask("GET", f"/drf/{paths(n)[1]}", None, who),
    })  # fmt: skip


def _peer_write(side: str, path: str, who: dict[str, str], body: Callable[[int], object]) -> Asks:
    return lambda n: _post(f"/{PREFIX[side]}/{path}", body(n), who)


def _post(path: str, body: object, who: dict[str, str]) -> Ask:
    return Ask("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json", **who})


def _visitor() -> dict[str, str]:
    """Somebody without an account who may have to send it again."""
    return {"Idempotency-Key": uuid4().hex, "X-Visitor": uuid4().hex}


def _point(town: Town, n: int) -> str:
    at = town.spots[n % len(town.spots)]
    return f"at?lon={at['lon']}&lat={at['lat']}"


def envelopes(town: Town, n: int) -> dict[str, object]:
    """Ten things of a round: five people opened, three telephones as they were told, two reports."""
    who = [town.people[(n * 8 + one) % len(town.people)] for one in range(8)]
    looks = [{"kind": "look", "person": one, "elements": ["name", "phone"]} for one in who[:5]]
    told = [
        {"kind": "observation", "person": one, "element": "phone", "value": f"138{n:05}{k:03}"}
        for k, one in enumerate(who[5:])
    ]
    reports = [{"kind": "report", **town.spot(n * 2 + k)} for k in range(2)]
    return {
        "envelopes": [
            {"uid": str(uuid4()), "seq": n * 10 + k, "at": town.now, "body": body}
            for k, body in enumerate([*looks, *told, *reports])
        ]
    }


def _agree(servers: dict[str, Served], town: Town) -> None:
    """Each side answers with the same rows. Raises ``RuntimeError`` where one doesn't: then nothing is compared."""
    for act in acts_of(town):
        said = {side: json.loads(servers[side].answer(ask(0))) for side, ask in act.asks.items()}
        rows = {side: rows_of(act.name, one) for side, one in said.items()}
        if not rows["house"] or any(one != rows["house"] for one in rows.values()):
            raise RuntimeError(
                f"{act.name}: the sides don't answer the same: { {s: len(r) for s, r in rows.items()} }"
            )


def rows_of(name: str, said: dict) -> set[object]:
    """What the sides' answers to an act must have in common: ids of rows, by the word each side has for them."""
    if name == "list of 50 cases":
        items = said.get("items") or said["results"]
        return {said["total"] if "total" in said else said["count"], *(one["uid"] for one in items)}
    if name == "bundle of a grid":
        held = said.get("held", said)
        parts = [*(held[part] for part in ("dwellings", "households", "people")), said["todos"]]
        return {one["uid"] for part in parts for one in part} | {len(held["relations"])}
    if name == "point lookup":
        return {said["grid"], said["community"]}
    if name == "outbox of 10 envelopes":
        return {f"{n}: {one['state']}" for n, one in enumerate(said["receipts"])}
    if name == "case create":
        return {bool(UUID(said["uid"])), bool(said["number"])}
    return {said["uid"], said["number"], said["state"]}


def _measured(act: Act, servers: dict[str, Served], rounds: int) -> dict[str, object]:
    numbers = {side: itertools.count(1) for side in SIDES}
    sizes = {}
    for side in SIDES:
        _, sizes[side] = _batch(servers[side], act, side, numbers[side])
    found: dict[str, list[float]] = {side: [] for side in SIDES}
    for _ in range(rounds):
        for side in SIDES:
            found[side].append(_batch(servers[side], act, side, numbers[side])[0])
    costs = {side: summary(found[side]) for side in SIDES}
    return {
        "batch": act.batch,
        **{side: {**costs[side], "bytes": sizes[side]} for side in SIDES},
        **{
            f"of_{side}": round(costs["house"]["median"] / costs[side]["median"], 2) for side in ("django", "drf")
        },
    }  # fmt: skip


def _batch(server: Served, act: Act, side: str, numbers: Iterator[int]) -> tuple[float, int]:
    """Milliseconds a request, and the bytes of the last answer. The requests are made before the clock is read."""
    asks = [act.asks[side](next(numbers)) for _ in range(act.batch)]
    began = server.cpu_s()
    for ask in asks:
        said = server.answer(ask)
    return (server.cpu_s() - began) * 1000 / act.batch, len(said)


def summary(batches: list[float]) -> dict[str, float]:
    """Median and quartiles."""
    low, middle, high = statistics.quantiles(batches, n=4, method="inclusive")
    return {"median": round(middle, 3), "q1": round(low, 3), "q3": round(high, 3)}
