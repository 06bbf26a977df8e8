"""Room `entry.demo`: a synthetic town to show the product on, played through the same actions as everyone's."""
