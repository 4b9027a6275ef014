"""`python -m bot.banks FOLDER`, for authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.banks.__main__ import main
from tests.banks.writing import ALL_TYPES, SINGLE, write


def test_a_good_bank_is_counted_by_area_and_type(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, ALL_TYPES)
    assert main([str(tmp_path)]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["single", "multi", "numeric", "param", "keyword", "behavioural", "all"]
    assert rows[1] == ["programming", *"1111116"]
    assert rows[-1] == ["all", *"1111116"]


def test_findings_go_to_standard_error_and_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, SINGLE.replace("rev = 2", "rev = 0"))
    assert main([str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "`rev` is 0" in captured.err
    assert captured.err.endswith("1 finding\n")
