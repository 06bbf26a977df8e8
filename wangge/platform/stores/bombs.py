"""Room `stores`: how much work a picture's file asks for, read off its segments before anything decodes it.

The size of a picture bounds its memory, not the time: a progressive JPEG may go over the same pixels thousands of times
(42 s for 220 KB), and a file of empty segments is read one by one. Photos of cameras and of editors have a dozen passes and some
hundred segments.
"""

from __future__ import annotations

import re

MAX_SCANS = 40
MAX_SEGMENTS = 10_000
MAX_FILL = 4096
"""Bytes between two segments that belong to neither."""

_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd8\xff])")
"""Without ``+``: a long row of fill would be gone through from each of its bytes."""
_END, _SCAN = 0xD9, 0xDA
_PNG = b"\x89PNG\r\n\x1a\n"


def asks_too_much(data: bytes) -> bool:
    """Whether decoding would take far longer than a photo's size explains; other formats than JPEG and PNG have no such parts."""
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    return data.startswith(_PNG) and _png(data)


def _jpeg(data: bytes) -> bool:
    scans = 0
    at, in_scan = 2, False
    for _segment in range(MAX_SEGMENTS):
        found = _MARKER.search(data, at)
        if not in_scan and (found.end() if found else len(data)) - at > MAX_FILL:
            return True
        if found is None or found[1][0] == _END:
            return False
        in_scan = found[1][0] == _SCAN
        scans += in_scan
        if scans > MAX_SCANS:
            return True
        # A segment's length counts itself; what a scan holds stands behind it and has no markers but restarts.
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return True


def _png(data: bytes) -> bool:
    at = len(_PNG)
    for _chunk in range(MAX_SEGMENTS):
        if at + 8 > len(data) or data[at + 4 : at + 8] == b"IEND":
            return False
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return True
