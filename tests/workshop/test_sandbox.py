"""Snippets run, each alone, and can do little else than compute."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.workshop.sandbox import Limits, Sandbox, SnippetFault


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=2, limits=Limits(seconds=60, memory=2)) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def impatient() -> Iterator[Sandbox]:
    with Sandbox(workers=2, limits=Limits(seconds=2, memory=2)) as sandbox:
        yield sandbox


def test_the_result_and_what_was_printed_come_back(sandbox: Sandbox) -> None:
    [ran] = sandbox.run("print('so'); result = 6 * 7")
    assert ran == (42.0, "so\n")


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("[0, 2]", [0, 2]),
        ("{1}", [1]),
        ("__import__('numpy').array([1, 3])", [1, 3]),
        ("__import__('numpy').float32(0.5)", 0.5),
        ("__import__('sympy').Rational(1, 4)", 0.25),
        ("None", None),
        ("'text'", "'text'"),
        ("True", "True"),
    ],
)
def test_results_of_every_kind(sandbox: Sandbox, value: str, result: object) -> None:
    assert sandbox.run(f"result = {value}")[0].result == result


def test_each_case_has_its_own_variables(sandbox: Sandbox) -> None:
    code = "result = a + globals().get('left', 0)\nleft = 100"
    assert [r.result for r in sandbox.run(code, [{"a": 1}, {"a": 2}])] == [1.0, 2.0]


def test_one_snippet_leaves_nothing_to_the_next(sandbox: Sandbox) -> None:
    sandbox.run("import math, sys; math.tau = 1; sys.leftover = 1")
    for _ in range(sandbox.workers):
        [ran] = sandbox.run("import math, sys; result = math.tau + hasattr(sys, 'leftover')")
        assert ran.result == pytest.approx(6.2831853)


def test_a_class_of_the_snippet_finds_its_module(sandbox: Sandbox) -> None:
    code = "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\nprint(P(1))"
    assert sandbox.run(code)[0].printed == "P(x=1)\n"


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero (line 1 of the snippet)"),
        ("x = 1\nif x\n", "SyntaxError: expected ':' (line 2 of the snippet)"),
        ("import os", "`os` is not among the modules"),
        ("from urllib.request import urlopen", "`urllib.request` is not among"),
        ("import socket", "`socket` is not among"),
        ("open('/etc/passwd')", "a proof opens no files"),
        ("raise SystemExit(0)", "SystemExit"),
        ("print('x' * 70_000)", "prints more than 65536 characters"),
        ("x = bytearray(3 * 2**30)", "MemoryError"),
        ("import sys; sys.modules['os']._exit(0)", "ended without an answer"),
    ],
)
def test_what_goes_wrong_is_told(sandbox: Sandbox, code: str, complaint: str) -> None:
    with pytest.raises(SnippetFault) as caught:
        sandbox.run(code)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("code", ["while True: pass", "import time; time.sleep(60)"])
def test_what_takes_too_long_is_ended(impatient: Sandbox, code: str) -> None:
    with pytest.raises(SnippetFault, match=r"processor time|took longer than 2 s"):
        impatient.run(code)


def test_nothing_can_be_written(sandbox: Sandbox) -> None:
    with pytest.raises(SnippetFault, match="File too large"):
        sandbox.run("import io; file = io.open('x', 'w'); file.write('y' * 99_999); file.flush()")


def test_the_environment_is_empty(sandbox: Sandbox) -> None:
    [ran] = sandbox.run("import sys; print(sorted(sys.modules['os'].environ))")
    known = {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LC_CTYPE"}
    assert set(eval(ran.printed)) <= known  # noqa: S307  # a list of our own


def test_a_dead_cell_is_replaced(sandbox: Sandbox) -> None:
    code = "import sys; os = sys.modules['os']; os.kill(os.getppid(), 9)"
    with pytest.raises(SnippetFault, match="came to an end"):
        sandbox.run(code)
    for _ in range(sandbox.workers + 1):
        assert sandbox.run("result = 1")[0].result == 1.0


def test_where_the_network_is_cut_off_nothing_is_reached(sandbox: Sandbox) -> None:
    if not sandbox.offline:
        pytest.skip("this system does not let a process leave the network")
    code = (
        "import asyncio\n"
        "try:\n"
        "    asyncio.run(asyncio.open_connection('127.0.0.1', 9))\n"
        "except OSError as error:\n"
        "    print(error.errno)"
    )
    assert sandbox.run(code)[0].printed == "101\n"
