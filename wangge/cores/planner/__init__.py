"""The grid planner: cuts a city's buildings into connected grids that hold a stated number of households.

Read in this order: `records` (what goes in and comes out), `plan` (a city, piece by piece), `piece` (how one is cut, step
by step), `verdicts` (why a grid is out of range), `outlines` (its ground), `command` (`wangge plan`).
"""
