"""Commands, storyboards and the worker that runs queued tasks."""
