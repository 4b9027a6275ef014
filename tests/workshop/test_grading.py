"""The authors' commands: grades as JSON lines, agreement with people, one message for a fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main

BANK = Path(__file__).parents[1] / "dialogues" / "text_bank"
RUBRICS = """
["q1"]
need = 1.0
question = "How do you fight overfitting?"
[["q1".concepts]]
id = "dropout"
label = "dropout"
any = ["dropout"]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_CONTENT__BANKS", str(BANK))


def answers(folder: Path, *lines: object) -> str:
    path = folder / "answers.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return str(path)


def test_an_items_rubric_grades_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = answers(
        tmp_path,
        {"answer": "I would add dropout to the dense layers.", "score": 0.5},
        {"answer": "I would train it for more epochs until the loss is small.", "score": 0.0},
        {
            "answer": "We use dropout, and we stop training early on the validation set.",
            "score": 1,
        },
    )
    assert main(["bank", "grade", "nn.training.0001", "--answers", file]) == 0
    out, err = capsys.readouterr()
    graded = [json.loads(line) for line in out.splitlines()]
    assert [line["score"] for line in graded] == [0.5, 0.0, 1.0]
    assert graded[0]["covered"] == ["dropout"]
    assert "data augmentation" in graded[0]["missing"]
    assert all(isinstance(line["flags"], list) for line in graded)
    assert "Pearson 1.000" in err
    assert "quadratic kappa 1.000" in err


def test_a_story_is_graded_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = answers(tmp_path, {"answer": "I am a passionate team player."})
    assert main(["bank", "grade", "com.teamwork.0001", "--answers", file]) == 0
    [line] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert line["score"] < 0.4
    assert set(line["parts"]) == {"situation", "task", "action", "result"}


def test_a_rubric_file_grades_by_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rubrics.toml").write_text(RUBRICS, "utf-8")
    file = answers(
        tmp_path,
        {"question_id": "q1", "answer": "We add dropout to every hidden layer."},
        {"question_id": "q2", "answer": "Whatever."},
    )
    assert main(["grade", "--rubrics", "rubrics.toml", "--answers", file]) == 0
    graded = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["score"] for line in graded] == [1.0, None]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["bank", "grade", "nn.nothing.0001", "--answers", "x"], 1, "no item nn.nothing.0001"),
        (["bank", "grade", "nn.training.0001", "--answers", "x"], 2, "x: cannot be read"),
        (["grade", "--rubrics", "nowhere.toml", "--answers", "x"], 2, "nowhere.toml"),
    ],
)
def test_faults(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    assert message in capsys.readouterr().err


def test_a_line_that_is_no_answer_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = answers(tmp_path, {"answer": "fine"}, {"text": "no answer"})
    assert main(["bank", "grade", "nn.training.0001", "--answers", file]) == 2
    assert "answers.jsonl:2:" in capsys.readouterr().err
