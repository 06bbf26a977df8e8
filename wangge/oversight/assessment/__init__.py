"""Rates from recorded steps: what was due, what was done in time, what came back; formulas are data."""
