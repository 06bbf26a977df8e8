"""Divisions, plans of grids, places, buildings, roads and water; which plan is in force, and a point's grid."""
