"""Linkage's clusters: nodes joined edge by edge, refused where a join would break what must hold.

Nodes are the batch's records (0 … records - 1) and behind them the golden persons. A cluster never holds
two golden persons, two people's valid identity numbers, nodes that a veto or a decision keeps apart, or two
records of one file that are not proven duplicates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Proof = Callable[[int, int], bool]
Numbers = Callable[[int], frozenset[tuple[int, int]]]


class Clusters:
    """Disjoint sets with the constraints above; deterministic for a given order of joins."""

    def __init__(self, records: int, source: Callable[[int], int], numbers: Numbers, proof: Proof) -> None:
        """``numbers`` gives a node's valid (kind, key)s; ``proof`` tells whether two records are duplicates."""
        self._records = records
        self._source = source
        self._numbers_of = numbers
        self._proof = proof
        self._parent: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._person: dict[int, int] = {}
        self._numbers: dict[int, frozenset[tuple[int, int]]] = {}
        self._apart: dict[int, set[int]] = {}
        self._decided: dict[int, set[int]] = {}

    def keep_apart(self, pairs: Iterable[tuple[int, int]], decided: bool = False) -> None:
        """Never let the two nodes of a pair meet; ``decided`` by people, which even decisions must not join."""
        table = self._decided if decided else self._apart
        for a, b in pairs:
            table.setdefault(a, set()).add(b)
            table.setdefault(b, set()).add(a)

    def root(self, node: int) -> int:
        """The node that stands for a node's cluster."""
        while (above := self._parent.get(node)) is not None:
            further = self._parent.get(above)
            if further is not None:
                self._parent[node] = further
            node = above
        return node

    def members(self, node: int) -> list[int]:
        """All nodes of a node's cluster."""
        root = self.root(node)
        return self._members.get(root, [root])

    def person(self, node: int) -> int | None:
        """The golden person in a node's cluster, if any."""
        root = self.root(node)
        return self._person.get(root, root if root >= self._records else None)

    def join(self, a: int, b: int, *, proven: bool = False, by_people: bool = False) -> str:
        """Join two nodes' clusters; returns "" or the reason why not, in which case nothing has changed.

        ``proven``: the pair itself proves a duplicate. ``by_people``: a decision, which only another
        decision or a second golden person stops.
        """
        left, right = self.root(a), self.root(b)
        if left == right:
            return ""
        reason = self._refusal(left, right, proven, by_people)
        if not reason:
            self._merge(left, right)
        return reason

    def _refusal(self, left: int, right: int, proven: bool, by_people: bool) -> str:
        if self.person(left) is not None and self.person(right) is not None:
            return "two_persons"
        if self._meets(left, right, self._decided):
            return "decision"
        if by_people:
            return ""
        if self._meets(left, right, self._apart):
            return "chain"
        if left not in self._members and right not in self._members:
            return "" if proven or not self._one_file(left, right) else "second_record"
        if _clash(self._held(left), self._held(right)):
            return "two_valid_ids"
        if not proven and not self._only_duplicates(left, right):
            return "second_record"
        return ""

    def _one_file(self, a: int, b: int) -> bool:
        return max(a, b) < self._records and self._source(a) == self._source(b) and not self._proof(a, b)

    def _meets(self, left: int, right: int, table: dict[int, set[int]]) -> bool:
        if not table:
            return False
        smaller, larger = left, right
        if len(self.members(left)) > len(self.members(right)):
            smaller, larger = right, left
        return any(
            self.root(other) == larger for node in self.members(smaller) for other in table.get(node, ())
        )

    def _held(self, root: int) -> frozenset[tuple[int, int]]:
        if root not in self._numbers:
            self._numbers[root] = frozenset().union(*map(self._numbers_of, self.members(root)))
        return self._numbers[root]

    def _only_duplicates(self, left: int, right: int) -> bool:
        mine = [m for m in self.members(left) if m < self._records]
        theirs = [m for m in self.members(right) if m < self._records]
        return not any(self._one_file(a, b) for a in mine for b in theirs)

    def _merge(self, left: int, right: int) -> None:
        person = self.person(left) if self.person(right) is None else self.person(right)
        mine, theirs = self.members(left), self.members(right)
        keep, drop, longer, shorter = left, right, mine, theirs
        if len(mine) < len(theirs):
            keep, drop, longer, shorter = right, left, theirs, mine
        longer.extend(shorter)
        self._members[keep] = longer
        self._members.pop(drop, None)
        self._parent[drop] = keep
        held = self._numbers.pop(left, None), self._numbers.pop(right, None)
        if held[0] is not None and held[1] is not None:
            self._numbers[keep] = held[0] | held[1]
        if person is not None:
            self._person[keep] = person


def _clash(mine: frozenset[tuple[int, int]], theirs: frozenset[tuple[int, int]]) -> bool:
    """Both hold numbers of one kind, and none in common."""
    for kind in {k for k, _ in mine} & {k for k, _ in theirs}:
        if not any(number in theirs for number in mine if number[0] == kind):
            return True
    return False
