"""Pictures to test with, and how to read them."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from bot.drawing.bars import Bar
from bot.drawing.calendar import Calendar
from bot.drawing.certificate import CertificatePicture
from bot.drawing.progress import ProgressPicture
from bot.drawing.report import ReportPicture
from bot.drawing.weekly import Day, WeeklyPicture

AREAS = (
    "Programming languages", "Statistics", "Applied mathematics", "Signal processing",
    "Neural-network architectures", "Language, audio and video processing", "Communication",
    "Industry knowledge", "Rapid prototyping", "Staying current",
)  # fmt: skip
HOSTILE = (
    "", "   ", "<b>&\"'", "]]><svg/>", "&amp;&#0;", "\x00\x08\x1b[31m\ud800\uffff", "W" * 300,
    "\u202egnp.exe\u200f\u2066", "محمد <b>", "漢字🦊👩‍🔬", "a\nb\tc", "Z̸̡̛" * 40, "{} %s {0}",
)  # fmt: skip
"""Names that people may have."""

_SVG = "{http://www.w3.org/2000/svg}"


def progress(name: str = "Ada Lovelace") -> ProgressPicture:
    """Somebody in the middle of it: ten areas, 84 days, two of them still to come."""
    bars = [Bar(area, n / 10, f"{n}0 %", before=0.2) for n, area in enumerate(AREAS, 1)]
    bars[3] = Bar(AREAS[3], None, "–")
    counts = [n % 13 for n in range(82)] + [None, None]
    counts[40] = 0
    return ProgressPicture(
        title="My progress", subtitle=name, readiness="64 %", readiness_label="Readiness",
        tiles=(("Current streak", "12"), ("Longest streak", "31"), ("Freezes left", "2")),
        areas_label="Readiness by area", areas=bars, before_label="four weeks ago",
        calendar_label="The last twelve weeks",
        calendar=Calendar(
            counts, months=((0, "Sep"), (4, "Oct")), weekdays=((0, "Mon"), (4, "Fri")),
            today=81, frozen=frozenset({40}),
        ),
        scale=("fewer", "more"), frozen_label="saved by a freeze",
        totals=(("answers", "412"), ("days", "61")),
    )  # fmt: skip


def report(title: str = "Mock interview · full") -> ReportPicture:
    """A passed interview in ten areas, compared with an earlier one."""
    return ReportPicture(
        title=title, date="14 November 2025", share=0.68, score="68 %", points="16.3/24",
        verdict="passed", state="good", pass_share=0.6, pass_label="needed to pass",
        time_label="Time", time_text="31 of 40 min", time_share=0.775, areas_label="Areas",
        areas=[Bar(area, n / 10, f"{n}/10", before=0.3) for n, area in enumerate(AREAS, 1)],
        types_label="Kinds", types=[Bar("Choice", 0.8, "8/10"), Bar("Numbers", 0.5, "2/4")],
        before_label="2 October", area_pass_share=0.5,
    )  # fmt: skip


def week(name: str = "Ada Lovelace") -> WeeklyPicture:
    """A week with a free day and one that a freeze saved, and two areas that moved."""
    counts = (12, 0, 3, 1, 0, 16, 10)
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return WeeklyPicture(
        title="My week", subtitle=name, share="74 %", share_label="of 42 answers right",
        tiles=(("days of practice", "5 of 7"), ("answers", "42"), ("days in a row", "12")),
        days_label="Day by day",
        days=tuple(Day(n, c, n == "Tue") for n, c in zip(names, counts, strict=True)),
        frozen_label="freeze spent", areas_label="What has moved",
        areas=(
            Bar(AREAS[3], 0.47, "41 → 47 %", before=0.41),
            Bar(AREAS[5], 0.6, "62 → 60 %", before=0.62),
        ),
        before_label="a week ago", waiting="12 questions are due again.",
    )  # fmt: skip


def certificate(name: str = "Ada Lovelace") -> CertificatePicture:
    """With ten areas."""
    return CertificatePicture(
        heading="Practice certificate", for_label="for", name=name,
        sentences="has answered 1,204 interview questions on machine learning over 93 days.",
        date="14 November 2025", score="82 %", share=0.82, score_label="Overall readiness",
        areas=[Bar(area, n / 10, f"{n}0 %") for n, area in enumerate(AREAS, 1)],
        code="K7QM-2XWD-9RTA", check="Send /check K7QM-2XWD-9RTA to the bot.",
    )  # fmt: skip


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height; fails on what is no PNG."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png.endswith(b"IEND\xaeB`\x82")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def shapes(svg: str, tag: str, kind: str | None = None) -> list[ET.Element]:
    """The SVG's shapes of a tag, of a class when given."""
    found: Iterator[ET.Element] = ET.fromstring(svg).iter(_SVG + tag)  # noqa: S314  # our own
    return [one for one in found if kind is None or kind in one.get("class", "").split()]


def widths(svg: str, kind: str) -> list[float]:
    """Of the rectangles of a class."""
    return [float(one.get("width", 0)) for one in shapes(svg, "rect", kind)]


def words(svg: str) -> list[str]:
    """All texts."""
    return [one.text or "" for one in shapes(svg, "text")]
