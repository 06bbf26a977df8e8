"""Holding a demo's answers against what its ledger and its town's manifest know."""
