"""An urban grid platform: data comes from the grid worker once and comes back to the door as service."""
