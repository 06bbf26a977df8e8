"""The science, in plain Python without Django: planning, linking, eligibility, tables, geometry, working time."""
