"""What is done: plans, cases, services, the hub, and the one inbox of to-dos."""
