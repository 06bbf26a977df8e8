"""A scenario's states, as one table: state × verb → state. What stands nowhere is refused."""

from __future__ import annotations

TABLE: dict[tuple[str, str], str] = {
    ("planning", "planned"): "draft",
    ("planning", "fail"): "failed",
    ("planning", "withdraw"): "withdrawn",
    ("failed", "withdraw"): "withdrawn",
    ("draft", "edit"): "draft",
    ("draft", "approve"): "approved",
    ("approved", "put_in_force"): "in_force",
    ("draft", "withdraw"): "withdrawn",
    ("approved", "withdraw"): "withdrawn",
}


def after(state: str, verb: str) -> str | None:
    """The state that a verb leads to, or None where it may not be done."""
    return TABLE.get((state, verb))
