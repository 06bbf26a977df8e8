"""A picture for a report: drawn, since the demo shows no real place."""

from __future__ import annotations

import io
import math

SIZE = (960, 720)
ROAD, RIM, IRON, HOLE, CRACK = "#8a8d8f", "#55595c", "#3d4143", "#101213", "#d9d4c7"


def broken_cover() -> bytes:
    """A cracked manhole cover on asphalt, as JPEG."""
    from PIL import Image, ImageDraw, ImageFilter

    image = Image.effect_noise(SIZE, 26).convert("RGB")
    image = Image.blend(image, Image.new("RGB", SIZE, ROAD), 0.72)
    draw = ImageDraw.Draw(image)
    cx, cy, wide, high = 470, 390, 300, 205
    draw.ellipse((cx - wide - 26, cy - high - 20, cx + wide + 26, cy + high + 24), fill=RIM)
    draw.ellipse((cx - wide, cy - high, cx + wide, cy + high), fill=IRON)
    for ring in (0.82, 0.58, 0.34):
        box = (cx - wide * ring, cy - high * ring, cx + wide * ring, cy + high * ring)
        draw.ellipse(box, outline=RIM, width=7)
    for turn in range(12):
        angle = math.tau * turn / 12
        draw.line(
            (cx + wide * 0.36 * math.cos(angle), cy + high * 0.36 * math.sin(angle),
             cx + wide * 0.8 * math.cos(angle), cy + high * 0.8 * math.sin(angle)),
            fill=RIM, width=9,
        )  # fmt: skip
    draw.polygon([(500, 372), (742, 300), (768, 420), (640, 560), (540, 470)], fill=HOLE)
    draw.line([(500, 372), (420, 350), (330, 392), (232, 360)], fill=CRACK, width=6)
    draw.line([(500, 372), (540, 470), (520, 600)], fill=CRACK, width=5)
    buffer = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.8)).save(buffer, "JPEG", quality=82)
    return buffer.getvalue()
