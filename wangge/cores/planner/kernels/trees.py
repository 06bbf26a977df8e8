"""Random spanning trees of a group of units: the scaffolding every cut of the planner is made along."""

from __future__ import annotations

from wangge.cores.planner.kernels.bench import Bench
from wangge.cores.planner.kernels.chance import below, uniform
from wangge.cores.planner.kernels.compiled import kernel
from wangge.cores.planner.kernels.ground import Chance, Piece, Records


@kernel
def grow_tree(piece: Piece, bench: Bench, chance: Chance, count: int, group: int, wild: float) -> int:
    """A random spanning tree of the bench's first `count` members, which are marked with `group`.

    Prim's algorithm over lengths, each multiplied by a random factor in [1, 1 + wild): short edges first, so that
    the parts of a cut tree are round. Place i of `bench.tree` holds the unit reached i-th: parents stand before
    their children, place 0 is the root.

    :returns: the number of units reached: less than `count` only if the members are not connected.
    """
    for i in range(count):
        bench.marks[bench.members[i]].place = -1
    heap, held, n = bench.heap, 0, 0
    unit, parent, length = bench.members[below(chance, count)], -1, 0.0
    while unit >= 0:
        branch = bench.tree[n]
        branch.unit, branch.parent, branch.length = unit, parent, length
        bench.marks[unit].place = n
        for e in range(piece.start[unit], piece.start[unit + 1]):
            mark = bench.marks[piece.edges[e].near]
            if mark.group == group and mark.place < 0:
                _push(heap, held, piece.edges[e].length * (1.0 + wild * uniform(chance)), e, n)
                held += 1
        n += 1
        unit = -1
        while held > 0 and unit < 0:
            edge = piece.edges[heap[0].edge]
            if bench.marks[edge.near].place < 0:
                unit, parent, length = edge.near, heap[0].origin, edge.length
            held -= 1
            _drop_first(heap, held)
    _number(bench.tree, n)
    return n


@kernel
def _push(heap: Records, at: int, key: float, edge: int, origin: int) -> None:
    """Let a candidate rise from slot `at`, the first unused one."""
    while at > 0:
        above = (at - 1) >> 1
        if heap[above].key <= key:
            break
        heap[at] = heap[above]
        at = above
    slot = heap[at]
    slot.key, slot.edge, slot.origin = key, edge, origin


@kernel
def _drop_first(heap: Records, last: int) -> None:
    """Forget the smallest candidate: the one in slot `last` sinks from the top."""
    at, child = 0, 1
    while child < last:
        if child + 1 < last and heap[child + 1].key < heap[child].key:
            child += 1
        if heap[child].key >= heap[last].key:
            break
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    heap[at] = heap[last]


@kernel
def _number(tree: Records, n: int) -> None:
    """Subtree sizes, and preorder numbers: each child takes the next free ones of its parent."""
    for i in range(n):
        tree[i].size = 1
    for i in range(n - 1, 0, -1):
        tree[tree[i].parent].size += tree[i].size
    tree[0].first, tree[0].free = 0, 1
    for i in range(1, n):
        branch, above = tree[i], tree[tree[i].parent]
        branch.first = above.free
        branch.free = above.free + 1
        above.free += branch.size


@kernel
def is_under(tree: Records, i: int, j: int) -> bool:
    """Whether place i lies in the subtree of j (j itself does)."""
    return 0 <= tree[i].first - tree[j].first < tree[j].size
