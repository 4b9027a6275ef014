"""Rubric files: what they hold, what is wrong with them, and grading lines with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.banks.findings import BankErrors
from bot.banks.rubric_files import LineGrader, grade_lines, load_rubrics

GOOD = """
["exam.1"]
question = "What helps against overfitting?"
need = 2.0
[["exam.1".concepts]]
id = "dropout"
label = "dropout"
any = ["dropout"]
[["exam.1".concepts]]
id = "decay"
label = "small weights"
any = ["weight decay"]
hint = "And the weights?"
[["exam.1".misconceptions]]
label = "train longer"
any = ["train longer"]
say = "That makes it worse."
[["exam.1".examples]]
answer = "Dropout."
min = 0.5

[plain]
need = 1
concepts = [{ id = "x", label = "x", any = ["stack"] }]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "rubrics.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> str:
    with pytest.raises(BankErrors) as caught:
        load_rubrics(write(folder, text))
    return str(caught.value)


def test_a_table_is_the_concepts_of_an_item_under_a_question_id(tmp_path: Path) -> None:
    entries = load_rubrics(write(tmp_path, GOOD))
    assert list(entries) == ["exam.1", "plain"]
    entry = entries["exam.1"]
    assert entry.question == "What helps against overfitting?"
    assert [concept.id for concept in entry.rubric.concepts] == ["dropout", "decay"]
    assert entry.rubric.misconceptions[0].penalty == 0.5
    assert entry.examples[0].min == 0.5
    assert entries["plain"].rubric.need == 1.0


@pytest.mark.parametrize(
    ("spoilt", "line", "says"),
    [
        (GOOD.replace("need = 2.0", "need = 3.0"), 4, "all concepts together weigh 2"),
        (GOOD.replace("need = 2.0", ""), 2, "`need` is missing"),
        (GOOD.replace("need = 2.0", "neeed = 2.0"), 4, "did you mean need?"),
        (GOOD.replace('["weight decay"]', '["{weight decay"]'), 9, "stray {"),
        (GOOD.replace('["train longer"]', '["tr*in"]'), 14, "end of a word"),
        (GOOD.replace('id = "decay"', 'id = "dropout"'), 9, "used twice"),
        (GOOD.replace('any = ["dropout"]', ""), 5, "has no pattern"),
        ("x = 1", 1, "is not a table"),
        ("", 1, "holds no rubric"),
        ("[x", 1, "is not valid TOML"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, spoilt: str, line: int, says: str) -> None:
    found = faults(tmp_path, spoilt)
    assert f"rubrics.toml:{line}:" in found
    assert says in found


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    spoilt = GOOD.replace("need = 2.0", "need = 3.0").replace('["stack"]', '["{"]')
    assert len(faults(tmp_path, spoilt).splitlines()) == 2


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(BankErrors, match="cannot be read"):
        load_rubrics(tmp_path / "nothing.toml")


def test_lines_are_graded_and_keep_what_they_had(tmp_path: Path) -> None:
    rubrics = load_rubrics(write(tmp_path, GOOD))
    line = {"question_id": "exam.1", "answer": "Dropout helps; train longer.", "id": 7, "score": 1}
    [graded] = map(json.loads, grade_lines(rubrics, [json.dumps(line), "  \n"]))
    assert graded == {
        "question_id": "exam.1",
        "answer": "Dropout helps; train longer.",
        "id": 7,
        "human": 1,
        "score": 0.0,
        "covered": ["dropout"],
        "missing": ["small weights"],
        "watch_out": ["That makes it worse."],
        "flags": [],
    }


def test_a_line_without_a_rubric_is_not_scored(tmp_path: Path) -> None:
    grader = LineGrader(load_rubrics(write(tmp_path, GOOD)))
    graded = grader.grade({"question_id": "exam.2", "answer": "Dropout."})
    assert (graded["score"], graded["flags"]) == (None, ["no-rubric"])


def test_the_question_may_stand_in_the_line(tmp_path: Path) -> None:
    grader = LineGrader(load_rubrics(write(tmp_path, GOOD)))
    line = {"question_id": "plain", "answer": "It is a stack."}
    assert grader.grade(line)["score"] == 1.0
    assert grader.grade({**line, "question": "Why is it no stack?"})["score"] == 0.0


@pytest.mark.parametrize(
    ("line", "says"), [("{", "line 2 is no JSON"), ("[]", "line 2 is no obj")]
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        list(grade_lines(load_rubrics(write(tmp_path, GOOD)), ["", line]))
