"""The demo's town: what happens in it over some weeks, told but not played."""
