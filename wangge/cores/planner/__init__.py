"""The grid planner: cuts a city's buildings into connected grids that hold a stated number of households.

Read in this order: `records` (what goes in and comes out), `plan` (a city, community by community), `kernels.piece` (how one
piece is cut, step by step), `proving` (why a grid is out of range: `verdicts` by arithmetic, `searching` by search),
`verifying` (the same proofs checked by code that shares nothing with it), `replanning` (a former plan kept as far as can be),
`borders` (its ground), `intake` (files in), `command` (`wangge plan`).
"""
