"""Translations of items."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.banks.loader import load_bank
from bot.domain.questions import ChoiceItem, ParamItem
from tests.banks.writing import NUMERIC, PARAM, SINGLE, findings_in, write, write_raw

HEADING = 'schema = 1\narea = "programming"\ntopic = "python"\nlanguage = "de"\n'
GERMAN = """
[[items]]
id = "prog.python.0001"
rev = 2
question = "Was gibt dieses Programm aus?"
options = [
  { text = "zwei" },
  { text = "eins", why = "Die Liste entsteht nur einmal." },
  { why = "Die Liste wächst vorher." },
]
"""


def translate(folder: Path, overlay: str, original: str = SINGLE) -> ChoiceItem:
    """The first item with `overlay` in force."""
    write(folder, original)
    write_raw(folder, HEADING + overlay, "programming/python.de.toml")
    item = load_bank(folder, language="de").items["prog.python.0001"]
    assert isinstance(item, ChoiceItem)
    return item


def test_an_overlay_replaces_texts_and_leaves_the_rest(tmp_path: Path) -> None:
    item = translate(tmp_path, GERMAN)
    assert (item.question, item.language) == ("Was gibt dieses Programm aus?", "de")
    assert [option.text for option in item.options] == ["zwei", "eins", "0"]
    assert item.options[2].why == "Die Liste wächst vorher."
    assert item.key == {0}
    assert item.explanation == "A default value is built once, when def runs."


@pytest.mark.parametrize("language", ["en", "fr"])
def test_other_languages_get_the_original(tmp_path: Path, language: str) -> None:
    translate(tmp_path, GERMAN)
    item = load_bank(tmp_path, language=language).items["prog.python.0001"]
    assert (item.question, item.language) == ("What does this program print?", "en")


def test_an_overlay_older_than_its_item_falls_back(tmp_path: Path) -> None:
    item = translate(tmp_path, GERMAN, SINGLE.replace("rev = 2", "rev = 3"))
    assert (item.question, item.language) == ("What does this program print?", "en")


def test_items_without_a_translation_stay_as_they_are(tmp_path: Path) -> None:
    translate(tmp_path, GERMAN, SINGLE + NUMERIC)
    bank = load_bank(tmp_path, language="de")
    assert list(bank.items) == ["prog.python.0001", "prog.python.0003"]
    assert bank.items["prog.python.0003"].language == "en"


def test_templates_and_reasons_of_parametrised_items_are_translated(tmp_path: Path) -> None:
    write(tmp_path, PARAM)
    overlay = """
[[items]]
id = "prog.python.0004"
rev = 1
question = "Ein Modell hat {n} Schichten."
traps = [{ why = "Eingefroren sind {share:%}." }]
"""
    write_raw(tmp_path, HEADING + overlay, "programming/python.de.toml")
    english = load_bank(tmp_path).items["prog.python.0004"]
    german = load_bank(tmp_path, language="de").items["prog.python.0004"]
    assert isinstance(english, ParamItem)
    assert isinstance(german, ParamItem)
    assert (
        german.variants[0].question
        == f"Ein Modell hat {german.variants[0].values['n']} Schichten."
    )
    assert german.variants[0].traps[0].why.startswith("Eingefroren sind ")
    assert [v.answer for v in german.variants] == [v.answer for v in english.variants]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("0001", "0009", "there is no item `prog.python.0009` to translate"),
        ('id = "prog.python.0001"\n', "", "there is no item `None` to translate"),
        ("rev = 2\n", "", "`rev` is missing or no whole number"),
        ("rev = 2", "rev = 2\ndifficulty = 5", "a translation cannot set `difficulty`"),
        ('text = "zwei"', 'text = "zwei", correct = true', "`options[0]` sets more than texts"),
        ('  { text = "zwei" },\n', "", "`options` does not match the original's 3 entries"),
        ('question = "Was', 'question = "' + "x" * 300, "`question` has"),
        ('text = "zwei"', 'text = "0"', "options 1 and 3 are the same"),
        ('question = "Was', 'question = "Was $', "an unpaired $"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_faulty_translation_is_found_whatever_the_language(
    tmp_path: Path, language: str, old: str, new: str, what: str
) -> None:
    assert old in GERMAN
    write(tmp_path, SINGLE)
    path = write_raw(tmp_path, HEADING + GERMAN.replace(old, new), "programming/python.de.toml")
    (finding,) = findings_in(tmp_path)
    assert finding.path == path
    assert what in finding.what


def test_the_heading_names_the_language_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, SINGLE)
    overlay = HEADING.replace('"de"', '"fr"') + GERMAN
    write_raw(tmp_path, overlay, "programming/python.de.toml")
    (finding,) = findings_in(tmp_path)
    assert (finding.line, finding.what) == (4, '`language` is "fr"')


def test_a_faulty_original_is_not_told_twice(tmp_path: Path) -> None:
    write(tmp_path, SINGLE.replace("difficulty = 2", "difficulty = 7"))
    write_raw(tmp_path, HEADING + GERMAN, "programming/python.de.toml")
    (finding,) = findings_in(tmp_path)
    assert finding.path.name == "python.toml"
