"""Reports, the loop from report to rating, its clocks, and the responsibility list."""
