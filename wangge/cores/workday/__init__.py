"""The working day: how many households one worker's day holds, and what a year of such days brings.

Read in this order: `sheet` (the parameters and where each comes from), `ground` (buildings with floors and lifts, cut into
grids), `load` (minutes of an average day, walked by solved tours), `sweep` (200 to 800 households, with intervals),
`calibration` (recorded months instead of assumptions), `kernels.year` (a year day by day), `simulation`, `study` (all of it
for one kind of ground), `command` (`wangge workday`). It knows grids, never workers: nothing here takes a name, a number or a
position of one.
"""
