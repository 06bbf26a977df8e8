"""Playing the town's days: the same actions as everyone's, under a moved clock, with a ledger of what was done."""
