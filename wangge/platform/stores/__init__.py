"""The room `stores`: sealed fields, encrypted batches, photos and tombstones."""
