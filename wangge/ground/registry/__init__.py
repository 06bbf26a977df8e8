"""Who is there: people, households, dwellings, organisations and parts; facts folded from what was observed of them."""
