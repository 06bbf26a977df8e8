"""Files in: buildings, entrances, units and edges, checked box by box before anything is planned."""
