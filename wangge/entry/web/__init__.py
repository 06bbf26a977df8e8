"""The only HTTP surface: sign-in's adapter, one API router a room, pages, and errors in one shape."""
