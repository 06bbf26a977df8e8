"""The room `stores`: sealed fields, encrypted batches, photos, tombstones and the columnar engine."""
