"""Finding the line of every key of a TOML source."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from bot.banks.lines import TooDeep, locate
from tests.banks.writing import ALL_TYPES

SOURCE = '''\
schema = 1  # a [comment] = "
[[items]]
id = "a"
text = """
[[items]]
fake = 1
"""
options = [
  { text = "x, ] }", why = 'y' },
  # { text = "no" },
  {
    text = "z" },
]
[items.params]
"n" = [1,
  2]
[[items.examples]]
answer = ""

[[items.examples]]
answer = """a"""""
[[items]]
id = "b"
a.b = 1
'''


def test_tables_keys_and_elements_have_their_lines() -> None:
    lines = locate(SOURCE, 8)
    assert lines == {
        ("schema",): 1,
        ("items", 0): 2,
        ("items", 0, "id"): 3,
        ("items", 0, "text"): 4,
        ("items", 0, "options"): 8,
        ("items", 0, "options", 0): 9,
        ("items", 0, "options", 0, "text"): 9,
        ("items", 0, "options", 0, "why"): 9,
        ("items", 0, "options", 1): 11,
        ("items", 0, "options", 1, "text"): 12,
        ("items", 0, "params"): 14,
        ("items", 0, "params", "n"): 15,
        ("items", 0, "params", "n", 0): 15,
        ("items", 0, "params", "n", 1): 16,
        ("items", 0, "examples", 0): 17,
        ("items", 0, "examples", 0, "answer"): 18,
        ("items", 0, "examples", 1): 20,
        ("items", 0, "examples", 1, "answer"): 21,
        ("items", 1): 22,
        ("items", 1, "id"): 23,
        ("items", 1, "a", "b"): 24,
    }


def test_every_item_and_key_of_a_real_file_is_found() -> None:
    lines = locate(ALL_TYPES, 8)
    source = ALL_TYPES.splitlines()
    for index, item in enumerate(tomllib.loads(ALL_TYPES)["items"]):
        assert source[lines["items", index] - 1] == "[[items]]"
        assert source[lines["items", index, "id"] - 1] == f'id = "{item["id"]}"'


@given(st.text(alphabet="[]{}=,.#\"'\\\n ab1", max_size=200))
def test_no_text_upsets_the_scan(text: str) -> None:
    try:
        found = set(locate(text, 8).values())
    except TooDeep as deep:
        found = {deep.line}
    assert found <= set(range(1, text.count("\n") + 2))
