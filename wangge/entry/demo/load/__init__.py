"""Loading the town into an installation, through the same actions as everyone's, community by community."""
