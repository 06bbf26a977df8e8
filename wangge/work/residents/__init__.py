"""A resident's own account: bound by a code, what is held about them, who looked, and what they may do about it."""
