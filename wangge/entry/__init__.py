"""Where requests, commands and phones come in."""
