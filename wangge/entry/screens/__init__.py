"""Room `screens`: the three apps, as they were built, at their addresses."""
