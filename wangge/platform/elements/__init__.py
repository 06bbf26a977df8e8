"""The data-element registry: what may be held about anybody, why, and for how long; and the red-line lint."""
