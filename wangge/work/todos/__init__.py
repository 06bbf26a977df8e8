"""The one inbox: what may enter it, what stands in it and why, and the outcome that every to-do ends in."""
