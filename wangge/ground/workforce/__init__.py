"""The grid workers on one roster: who they are, and who looks after which grid from when until when."""
