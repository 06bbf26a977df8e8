"""Working-time clocks: when a time limit ends, how much of it has run, and what is left in people's words."""
