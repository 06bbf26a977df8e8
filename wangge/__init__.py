"""An urban grid platform: data comes from the grid worker once and comes back to the door as service."""

__version__ = "0.1.0"
"""The version, said here and nowhere else."""
