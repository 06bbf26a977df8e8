"""Who sits at which desk of the demo, as actors. Nobody's grants change while its days are played: each is read once."""

from __future__ import annotations

import random
from collections.abc import Iterable

from wangge.entry.demo.accounts import Account
from wangge.ground.areas import queries as areas
from wangge.platform.access import actors
from wangge.platform.audit.actor import Actor


class Office:
    """The people of the demo by post, department and grid."""

    def __init__(
        self, accounts: Iterable[Account], on_duty: dict[str, Account], chance: random.Random
    ) -> None:
        self._posts: dict[tuple[str, str], list[Account]] = {}
        for one in accounts:
            self._posts.setdefault((one.role, one.department), []).append(one)
        self.on_duty, self._chance = on_duty, chance
        self._actors: dict[str, Actor] = {}

    def at(self, post: str, department: str = "") -> Actor:
        """Somebody at a desk; where several share it, whoever is free."""
        return self.actor(self._chance.choice(self._posts[post, department]))

    def of(self, post: str, department: str = "", number: int = 0) -> Actor:
        """A certain one of those who hold a post."""
        return self.actor(self._posts[post, department][number])

    def has(self, post: str, department: str) -> bool:
        """Whether a department has anybody in a post."""
        return (post, department) in self._posts

    def worker(self, grid: str) -> Actor:
        """The worker on duty in a grid."""
        return self.actor(self.on_duty[grid])

    def on_site(self, grid: str, lon: float, lat: float) -> Actor:
        """Whoever goes to a point: the worker on duty in its grid."""
        return self.worker(grid or areas.grid_at(lon, lat) or next(iter(self.on_duty)))

    def actor(self, account: Account) -> Actor:
        """The actor behind an account."""
        if account.user not in self._actors:
            self._actors[account.user] = actors.of_id(f"user:{account.user}")
        return self._actors[account.user]
