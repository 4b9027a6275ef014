"""What is refused in an item, in the author's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.banks.writing import (
    BEHAVIOURAL,
    KEYWORD,
    MULTI,
    NUMERIC,
    PARAM,
    SINGLE,
    findings_in,
    load,
    write,
)

URL = "https" + "://example.org"


@pytest.mark.parametrize(
    ("old", "new", "what", "mend"),
    [
        ("rev = 2\n", "", "`rev` is missing", "add `rev`"),
        ("rev = 2", 'rev = "2"', '`rev` is "2"', "whole number without quotes"),
        ("rev = 2", "rev = true", "`rev` is true", "whole number"),
        ("rev = 2", "rev = 0", "`rev` is 0", "the least allowed is 1"),
        ("difficulty = 2", "difficulty = 6", "`difficulty` is 6", "the most allowed is 5"),
        ("seconds = 45", "second = 45", "unknown key `second`", "did you mean seconds?"),
        ('why = "The default', 'wy = "The default', "unknown key `options[1].wy`", "mean why?"),
        ("hints = [", "hints = 3 #", "`hints` is 3, not a list", "write [ … ]"),
        ('type = "single"', 'type = "singel"', '`type` is "singel"', "did you mean single?"),
        ('type = "single"\n', "", "`type` is missing", "known: single, multi"),
        ('kind = "docs"', 'kind = "Some Docs"', "`refs[0].kind`", "match"),
        ('question = "What does this', 'question = 3 # "', "`question` is 3, not text", "quotes"),
        ('question = "What does this program print?"', 'question = "  "', "is blank", "write it"),
        ("tags = [", "order = 'random'\ntags = [", '`order` is "random"', "'shuffle', 'fixed'"),
    ],
)
def test_keys_and_types(tmp_path: Path, old: str, new: str, what: str, mend: str) -> None:
    assert old in SINGLE
    path = write(tmp_path, SINGLE.replace(old, new, 1))
    (finding,) = findings_in(tmp_path)
    assert what in finding.what
    assert mend in finding.mend
    assert finding.item_id == "prog.python.0001"
    key = "[[items]]" if "is missing" in what else new.partition(" = ")[0]
    assert key in path.read_text().splitlines()[finding.line - 1]


def test_a_misspelt_key_that_is_needed_is_both_unknown_and_missing(tmp_path: Path) -> None:
    write(tmp_path, SINGLE.replace("title =", "titel ="))
    unknown, missing = sorted(f.what for f in findings_in(tmp_path))[::-1]
    assert unknown == "unknown key `refs[0].titel`"
    assert missing == "`refs[0].title` is missing"


@pytest.mark.parametrize(
    "item_id",
    ["prog.python.1", "prog.python.00011", "prog.r.0001", "stat.python.0001", "python.0001", "x"],
)
def test_ids_name_area_topic_and_four_digits(tmp_path: Path, item_id: str) -> None:
    write(tmp_path, SINGLE.replace("prog.python.0001", item_id))
    (finding,) = findings_in(tmp_path)
    assert finding.what == f'`id` is "{item_id}"'
    assert finding.mend.endswith("prog.python.0001")
    assert finding.line == 6


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("What does this program print?", "x" * 301, "`question` has 301 characters"),
        ("What does this program print?", "x" * 2_001, "`question` has 2001 characters"),
        ('text = "2"', f'text = "{"x" * 101}"', "`options[0].text` has 101 characters"),
        ("A default value is built once, when def runs.", "x" * 201, "`explanation` has 201"),
        ("A default value", r"a\nb\nc\nd", "`explanation` has 3 line feeds"),
        ("def add", "#" * 1_024 + "\ndef add", "`code` has"),
        ("When is the default expression evaluated?", "x" * 8_001, "`hints[0]` has 8001"),
    ],
)
def test_lengths(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert old in SINGLE
    write(tmp_path, SINGLE.replace(old, new, 1))
    assert what in findings_in(tmp_path)[0].what


def test_a_long_question_is_fine_where_no_poll_has_to_hold_it(tmp_path: Path) -> None:
    longer = SINGLE.replace("What does this program print?", "x" * 301)
    bank = load(tmp_path, longer.replace("rev = 2", "rev = 2\npoll = false"))
    assert not bank.items["prog.python.0001"].poll


@pytest.mark.parametrize("link", [URL, "www.example.org", "t.me/somebody", "mailto:a@b.c"])
@pytest.mark.parametrize(
    "where", ["What does", "The list grows", "The Python Language", "def add"]
)
def test_urls_are_refused_anywhere(tmp_path: Path, where: str, link: str) -> None:
    write(tmp_path, SINGLE.replace(where, f"see {link} {where}", 1))
    (finding,) = findings_in(tmp_path)
    assert "holds a URL" in finding.what


@pytest.mark.parametrize("char", [r"\u0000", r"\u001b", r"\u0007", r"\u0085", r"\u202e", r"\r"])
def test_control_characters_are_refused(tmp_path: Path, char: str) -> None:
    write(tmp_path, SINGLE.replace("What does", f"What{char} does", 1))
    (finding,) = findings_in(tmp_path)
    assert finding.what.startswith("`question` holds the control character U+")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("costs 5 $ a month", "an unpaired $"),
        ("$x$ and $y", "an unpaired $"),
        ("$x$ and $ $", "an empty formula"),
        ("$x^2$ and $y$", None),
        ("`echo $HOME` and $x$", None),
    ],
)
def test_dollars_come_in_pairs_around_a_formula(
    tmp_path: Path, text: str, fault: str | None
) -> None:
    write(tmp_path, SINGLE.replace("What does", text, 1))
    findings = findings_in(tmp_path)
    assert [f.what for f in findings] == ([f"`question` holds {fault}"] if fault else [])


@pytest.mark.parametrize(
    ("item", "old", "new", "what", "mend"),
    [
        (SINGLE, ", correct = true", ", why = 'x'", "has one right option, this one has 0", "one"),
        (SINGLE, 'text = "1",', 'text = "1", correct = true,', "this one has 2", '"multi"'),
        (SINGLE, ', why = "The default list is made once."', "", "does not say why", "why ="),
        (SINGLE, 'why = "The list grows before its length is taken."', 'why = " "', "say why", ""),
        (SINGLE, 'text = "1"', 'text = "2 "', "options 1 and 2 are the same", "differ"),
        (SINGLE, 'text = "1"', 'text = "None of the above"', "catch-all", "shuffled"),
        (SINGLE, 'text = "1"', 'text = "all of the above."', "catch-all", "shuffled"),
        (SINGLE, 'text = "1"', 'text = "Both of these"', "catch-all", "shuffled"),
        (SINGLE, 'text = "1"', 'text = " "', "option 2 is blank", "write it"),
        (SINGLE, "rev = 2", 'rev = 2\norder = "ascending"', "option 2 is not above option 1", ""),
        (MULTI, 'text = "dict", correct = true', 'text = "dict", why = "x"', "one has 1", ""),
        (MULTI, 'text = "tuple"', 'text = "tuple", correct = true', "every option is right", ""),
        (MULTI, "rev = 1", 'rev = 1\norder = "ascending"', "not begin with a number", "fixed"),
        (MULTI, "rev = 1", 'rev = 1\nscoring = "half"', '`scoring` is "half"', "all-or-nothing"),
    ],
)
def test_options(tmp_path: Path, item: str, old: str, new: str, what: str, mend: str) -> None:
    spoilt = item.replace(old, new, 1)
    assert spoilt != item
    write(tmp_path, spoilt)
    findings = findings_in(tmp_path)
    assert any(what in finding.what and mend in finding.mend for finding in findings)


@pytest.mark.parametrize("count", [1, 9])
def test_there_are_two_to_eight_options(tmp_path: Path, count: int) -> None:
    options = ", ".join(f'{{ text = "{n}", why = "no" }}' for n in range(1, count))
    write(tmp_path, SINGLE[: SINGLE.index("options")] + 'explanation = "x"\noptions = [')
    path = tmp_path / "programming" / "python.toml"
    path.write_text(path.read_text() + f'{{ text = "0", correct = true }}, {options}]\n')
    (finding,) = findings_in(tmp_path)
    assert f"`options` has {count} entries" in finding.what


def test_numbers_ascend_by_what_they_measure(tmp_path: Path) -> None:
    options = """[
  { text = "about 900 KiB", why = "x" },
  { text = "1.5 MiB", correct = true },
  { text = "1,000 MiB", why = "x" },
  { text = "1 GiB of memory", why = "x" },
]"""
    start, end = SINGLE.index("options"), SINGLE.index("explanation")
    item = f'{SINGLE[:start]}order = "ascending"\noptions = {options}\n{SINGLE[end:]}'
    assert load(tmp_path, item).items


@pytest.mark.parametrize(
    ("item", "old", "new", "what", "mend"),
    [
        (NUMERIC, "answer = 2.0", 'answer = "2.0"', '`answer` is "2.0"', "without quotes"),
        (NUMERIC, "answer = 2.0", "answer = inf", "`answer` is inf", "finite"),
        (NUMERIC, "answer = 2.0", "answer = nan", "`answer` is nan", "finite"),
        (NUMERIC, "value = 1.0", "value = 2.01", "trap 2.01 lies within the tolerance", "narrow"),
        (NUMERIC, "{ rel = 0.01 }", "{}", "`tolerance` is empty", "rel"),
        (NUMERIC, "{ rel = 0.01 }", "{ rel = 1 }", "`tolerance.rel` is 1", "below 1"),
        (NUMERIC, "{ rel = 0.01 }", "{ abs = -1 }", "`tolerance.abs` is -1", "least allowed is 0"),
        (NUMERIC, "2 * 2**30 / 2**30", "2 * x", "`x` is unknown", "arithmetic"),
        (
            NUMERIC,
            ', expr = "2 * 2**30 / 2**30"',
            "",
            "`check.expr` is missing",
            "has the key expr",
        ),
        (NUMERIC, '"expr", expr', '"stdout", expr', "does not suit a numeric item", "single"),
        (SINGLE, "code = '''", "details = '''", "no `code` whose output", "add code"),
        (SINGLE, '"stdout" }', '"stdout", by = "x" }', "unknown key `check.by`", "no other keys"),
        (KEYWORD, "need = 2.0", "need = 3.0", "all concepts together weigh 2", "lower it"),
        (KEYWORD, 'id = "dropout"', 'id = "early_stop"', "used twice", "rename"),
        (KEYWORD, '"{stop train* validation}~8"', '"{stop"', '"{stop": stray {', "~8"),
        (KEYWORD, '"{more|longer epoch*|train*}~4"', '" "', "holds no word", "words"),
        (KEYWORD, '"{stop train* validation}~8"', '"st*op"', "end of a word only", "word*"),
        (KEYWORD, '["dropout"]\nall_of = [["drop|mask"], ["units"]]', "[]", "no pattern", "any"),
        (KEYWORD, "min = 0.9", "min = 1.9", "`examples[0].min` is 1.9", "most allowed is 1"),
        (BEHAVIOURAL, "min = 60", "min = 400", "`words.min` is above", "swap"),
        (BEHAVIOURAL, 'zero = "No task."\n', "", "`rubric.task.zero` is missing", "add"),
        (BEHAVIOURAL, "[items.rubric.task]", "[items.rubric.tasks]", "rubric.task", ""),
    ],
)
def test_other_types(tmp_path: Path, item: str, old: str, new: str, what: str, mend: str) -> None:
    spoilt = item.replace(old, new, 1)
    assert spoilt != item
    write(tmp_path, spoilt)
    findings = findings_in(tmp_path)
    assert any(what in finding.what and mend in finding.mend for finding in findings)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('text = "1",', 'text = "None of the above",', 24),
        ("Functions", "x" * 301, 29),
    ],
)
def test_findings_stand_at_the_line_of_the_fault(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    path = write(tmp_path, SINGLE.replace(old, new, 1))
    assert [f.line for f in findings_in(tmp_path)] == [line]
    assert new in path.read_text().splitlines()[line - 1]


def test_a_red_flag_may_stand_beside_the_part_that_it_belongs_to(tmp_path: Path) -> None:
    item = BEHAVIOURAL.replace('signals = ["I"]', 'signals = ["I"]\nred_flags = ["only we"]')
    story = load(tmp_path, item).items["prog.python.0006"]
    assert story.rubric.red_flags == ("blames others", "only we")  # type: ignore[attr-defined] # a behavioural item


def test_a_number_beyond_floats_is_refused(tmp_path: Path) -> None:
    write(tmp_path, NUMERIC.replace("answer = 2.0", f"answer = {10**400}"))
    (finding,) = findings_in(tmp_path)
    assert "`answer`" in finding.what


def test_parameters_are_lists_of_numbers(tmp_path: Path) -> None:
    write(tmp_path, PARAM.replace("[2, 4, 12]", '[2, "4", 12]'))
    (finding,) = findings_in(tmp_path)
    assert (finding.what, finding.mend) == (
        '`params.n[1]` is "4"',
        "write a number without quotes",
    )
