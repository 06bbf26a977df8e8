"""Scenarios of grids: made by the planner, approved by a second person, put into force on a date."""
