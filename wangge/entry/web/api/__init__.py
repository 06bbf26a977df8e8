"""One module a room, each with a ``router``; ``urls.py`` mounts them under ``/api/<room>/``."""
