"""Checks a plan and its verdicts with nothing of the code that made them: own reading, own search, another solver.

Start at `command` (`wangge plan-prove`).
"""
