"""Schema of the room `stores`."""
