"""The ground of each grid: `outlines` (the face), `grounds` (of communities), `blocks` (roads), `voronoi`, `arranging`, `smoothing`."""
