"""Files that are no proper TOML, or too much of it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.banks.writing import HEADING, SINGLE, findings_in, load, write, write_raw

HEAD = HEADING.format(area="programming", topic="python")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("schema = 1\narea = \n", 2, "not valid TOML: Invalid value"),
        ('schema = 1\narea = "programming\n', 2, "not valid TOML"),
        ("schema = 1\n[[items]\n", 2, "not valid TOML"),
        ("schema = 1\n\nschema = 1\n", 3, "not valid TOML"),
        ('schema = 1\ntext = """\nnever closed\n', 4, "not valid TOML"),
        (b"schema = 1\narea = 'caf\xe9'\n", 2, "not valid UTF-8: byte 0xe9"),
        (b"\xef\xbb\xbfschema = 1\n", 1, "byte order mark"),
        (f"schema = 1\nn = {'9' * 5_000}\n", 1, "out of range"),
        (f"schema = 1\n\nn = {'[' * 3_000}", 3, "more than 8 levels deep"),
        (f"schema = 1\n{'.'.join('a' * 3_000)} = 1", 2, "more than 8 levels deep"),
        (f"schema = 1\n[{'.'.join('a' * 3_000)}]", 2, "more than 8 levels deep"),
        (f"schema = 1\nn = {'{a=' * 3_000}1", 2, "more than 8 levels deep"),
    ],
)
def test_a_file_that_cannot_be_parsed_is_named_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, what: str
) -> None:
    path = write_raw(tmp_path, text)
    (finding,) = findings_in(tmp_path)
    assert (finding.path, finding.line) == (path, line)
    assert what in finding.what


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = write_raw(tmp_path, "")
    with path.open("wb") as file:
        file.truncate(200 * 2**20)  # sparse: takes no room
    before = time.process_time()
    (finding,) = findings_in(tmp_path)
    assert time.process_time() - before < 0.2
    assert "200.0 MiB" in finding.what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes by name")
def test_a_pipe_does_not_block_the_start(tmp_path: Path) -> None:
    write(tmp_path, SINGLE)
    os.mkfifo(tmp_path / "programming" / "r.toml")
    (finding,) = findings_in(tmp_path)
    assert "not a regular file" in finding.what


def test_windows_line_ends_are_fine(tmp_path: Path) -> None:
    write_raw(tmp_path, (HEAD + SINGLE.replace("rev = 2", "rev = 0")).replace("\n", "\r\n"))
    (finding,) = findings_in(tmp_path)
    assert finding.line == 7
    assert load(tmp_path, SINGLE).items["prog.python.0001"].rev == 2


@pytest.mark.parametrize(
    "text",
    [
        '"""' * 50_000,
        '"\\' * 100_000,
        "'''" * 50_000,
        "[" * 150_000,
        "{" * 150_000,
        "= " * 150_000,
    ],
)
def test_hostile_files_cost_little_time(tmp_path: Path, text: str) -> None:
    write_raw(tmp_path, HEAD + text)
    before = time.process_time()
    assert findings_in(tmp_path)
    assert time.process_time() - before < 2
