"""What every room stands on: who acts, what is kept, what is recorded, what time it is."""
