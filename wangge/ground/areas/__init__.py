"""Divisions, plans of grids, places, buildings, roads, water; which plan is in force; the grid of a point."""
