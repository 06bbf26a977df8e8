"""What travels to and from a phone: the bundle of a grid, and the outbox of what was seen, settled and reported there."""
