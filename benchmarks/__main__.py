"""`make bench`: the product beside a bare bot, and the storage transaction alone."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.choosing import measure_choosing
from benchmarks.drawing import measure_drawing
from benchmarks.grading import measure_grading
from benchmarks.reminders import measure_reminders
from benchmarks.storage import measure_storage

CALLS_A_TURN = 3
"""A turn is an answer with three API calls; the product makes five for an answer and Next."""
WARM_UP = 2.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one run of one bot gave."""

    turns_per_second: float
    answers_per_second: float
    cpu_ms_per_turn: float
    memory_mb: float
    start_seconds: float


def main() -> None:
    """Runs everything in turns and prints medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=256)
    parser.add_argument("--seconds", type=float, default=6.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    bots: Mapping[str, Sequence[str]] = {
        "this bot": (sys.executable, "-m", "bot", "run"),
        "bare PTB": (sys.executable, "-m", "benchmarks.bare_ptb"),
        "bare PTB, concurrent": (sys.executable, "-m", "benchmarks.bare_ptb"),
    }
    readings: dict[str, list[Reading]] = {name: [] for name in bots}
    for _ in range(given.rounds):
        for name, command in bots.items():
            readings[name].append(measure(name, command, given.people, given.seconds))
    print(f"{given.people} people at once, loopback, median of {given.rounds} rounds")
    print("a turn: an answer, graded and durably stored (this bot only), with three API calls\n")
    for name, all_of in readings.items():
        show(name, all_of)
    ratios = [
        ours.turns_per_second / bare.turns_per_second
        for ours, bare in zip(readings["this bot"], readings["bare PTB"], strict=True)
    ]
    each = ", ".join(f"{ratio:.1f}" for ratio in ratios)
    print(f"\nthis bot / bare PTB: {statistics.median(ratios):.1f} times the turns ({each})\n")
    measure_storage()
    measure_reminders()
    measure_grading()
    measure_choosing()
    measure_drawing()


def show(name: str, readings: Sequence[Reading]) -> None:
    """One line of the table."""

    def middle(field: str) -> float:
        return float(statistics.median(getattr(reading, field) for reading in readings))

    print(
        f"{name:22} {middle('turns_per_second'):7.0f} turns/s"
        f" {middle('answers_per_second'):6.0f} questions/s"
        f" {middle('cpu_ms_per_turn'):6.2f} ms CPU a turn"
        f" {middle('memory_mb'):5.0f} MB, up in {middle('start_seconds'):.2f} s"
    )


def measure(name: str, command: Sequence[str], people: int, seconds: float) -> Reading:
    """Runs one bot against a fresh crowd and reads it off after warming up."""
    with stub(people) as base_url, tempfile.TemporaryDirectory() as folder:
        arguments = [*command]
        if "benchmarks.bare_ptb" in command:
            arguments += [base_url] + (["--concurrent"] if "concurrent" in name else [])
        began = time.time()
        with started(arguments, environment(base_url, folder)) as bot:
            while (first := stats(base_url)["first_poll_at"]) is None:
                time.sleep(0.02)
            time.sleep(WARM_UP)
            before, cpu_before = stats(base_url), cpu_seconds(bot)
            time.sleep(seconds)
            after, cpu_after = stats(base_url), cpu_seconds(bot)
            memory = memory_mb(bot)
    elapsed = after["now"] - before["now"]
    turns = (after["calls"] - before["calls"]) / CALLS_A_TURN
    return Reading(
        turns_per_second=turns / elapsed,
        answers_per_second=(after["answered"] - before["answered"]) / elapsed,
        cpu_ms_per_turn=(cpu_after - cpu_before) / turns * 1000,
        memory_mb=memory,
        start_seconds=first - began,
    )


@contextmanager
def started(command: Sequence[str], settings: Mapping[str, str]) -> Iterator[int]:
    """A process that ends with the block; gives its id."""
    with subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL) as process:
        try:
            yield process.pid
        finally:
            process.terminate()


@contextmanager
def stub(people: int) -> Iterator[str]:
    """A crowd in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.stub", "--people", str(people)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


def environment(base_url: str, folder: str) -> dict[str, str]:
    """Settings without Telegram's flood limits, which are what keeps a real bot slow."""
    return {
        **os.environ,
        "BOT_TELEGRAM__TOKEN": "1:" + "x" * 35,
        "BOT_TELEGRAM__BASE_URL": base_url,
        "BOT_TELEGRAM__MESSAGES_PER_SECOND": "100000",
        "BOT_TELEGRAM__CHAT_MESSAGES_PER_SECOND": "100000",
        "BOT_STORAGE__URL": f"sqlite:///{Path(folder) / 'bench.db'}",
        "BOT_HTTP__LISTEN": "",
        "BOT_LOGGING__LEVEL": "ERROR",
        "BOT_LIMITS__PRESS_BURST": "1000000",
        "BOT_LIMITS__MESSAGE_BURST": "1000000",
    }


def stats(base_url: str) -> dict[str, Any]:
    """The crowd's counters."""
    with urlopen(f"{base_url}/stats") as answer:  # noqa: S310 — our own server
        counters: dict[str, Any] = json.load(answer)["result"]
    return counters


def cpu_seconds(pid: int) -> float:
    """CPU time of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """The most memory that a process has had (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1000
    return 0.0


if __name__ == "__main__":
    main()
