"""Any file in with row errors, safe files out: xlsx, csv, GeoJSON and Parquet as tables of text."""
