"""Who did what, when and why: the append-only hash-chained trail, looks at people, and idempotency receipts."""
