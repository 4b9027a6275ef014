"""Loading a folder of question banks."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.banks.findings import BankErrors
from bot.banks.loader import load_bank
from bot.domain.questions import (
    BehaviouralItem,
    ChoiceItem,
    ItemType,
    KeywordItem,
    NumericItem,
    Proof,
    Reference,
    Tolerance,
)
from tests.banks.writing import (
    ALL_TYPES,
    MULTI,
    NUMERIC,
    SINGLE,
    findings_in,
    load,
    write,
    write_raw,
)


def test_every_type_of_item_loads(tmp_path: Path) -> None:
    bank = load(tmp_path, ALL_TYPES)
    assert [item.type for item in bank.items.values()] == list(ItemType)


def test_a_single_item_arrives_with_everything_that_its_author_wrote(tmp_path: Path) -> None:
    item = load(tmp_path, SINGLE).items["prog.python.0001"]
    assert isinstance(item, ChoiceItem)
    assert (item.rev, item.difficulty, item.seconds) == (2, 2, 45)
    assert (item.area_id, item.topic_id, item.language) == ("programming", "python", "en")
    assert item.code.splitlines()[0] == "def add(x, seen=[]):"
    assert item.code.splitlines()[-1] == 'print(add("b"))'
    assert item.options[1].why == "The default list is made once."
    assert item.key == {0}
    assert item.refs == (Reference("docs", "The Python Language Reference", "Functions"),)
    assert item.proof == Proof("stdout")
    assert (item.source, item.line) == ("programming/python.toml", 5)


def test_items_of_the_other_types_keep_their_own_fields(tmp_path: Path) -> None:
    items = load(tmp_path, ALL_TYPES).items
    multi, numeric, keyword, story = (items[f"prog.python.000{n}"] for n in (2, 3, 5, 6))
    assert isinstance(multi, ChoiceItem)
    assert multi.key == {0, 1}
    assert multi.scoring == "right-minus-wrong"
    assert isinstance(numeric, NumericItem)
    assert (numeric.answer, numeric.unit, numeric.tolerance) == (2.0, "GiB", Tolerance(rel=0.01))
    assert isinstance(keyword, KeywordItem)
    assert keyword.rubric.concepts[1].all_of == (("drop|mask",), ("units",))
    assert keyword.rubric.misconceptions[0].penalty == 0.5
    assert keyword.examples[0].min == 0.9
    assert isinstance(story, BehaviouralItem)
    assert story.rubric.result.three == "A measured one."
    assert (story.rubric.min_words, story.rubric.max_words) == (60, 300)
    assert story.rubric.red_flags == ("blames others",)


def test_all_six_types_are_playable(tmp_path: Path) -> None:
    bank = load(tmp_path, ALL_TYPES)
    assert {item.type for item in bank.playable} == set(ItemType)


def test_any_subset_of_the_topics_is_a_bank(tmp_path: Path) -> None:
    write(tmp_path, MULTI.replace("prog.python", "stat.gaussian"), "statistics/gaussian")
    bank = load_bank(tmp_path)
    assert list(bank.items) == ["stat.gaussian.0002"]
    assert len(bank.areas) == 10


def test_the_taxonomy_readmes_and_hidden_files_are_no_banks(tmp_path: Path) -> None:
    write_raw(tmp_path, "version = 1", "taxonomy.toml")
    write_raw(tmp_path, "# Read me", "README.md")
    write_raw(tmp_path, "# Read me", "programming/README.md")
    write_raw(tmp_path, "not toml", "programming/.draft.toml")
    write_raw(tmp_path, "not toml", ".trash/programming/python.toml")
    assert list(load(tmp_path, SINGLE).items) == ["prog.python.0001"]


@pytest.mark.parametrize("name", ["missing", "empty", "file"])
def test_a_folder_without_banks_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    (finding,) = findings_in(tmp_path / name)
    assert "folder" in finding.what
    assert "<area>/<topic>.toml" in finding.mend


@pytest.mark.parametrize(
    ("name", "what", "mend"),
    [
        ("python.toml", "does not lie in the folder of an area", "<area>/<topic>.toml"),
        ("programming/old/python.toml", "does not lie", "<area>/<topic>.toml"),
        ("programing/python.toml", '"programing" is no area', "did you mean programming?"),
        ("programming/pyton.toml", '"pyton" is no topic', "did you mean python?"),
        ("programming/python.German.toml", '"German" is no language code', "python.de.toml"),
    ],
)
def test_a_misplaced_file_is_named(tmp_path: Path, name: str, what: str, mend: str) -> None:
    write(tmp_path, SINGLE)
    path = write_raw(tmp_path, "schema = 1", name)
    (finding,) = findings_in(tmp_path)
    assert finding.path == path
    assert what in finding.what
    assert mend in finding.mend


def test_symlinks_are_followed_but_loops_do_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "banks"
    elsewhere = tmp_path / "elsewhere"
    write(elsewhere, SINGLE)
    folder.mkdir()
    (folder / "programming").symlink_to(elsewhere / "programming")
    (folder / "loop").symlink_to(folder)
    (elsewhere / "programming" / "loop").symlink_to(elsewhere / "programming")
    assert list(load_bank(folder).items) == ["prog.python.0001"]


def test_a_file_that_is_a_loop_is_named(tmp_path: Path) -> None:
    loop = tmp_path / "programming" / "python.toml"
    loop.parent.mkdir()
    loop.symlink_to(loop)
    (finding,) = findings_in(tmp_path)
    assert finding.path == loop
    assert "cannot be read" in finding.what


def test_nothing_is_loaded_by_halves_and_every_finding_is_told(tmp_path: Path) -> None:
    write(tmp_path, SINGLE.replace("difficulty = 2", "difficulty = 9"))
    write(tmp_path, MULTI.replace("rev = 1\n", ""), "programming/r")
    write_raw(tmp_path, "schema = ", "programming/java.toml")
    with pytest.raises(BankErrors) as errors:
        load_bank(tmp_path)
    lines = str(errors.value).splitlines()
    assert len(lines) == len(errors.value.findings)
    assert [Path(f.path).name for f in errors.value.findings] == [
        "java.toml",
        "python.toml",
        "r.toml",
        "r.toml",
    ]


def test_a_finding_reads_as_file_line_what_and_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("banks"), SINGLE.replace("difficulty = 2", "difficulty = 9"))
    with pytest.raises(BankErrors) as errors:
        load_bank(Path("banks"))
    assert str(errors.value) == (
        "banks/programming/python.toml:9: prog.python.0001: `difficulty` is 9 "
        "(the most allowed is 5)"
    )


def test_what_an_author_wrote_cannot_steer_a_terminal(tmp_path: Path) -> None:
    write(tmp_path, SINGLE.replace("prog.python.0001", r"\u001b[31mred"))
    assert "\x1b" not in "".join(map(str, findings_in(tmp_path)))


def test_ids_are_unique_over_the_whole_bank(tmp_path: Path) -> None:
    path = write(tmp_path, SINGLE + NUMERIC.replace("0003", "0001"))
    (finding,) = findings_in(tmp_path)
    assert finding.item_id == "prog.python.0001"
    assert finding.what == "the id is used twice"
    assert f"first at {path}:5" in finding.mend


def test_items_without_an_id_are_told_as_such_in_every_file(tmp_path: Path) -> None:
    nameless = SINGLE.replace('id = "prog.python.0001"\n', "")
    write(tmp_path, nameless)
    write(tmp_path, nameless, "programming/r")
    findings = findings_in(tmp_path)
    assert [finding.what for finding in findings] == ["`id` is missing"] * 2
    assert [finding.item_id for finding in findings] == ["item 1"] * 2


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "mend"),
    [
        ("schema = 1", "schema = 2", 1, "`schema` is 2", "allowed: 1"),
        ("schema = 1\n", "", 1, "`schema` is missing", "add `schema`"),
        ('area = "programming"', 'area = "statistics"', 2, "`area`", 'be "programming"'),
        ('topic = "python"', 'topic = "r"', 3, '`topic` is "r"', 'be "python"'),
        ('topic = "python"', 'topic = "python"\ntopics = 1', 4, "unknown key", "mean topic?"),
        ("schema = 1", 'schema = 1\nlanguage = "English"', 2, "`language`", "match"),
    ],
)
def test_the_heading_has_to_suit_the_file(
    tmp_path: Path, old: str, new: str, line: int, what: str, mend: str
) -> None:
    path = write(tmp_path, SINGLE)
    path.write_text(path.read_text().replace(old, new, 1))
    (finding,) = findings_in(tmp_path)
    assert finding.line == line
    assert what in finding.what
    assert mend in finding.mend


@pytest.mark.parametrize("items", ["", "items = []\n", "items = 3\n", "items = [3]\n"])
def test_a_file_without_items_is_named(tmp_path: Path, items: str) -> None:
    write(tmp_path, items)
    (finding,) = findings_in(tmp_path)
    assert "[[items]]" in finding.mend


def test_a_file_holds_at_most_two_thousand_items(tmp_path: Path) -> None:
    write(tmp_path, "[[items]]\n" * 2_001)
    (finding,) = findings_in(tmp_path)
    assert "2001 items" in finding.what
