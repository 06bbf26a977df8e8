"""Who and what is there, and who looks after it."""
