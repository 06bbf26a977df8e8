"""The only ``now()``: domain time, movable in the demo and in tests."""
