"""The parent's side of the sandbox: cells that run snippets, several at once."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple, Self

SECONDS = 20.0
"""Processor and wall time of one snippet with all its cases."""
MEMORY = 4.0
"""GiB of address space; libraries take more than half a GiB of it before they compute."""

_CELL = Path(__file__).with_name("cell.py")
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Unsupported(Exception):
    """The system has no `fork`."""


class SnippetFault(Exception):
    """A snippet did not end well; `str()` says how, with its line."""


class Ran(NamedTuple):
    """What one case came to: the value of `result`, and what was printed."""

    result: float | list[int] | str | None
    printed: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a snippet may use up."""

    seconds: float = SECONDS
    memory: float = MEMORY


class Cell:
    """One process that forks a child for every snippet."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._folder = tempfile.TemporaryDirectory(prefix="cell-")
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and file
            [sys.executable, "-I", str(_CELL)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env=dict(_ONE_THREAD),
            text=True,
            encoding="utf-8",
        )
        self.offline = bool(self._read().get("offline"))

    def run(self, code: str, cases: Sequence[Mapping[str, float]]) -> list[Ran]:
        """Runs `code` once for each set of variables.

        Raises:
            SnippetFault: it raised, took too long, used too much, or imported what it may not.
        """
        job = {
            "code": code,
            "cases": [dict(case) for case in cases],
            "seconds": self._limits.seconds,
            "memory": self._limits.memory,
        }
        try:
            print(json.dumps(job), file=self._process.stdin, flush=True)
            answer = self._read()
        except (OSError, ValueError):
            self._stop()
            self._start()
            raise SnippetFault("the process that ran it came to an end") from None
        if "fault" in answer:
            raise SnippetFault(answer["fault"])
        return [Ran(result, printed) for result, printed in answer["results"]]

    def close(self) -> None:
        """Ends the process and removes its folder."""
        self._stop()
        self._folder.cleanup()

    def _read(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _stop(self) -> None:
        with contextlib.suppress(OSError):  # a pipe whose reader is gone
            if self._process.stdin:
                self._process.stdin.close()
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


class Sandbox:
    """As many cells as work at once; `run` may be called from as many threads."""

    def __init__(self, workers: int | None = None, limits: Limits | None = None) -> None:
        """Starts the cells; `workers` defaults to the number of processors.

        Raises:
            Unsupported: the system cannot fork.
        """
        if not hasattr(os, "fork"):
            raise Unsupported
        self.workers = workers or os.cpu_count() or 1
        self._cells = [Cell(limits or Limits()) for _ in range(self.workers)]
        self._free: SimpleQueue[Cell] = SimpleQueue()
        for cell in self._cells:
            self._free.put(cell)

    @property
    def offline(self) -> bool:
        """Whether the system cuts snippets off from the network."""
        return all(cell.offline for cell in self._cells)

    def run(self, code: str, cases: Sequence[Mapping[str, float]] = ({},)) -> list[Ran]:
        """As `Cell.run`, in the next cell that is free."""
        with self._cell() as cell:
            return cell.run(code, cases)

    @contextlib.contextmanager
    def _cell(self) -> Iterator[Cell]:
        cell = self._free.get()
        try:
            yield cell
        finally:
            self._free.put(cell)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for cell in self._cells:
            cell.close()
