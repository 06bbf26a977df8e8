"""The grid planner: cuts a city's buildings into connected grids that hold a stated number of households.

Read in this order: `units` (what goes in), `making` (the plan of a city), `piece` (how one piece is cut), `verdicts`.
"""
