"""Pictures of formulas: set by ziamath (TeX to SVG), drawn by resvg (SVG to PNG)."""

from __future__ import annotations

import logging
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

WIDTH = 1000
"""Pixels; a chat shows a picture about 420 points wide, so a formula is as large as text is."""
MARGIN, GAP = 48, 36
SIZE, LEAST_SIZE = 46.0, 18.0
INK, PAPER = "#1c2733", "#ffffff"
STYLE = 1
"""Raised whenever the same formulas give another picture; keys of kept pictures hold it."""

_LOG = logging.getLogger(__name__)
_UNKNOWN = re.compile(r"\\[A-Za-z]+")


class Unrenderable(Exception):
    """A formula that cannot be drawn; `str()` says which and why."""


def render_formulas(formulas: Sequence[str]) -> bytes:
    """A PNG with the formulas below each other, centred, on white.

    What is too wide is drawn smaller. Takes about 30 ms a formula: call it off the loop.

    Raises:
        Unrenderable: a formula is no TeX that ziamath knows.
    """
    import resvg_py  # noqa: PLC0415  # 0.2 s and 15 MB with ziamath, at the first picture

    drawn = [_set(formula) for formula in formulas]
    height = 2 * MARGIN + sum(size[1] for _, size in drawn) + GAP * (len(drawn) - 1)
    svg = _canvas(round(height))
    top = float(MARGIN)
    for latex, (_, tall) in drawn:
        latex.drawon(svg, WIDTH / 2, top + tall / 2, halign="center", valign="center")
        top += tall + GAP
    text = ET.tostring(svg, encoding="unicode")
    return bytes(resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True))


def kept_formulas(formulas: Sequence[str], folder: Path) -> bytes:
    """As `render_formulas`, but drawn once: the picture is kept in `folder`.

    Raises:
        Unrenderable: a formula is no TeX that ziamath knows.
    """
    path = folder / f"{picture_key(formulas)}.png"
    try:
        return path.read_bytes()
    except OSError:
        content = render_formulas(formulas)
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        _LOG.warning("A picture cannot be kept: %s", error)
    return content


def picture_key(formulas: Sequence[str]) -> str:
    """A hash of what a picture shows, and of how."""
    digest = blake2b(digest_size=16)
    for part in (str(STYLE), *formulas):
        digest.update(f"{len(part)}:{part}".encode())
    return digest.hexdigest()


def _set(formula: str) -> tuple[Any, tuple[float, float]]:
    """The formula laid out, as large as fits, and its width and height."""
    latex = _laid_out(formula, SIZE)
    width, _ = latex.getsize()
    room = WIDTH - 2 * MARGIN
    if width > room:
        latex = _laid_out(formula, max(LEAST_SIZE, SIZE * room / width * 0.99))
    width, height = latex.getsize()
    if width > room * 1.02:
        raise Unrenderable(f"${formula}$ is too wide for a picture")
    return latex, (width, height)


def _laid_out(formula: str, size: float) -> Any:
    from ziamath.zmath import Latex  # noqa: PLC0415  # see above

    try:
        latex: Any = Latex(formula, size=size, color=INK)
    except Exception as error:  # the layers below raise what they like
        raise Unrenderable(f"${formula}$ cannot be drawn ({type(error).__name__})") from error
    if unknown := _UNKNOWN.search(str(latex.mathmlstr())):
        raise Unrenderable(f"${formula}$ has the unknown command {unknown[0]}")
    return latex


def _canvas(height: int) -> ET.Element:
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(WIDTH),
            "height": str(height),
            "viewBox": f"0 0 {WIDTH} {height}",
        },
    )
    ET.SubElement(svg, "rect", {"width": str(WIDTH), "height": str(height), "fill": PAPER})
    return svg
