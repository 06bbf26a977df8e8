"""The kernels against plain readings of what they compute."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planner_cities import city

from wangge.cores.planner.kernels.bench import bench_for
from wangge.cores.planner.kernels.chance import state_for, uniform
from wangge.cores.planner.kernels.compiled import cache_folder, entrance
from wangge.cores.planner.kernels.cuts import choose_cuts
from wangge.cores.planner.kernels.draft import blank_draft, cost_now, put, take_number
from wangge.cores.planner.kernels.ground import HOUSEHOLDS, SQUARES, WEIGHT, Terms, X, Y, range_cost
from wangge.cores.planner.kernels.optimum import best_parts, cap_of
from wangge.cores.planner.kernels.recombine import cost_of_parts, gather, settle_parts
from wangge.cores.planner.kernels.trees import grow_tree
from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.pieces import pieces


@entrance
def draw(chance, numbers):
    for i in range(len(numbers)):
        numbers[i] = uniform(chance)


@entrance
def cut(piece, draft, bench, chance, terms, sizes):
    """One grid of everything, a tree over it, the tree cut at least cost: n, parts, what the kernels say they cost."""
    first = take_number(draft)
    for u in range(len(draft.seats)):
        put(piece, draft, u, first)
    count, _ = gather(piece, draft, bench, chance, 0, 1)
    n = grow_tree(piece, bench, chance, count, draft.counts[1], 2.0)
    parts = best_parts(piece, bench, n, terms)
    told = cost_of_parts(piece, draft, bench, n, parts, terms)
    settle_parts(piece, draft, bench, n, 1, parts, terms)
    kept = 0.0
    for part in range(parts):
        kept += cost_now(piece, terms, draft, bench.grids[part])
    for size in range(len(sizes)):
        sizes[size] = range_cost(terms, size)
    return n, parts, told, kept


def cut_city(seed: int, buildings: int, most: int, low: int, high: int):
    units = city(seed, buildings, most=most, size_m=400)
    (one,) = pieces(units, neighbours(units))
    terms = Terms(low, high, (low + high) / 2, 0.5, 0.0, 5.0, 0.02, 0.3, 4000.0)
    draft, bench = blank_draft(buildings), bench_for(buildings, len(one.piece.edges), cap_of(low, high))
    sizes = np.zeros(4 * cap_of(low, high) + buildings * most)
    n, parts, told, kept = cut(one.piece, draft, bench, state_for(seed, "test"), terms, sizes)
    return one, terms, draft, bench, sizes, n, parts, told, kept


def plain_cost(one, terms, tree) -> float:
    """Everyone's way to the middle of their part, and what its size costs; read from the units, not from sums."""
    cost = 0.0
    for part in set(tree["part"]):
        units = tree["unit"][tree["part"] == part]
        weight, x, y = (one.piece.sums[units, column] for column in (WEIGHT, X, Y))
        x, y = x / weight, y / weight
        east, north = x - np.average(x, weights=weight), y - np.average(y, weights=weight)
        cost += float(weight @ np.hypot(east, north)) / terms.walk
        cost += size_cost(terms, int(one.piece.sums[units, HOUSEHOLDS].sum()))
    return cost


def size_cost(terms, size: int) -> float:
    beyond = max(terms.low - size, size - terms.high)
    if beyond > 0:
        return terms.worker + terms.balance + terms.outside + terms.beyond * beyond
    off = (size - terms.target) / ((terms.high - terms.low) / 2 + 1)
    return terms.worker + terms.balance * off**2


@entrance
def cut_twice(piece, draft, bench, chance, terms):
    """One grid of everything, a tree over it, cut at no edge, at one or at two."""
    first = take_number(draft)
    for u in range(len(draft.seats)):
        put(piece, draft, u, first)
    count, _ = gather(piece, draft, bench, chance, 0, 1)
    n = grow_tree(piece, bench, chance, count, draft.counts[1], 2.0)
    return n, choose_cuts(piece, bench, n, draft.counts[1], terms)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), buildings=st.integers(1, 24), most=st.sampled_from([20, 60, 150]))
def test_one_or_two_cuts_are_the_cheapest_there_are(seed, buildings, most):
    units = city(seed, buildings, most=most, size_m=400)
    (one,) = pieces(units, neighbours(units))
    terms = Terms(300, 500, 400.0, 0.5, 0.0, 5.0, 0.02, 0.3, 4000.0)
    draft, bench = blank_draft(buildings), bench_for(buildings, len(one.piece.edges), cap_of(300, 500))
    n, parts = cut_twice(one.piece, draft, bench, state_for(seed, "test"), terms)
    tree = bench.tree[:n]
    households = one.piece.sums[tree["unit"], HOUSEHOLDS]

    def cost(cuts: tuple[int, ...]) -> float:
        part = np.zeros(n, int)
        for i in range(1, n):
            part[i] = i if i in cuts else part[tree["parent"][i]]
        total = 0.0
        for p in set(part):
            size = int(households[part == p].sum())
            if len(cuts) == 2 and not terms.low <= size <= terms.high:
                return np.inf
            weight, x, y, squares = (
                one.piece.sums[tree["unit"][part == p], column].sum() for column in (WEIGHT, X, Y, SQUARES)
            )
            total += np.sqrt(max(squares * weight - x * x - y * y, 0.0)) / terms.walk + size_cost(terms, size)
        return total

    chosen = tuple(i for i in range(1, n) if tree["part"][i] != tree["part"][tree["parent"][i]])
    assert len(chosen) == parts - 1
    every = [cuts for count in range(3) for cuts in combinations(range(1, n), count)]
    assert cost(chosen) == pytest.approx(min(map(cost, every)), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    buildings=st.integers(1, 9),
    most=st.sampled_from([8, 30, 70]),
    band=st.sampled_from([(30, 50), (1, 20), (40, 40)]),
)
def test_a_tree_is_cut_at_least_cost(seed, buildings, most, band):
    low, high = band
    one, terms, _, bench, sizes, n, parts, _, _ = cut_city(seed, buildings, most, low, high)
    assert n == buildings
    households = [min(int(one.piece.sums[bench.tree[i]["unit"], HOUSEHOLDS]), high + 1) for i in range(n)]

    def cost(cuts: tuple[bool, ...]) -> float:
        under, total = list(households), 0.0
        for i in range(n - 1, -1, -1):
            if under[i] > cap_of(low, high):
                return np.inf
            if i and not cuts[i - 1]:
                carried = min(under[i], max(terms.target - under[i], 0.2 * terms.target))
                total += bench.tree[i]["length"] * carried / terms.walk
                under[bench.tree[i]["parent"]] += under[i]
            else:
                total += sizes[under[i]]
        return total

    chosen = tuple(bench.tree[i]["part"] != bench.tree[bench.tree[i]["parent"]]["part"] for i in range(1, n))
    assert sum(chosen) == parts - 1
    assert cost(chosen) == pytest.approx(min(map(cost, product((False, True), repeat=n - 1))))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), buildings=st.integers(2, 60))
def test_a_tree_spans_its_group_and_sums_are_kept(seed, buildings):
    one, terms, draft, bench, _, n, parts, told, kept = cut_city(seed, buildings, 60, 300, 500)
    tree = bench.tree[:n]
    assert sorted(tree["unit"]) == list(range(buildings))
    assert all(tree["parent"][i] < i for i in range(1, n))
    near = {
        (u, int(e["near"]))
        for u in range(n)
        for e in one.piece.edges[one.piece.start[u] : one.piece.start[u + 1]]
    }
    assert all((tree["unit"][tree["parent"][i]], tree["unit"][i]) in near for i in range(1, n))
    # Preorder: each subtree is one run of numbers.
    assert sorted(tree["first"]) == list(range(n))
    assert all(tree["first"][tree["parent"][i]] < tree["first"][i] for i in range(1, n))
    assert all(
        tree["first"][i] + tree["size"][i]
        <= tree["first"][tree["parent"][i]] + tree["size"][tree["parent"][i]]
        for i in range(1, n)
    )
    assert told == pytest.approx(kept)
    assert told == pytest.approx(plain_cost(one, terms, bench.tree[:n]))
    for part in range(parts):
        grid = bench.grids[part]
        mine = draft.seats["grid"] == grid
        assert draft.grids[grid]["units"] == mine.sum()
        assert np.allclose(draft.sums[grid], one.piece.sums[mine].sum(axis=0), atol=1e-6)


def test_chance_is_even_and_its_own():
    numbers = np.empty(20_000)
    draw(state_for(1, "a"), numbers)
    assert numbers.min() >= 0
    assert numbers.max() < 1
    assert np.histogram(numbers, 10, (0, 1))[0].min() > 1800
    again, other = np.empty(5), np.empty(5)
    draw(state_for(1, "a"), again)
    draw(state_for(1, "b"), other)
    assert (again == numbers[:5]).all()
    assert (other != numbers[:5]).all()


def test_kernels_are_kept_where_the_installation_says(tmp_path, monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path / "home"))
    folder = cache_folder()
    assert folder.parent == tmp_path / "home" / "numba"
    assert folder.is_dir()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kernels"))
    assert cache_folder() == tmp_path / "kernels" / folder.name
    # Where nothing can be written, a private folder of this process.
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    private = cache_folder()
    assert private.is_dir()
    assert private.stat().st_mode & 0o077 == 0


def test_the_planner_imports_where_no_home_can_be_written(tmp_path):
    (tmp_path / "file").write_text("no folder")
    env = {**os.environ, "WANGGE_HOME": str(tmp_path / "file"), "TMPDIR": str(tmp_path)}
    env.pop("NUMBA_CACHE_DIR", None)
    done = subprocess.run(
        [sys.executable, "-c", "import wangge.cores.planner.kernels.piece"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not list(Path(tmp_path).glob("wangge-numba-*"))
