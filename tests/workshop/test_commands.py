"""`bank …` on the command line: what it prints, and how it exits."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.cli import main
from tests.banks.writing import ALL_TYPES, NUMERIC, PARAM, SINGLE, write

FORMULA = SINGLE.replace("What does this program print?", "What is $x^2$ for x = 2?")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_CONTENT__BANKS", "bank")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write(tmp_path / "bank", SINGLE + NUMERIC)
    return tmp_path


def test_lint_passes_a_sound_bank(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", "lint"]) == 0
    out = capsys.readouterr().out
    assert "guesser" in out
    assert out.endswith("The bank passes.\n")


def test_lint_fails_and_names_file_and_line(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = NUMERIC.replace("How many", "What is $\\\\nonsense$? How many")
    write(here / "bank", SINGLE + spoilt)
    assert main(["bank", "lint"]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("bank/programming/python.toml:32: warn: prog.python.0003: names no")
    assert main(["bank", "lint"]) == 1
    assert ": fail: prog.python.0003: " in capsys.readouterr().out


def test_a_bank_that_does_not_load_is_a_finding(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here / "bank", SINGLE.replace("rev = 2", "rev = 0"))
    for task in ("lint", "verify", "stats"):
        assert main(["bank", task]) == 1
        assert "python.toml:7: prog.python.0001: `rev` is 0" in capsys.readouterr().err


def test_verify_proves_and_remembers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", "verify"]) == 0
    assert capsys.readouterr().out == "2 items: 2 proved\n"
    assert main(["bank", "verify"]) == 0
    assert capsys.readouterr().out == "2 items: 2 proved (2 known from before)\n"
    assert main(["bank", "verify", "--fresh", "--workers", "1", "prog.python.0003"]) == 0
    assert capsys.readouterr().out == "1 item: 1 proved\n"


def test_verify_fails_and_names_file_and_line(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here / "bank", SINGLE + NUMERIC.replace("answer = 2.0", "answer = 2.5"))
    assert main(["bank", "verify"]) == 1
    out = capsys.readouterr().out
    assert "bank/programming/python.toml:32: prog.python.0003: the expression gives 2" in out
    assert "1 proved, 1 failed" in out


def test_verify_knows_what_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", "verify", "programming", "nix"]) == 1
    assert capsys.readouterr().err == "there is no item, topic or area nix\n"


def test_stats_count_against_the_targets(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", "stats"]) == 0
    out = capsys.readouterr().out
    row = next(line for line in out.splitlines() if line.startswith("  Python "))
    assert row.split()[1:8] == ["1/16", "0/4", "1/0", "0/3", "0/2", "–", "2/25"]
    assert "topics covered: 1 of 82" in out
    assert "proofs: stdout 1, expr 1" in out


def test_show_tells_everything(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here / "bank", ALL_TYPES)
    expected = {
        "0001": ["✓ 2", "✗ 1", "The default list is made once.", "proof: stdout"],
        "0003": ["✓ 2 GiB  [± 0.01 of it]", "✗ 1: Count keys and values.", "expr – 2 * 2**30"],
        "0004": ["12 variants, such as", "n * width**2 * (1 - share)", "no proof"],
        "0005": ["full marks from a weight of 2", "• early stopping (1)", "✗ more epochs cure"],
        "0006": ["60 to 300 words", "→ What would you do differently?"],
    }
    for number, parts in expected.items():
        assert main(["bank", "show", f"prog.python.{number}"]) == 0
        out = capsys.readouterr().out
        assert [part for part in parts if part not in out] == []
    assert "bank/programming/python.toml:" in out


def test_preview_shows_what_the_chat_shows(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", "preview", "prog.python.0001"]) == 0
    out = capsys.readouterr().out
    assert "[A]  [B]  [C]" in out
    assert out.count("✅") == 1
    assert out.count("❌") == 2
    assert "The list grows before its length is taken." in out
    assert "as a poll (question 29 of 300)" in out


def test_preview_of_every_type_works(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here / "bank", ALL_TYPES)
    for number in range(1, 7):
        assert main(["bank", "preview", f"prog.python.000{number}"]) == 0
    assert "Traceback" not in capsys.readouterr().err


def test_preview_deals_the_variant_asked_for(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here / "bank", PARAM)
    seen = set()
    for variant in ("0", "1"):
        assert main(["bank", "preview", "prog.python.0004", "--variant", variant]) == 0
        seen.add(capsys.readouterr().out)
    assert len(seen) == 2


def test_preview_saves_the_picture(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here / "bank", FORMULA)
    assert main(["bank", "preview", "prog.python.0001", "--picture", "x.png"]) == 0
    assert "[picture: x^2]" in capsys.readouterr().out
    assert (here / "x.png").read_bytes().startswith(b"\x89PNG")
    assert main(["bank", "preview", "prog.python.0001", "--picture", "no/x.png"]) == 1


def test_a_picture_of_nothing_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", "preview", "prog.python.0001", "--picture", "x.png"]) == 1
    assert capsys.readouterr().err == "prog.python.0001 has no formula\n"


@pytest.mark.parametrize("task", ["show", "preview"])
def test_an_unknown_id_is_a_finding(task: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", task, "prog.python.9999"]) == 1
    assert capsys.readouterr().err == "there is no item prog.python.9999\n"


def test_without_the_libraries_for_authors_lint_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("bot.workshop.", "scipy"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scipy", None)  # as where it is not installed
    assert main(["bank", "lint"]) == 2
    assert "pip install 'ml-interview-bot[authors]'" in capsys.readouterr().err
