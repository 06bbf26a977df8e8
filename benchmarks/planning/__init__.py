"""What `./run bench planner` measures with: sets of data, a scorer, ours in processes of its own, and the peers."""
