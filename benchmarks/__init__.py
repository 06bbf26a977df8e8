"""Figures that the project names, measured. `./run bench` lists them; `./run bench NAME` runs one."""
