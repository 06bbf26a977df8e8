"""The compiled part: one connected piece on its bench, from bare units to grids. Nothing here knows files, codes or communities."""
