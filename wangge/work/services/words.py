"""What states, modes and uses are called: data labels in both languages, from ``words.yaml``."""

from __future__ import annotations

from wangge.platform.access.labels import Labels
from wangge.platform.access.labels import chosen as chosen

both = Labels("wangge.work.services").both
