"""Linkage's error: a stable code and parameters, so that the rooms above can say it in the user's language."""

from __future__ import annotations


class LinkageError(ValueError):
    """Input that cannot be linked: ``code`` and ``parameters`` say what was wrong and where."""

    def __init__(self, code: str, message: str, **parameters: object) -> None:
        super().__init__(message)
        self.code = code
        self.parameters = parameters
