"""Runs authors' snippets, each in a process of its own that can do little; started by `Cell`.

This file is run by itself (`python -I cell.py`) and imports nothing of the bot. It reads jobs
as JSON lines, forks for each of them, and answers in JSON lines. Libraries are loaded before
the fork, so a proof costs milliseconds and not the second that SciPy takes to load.
"""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import io
import json
import os
import re
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
import types
import warnings
from typing import Any

MODULES = frozenset(
    """
    __future__ abc array ast asyncio bisect builtins calendar cmath codecs collections concurrent
    contextlib contextvars copy dataclasses datetime decimal difflib dis enum fractions functools
    gc hashlib heapq hmac html inspect io ipaddress itertools json keyword locale math numbers
    operator pickle pprint queue random re reprlib sched secrets statistics string struct sys
    textwrap threading time timeit token tokenize traceback tracemalloc types typing unicodedata
    unittest warnings weakref zlib zoneinfo
    csv sqlite3 numpy pandas scipy sympy
    """.split()
)
"""What snippets may import: computing, and no files, processes or network."""

LIBRARIES = ("numpy", "scipy", "sympy", "pandas")
MAX_OUTPUT = 65_536
_GIB = 2**30
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_IMPORTS = re.compile(r"^\s*(?:import|from)\s+([\w.]+)", re.MULTILINE)


def main() -> None:
    """Answers jobs until the input ends; the first line says what the system allows."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    jobs = os.fdopen(os.dup(0), encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    print(json.dumps({"offline": _cut_off()}), file=answers, flush=True)
    for line in jobs:
        job = json.loads(line)
        _load_before_fork(job["code"])
        print(json.dumps(_in_child(job)), file=answers, flush=True)


def _cut_off() -> bool:
    """Leaves the network, where the system lets us; gives whether it did."""
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (AttributeError, OSError):
        return False
    return any(unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def _load_before_fork(code: str) -> None:
    """Loads the libraries that the snippet names, once for all that follow."""
    for name in _IMPORTS.findall(code):
        if name.partition(".")[0] in LIBRARIES and name not in sys.modules:
            with contextlib.suppress(ImportError), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                __import__(name)


def _in_child(job: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    folder = tempfile.mkdtemp(prefix="proof-")
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(job, folder, writing)
    os.close(writing)
    try:
        said = _read(reading, job["seconds"])
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        shutil.rmtree(folder, ignore_errors=True)
    if said is None:
        return {"fault": f"took longer than {job['seconds']:g} s"}
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:
        return {"fault": _how_it_died(status)}
    return answer


def _read(descriptor: int, seconds: float) -> bytes | None:
    """What the child says before it ends; None when its time is up."""
    end = time.monotonic() + seconds
    said = bytearray()
    while True:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return None
        chunk = os.read(descriptor, 65_536)
        if not chunk:
            return bytes(said)
        said += chunk


def _how_it_died(status: int) -> str:
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        return "used up its processor time"
    return "ended without an answer (out of memory, or killed)"


def _child(job: dict[str, Any], folder: str, writing: int) -> None:
    """Runs the snippet once for each set of variables; never returns."""
    try:
        os.chdir(folder)
        _limit(job["seconds"], job["memory"])
        answer = _answer(job)
    except BaseException as error:  # noqa: BLE001  # whatever it was, the parent has to hear of it
        answer = {"fault": _told(error)}
    with os.fdopen(writing, "w", encoding="utf-8") as out:
        out.write(json.dumps(answer))
    os._exit(0)


def _limit(seconds: float, memory: float) -> None:
    import resource  # not on Windows, where there is no fork either

    for what, wanted in (
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_AS, int(memory * _GIB)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(what)
        limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(what, (limit, limit))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing fails, the process goes on


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    warnings.simplefilter("ignore")
    compiled = compile(job["code"], "<proof>", "exec", dont_inherit=True)
    results = []
    for case in job["cases"]:
        out = _Limited()
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        module.__dict__.update(case, __builtins__=_builtins(module.__dict__))
        with contextlib.redirect_stdout(out):
            exec(compiled, module.__dict__)  # noqa: S102  # that is what this process is for
        results.append([_plain(module.__dict__.get("result")), out.getvalue()])
    return {"results": results}


class _Limited(io.StringIO):
    """Output that ends in an error instead of filling the memory."""

    def write(self, text: str) -> int:
        if self.tell() + len(text) > MAX_OUTPUT:
            raise RuntimeError(f"prints more than {MAX_OUTPUT} characters")
        return super().write(text)


def _builtins(space: dict[str, Any]) -> dict[str, Any]:
    """The builtins of a snippet: its own imports are checked, those of libraries are not."""
    original = builtins.__import__

    def guarded(
        name: str, variables: Any = None, local: Any = None, wanted: Any = (), level: int = 0
    ) -> Any:
        if variables is space and name.partition(".")[0] not in MODULES:
            raise ImportError(f"`{name}` is not among the modules that a proof may import")
        return original(name, variables, local, wanted or (), level)

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError("a proof opens no files")

    return {**vars(builtins), "__import__": guarded, "open": refuse, "input": refuse}


def _plain(result: Any) -> Any:
    """A number, or a list of whole numbers; anything else as its text, which no key equals."""
    if hasattr(result, "tolist"):
        result = result.tolist()
    if result is None or isinstance(result, str | bool):
        return None if result is None else repr(result)
    try:
        if isinstance(result, list | tuple | set | frozenset):
            return [int(entry) for entry in result]
        return float(result)
    except (TypeError, ValueError):
        return repr(result)[:200]


def _told(error: BaseException) -> str:
    """The error in a line, with the snippet's line where it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<proof>"]
    line = lines[-1] if lines else getattr(error, "lineno", None)
    said = error.msg if isinstance(error, SyntaxError) else error
    text = f"{type(error).__name__}: {said}".strip().splitlines()[0][:300]
    return f"{text} (line {line} of the snippet)" if line else text


if __name__ == "__main__":
    main()
