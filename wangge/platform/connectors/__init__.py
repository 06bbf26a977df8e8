"""The room `connectors`: key stores, SMS and other systems, each behind a small protocol."""
