"""Schema of the room `connectors`."""
