"""Long texts become messages that Telegram takes, and lose nothing on the way."""

from __future__ import annotations

from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.transport.html_split import split_html, utf16_cut, utf16_len


class Reader(HTMLParser):
    """Reads Telegram's HTML as characters, each with the tags that apply to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.characters: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag + "".join(f" {name}={value}" for name, value in attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().split(" ")[0] == tag, "tags cross each other"

    def handle_data(self, data: str) -> None:
        self.characters += [(character, tuple(self.open)) for character in data]


def read(html: str) -> list[tuple[str, tuple[str, ...]]]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, "a tag is left open"
    return reader.characters


def plain(html: str) -> str:
    return "".join(character for character, _ in read(html))


def inked(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(character, tags) for character, tags in read(html) if not character.isspace()]


PIECES = ["&amp;", "&lt;", "&#39;", "&#x1F600;", *"abcdefgh  \n\n\nÄ🙂👍🏽é"]
runs = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join)
TAGS = [
    ("<b>", "</b>"),
    ("<i>", "</i>"),
    ('<a href="https://example.org/?a=1&amp;b=&quot;">', "</a>"),
    ('<pre><code class="language-python">', "</code></pre>"),
    ("<blockquote expandable>", "</blockquote>"),
    ('<span class="tg-spoiler">', "</span>"),
]
markup = st.recursive(
    runs,
    lambda inner: st.builds(
        lambda tag, parts: tag[0] + "".join(parts) + tag[1],
        st.sampled_from(TAGS),
        st.lists(inner, max_size=5),
    ),
    max_leaves=15,
)
texts = st.lists(markup, min_size=1, max_size=8).map("".join)


@given(texts, st.integers(2, 60))
def test_parts_are_well_formed_within_the_limit_and_lose_nothing_but_space(
    text: str, limit: int
) -> None:
    parts = split_html(text, limit)
    assert all(utf16_len(plain(part)) <= limit for part in parts)
    assert all(part for part in parts)
    if len(parts) > 1:
        assert all(plain(part).strip() for part in parts)
    assert [mark for part in parts for mark in inked(part)] == inked(text)


@given(st.text(max_size=200), st.integers(2, 30))
def test_any_text_at_all_is_split_without_an_error(text: str, limit: int) -> None:
    parts = split_html(text, limit)
    assert all(parts)


@given(texts)
def test_what_fits_is_left_as_it_is(text: str) -> None:
    assert split_html(text) == ([text] if text else [])


def test_nothing_gives_no_part() -> None:
    assert split_html("") == []


def test_length_is_counted_in_utf16_units_of_the_text_without_markup() -> None:
    text = "<b>" + "🙂" * 2_048 + "</b>"
    assert split_html(text) == [text]
    assert len(split_html(text.replace("</b>", "a</b>"))) == 2
    assert split_html("&amp;" * 4_096) == ["&amp;" * 4_096]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("first one\n\nsecond", ["first one", "second"]),
        ("abcde\nfghij k", ["abcde", "fghij k"]),
        ("a\n\n\n  indented code", ["a", "  indented", "code"]),
        ("aaa bbb ccc ddd", ["aaa bbb", "ccc ddd"]),
        ("aaaa bbbb cccc", ["aaaa bbbb", "cccc"]),
        ("x" * 25, ["x" * 10, "x" * 10, "x" * 5]),
        ("a\n\n" + "b" * 12, ["a", "b" * 10, "bb"]),
    ],
)
def test_a_part_ends_before_a_paragraph_else_a_line_else_a_word(
    text: str, parts: list[str]
) -> None:
    assert split_html(text, 10) == parts


def test_open_tags_are_closed_and_opened_again() -> None:
    text = '<b>bold <a href="https://x.org">a link that goes on</a></b> end'
    assert split_html(text, 12) == [
        '<b>bold <a href="https://x.org">a link</a></b>',
        '<b><a href="https://x.org">that goes on</a></b>',
        "end",
    ]


def test_a_code_block_keeps_its_language_and_indentation() -> None:
    opening = '<pre><code class="language-python">'
    text = f"{opening}def f():\n    return 1\n\n\n    # more</code></pre>"
    assert split_html(text, 24) == [
        f"{opening}def f():\n    return 1</code></pre>",
        f"{opening}    # more</code></pre>",
    ]


def test_no_part_holds_an_empty_element() -> None:
    parts = split_html("<b>" + "a" * 10 + "</b><i>" + "b" * 10 + "</i>", 10)
    assert parts == ["<b>" + "a" * 10 + "</b>", "<i>" + "b" * 10 + "</i>"]


@pytest.mark.parametrize(
    "whole", ["&amp;", "&#128578;", "&#x1F642;", "🙂", "e\u0301", "👍🏽", "👩‍💻"]
)
def test_what_belongs_together_is_never_parted(whole: str) -> None:
    for before in range(8):
        parts = split_html("x" * before + whole + "y" * 30, 8)
        assert any(whole in part for part in parts)
        assert all(utf16_len(plain(part)) <= 8 for part in parts)


def test_a_tower_of_accents_is_cut_all_the_same() -> None:
    parts = split_html("a" + "\u0301" * 500, 100)
    assert all(len(part) <= 100 for part in parts)
    assert sum(map(len, parts)) == 501


@pytest.mark.parametrize("text", ["a < b " * 10, "& &x; &" * 10, "</b>" + "x" * 30, "<b>" * 30])
def test_what_is_not_html_stays_for_telegram_to_refuse(text: str) -> None:
    joined = "".join(split_html(text, 8))
    assert {"<", "&"} & set(joined) == {"<", "&"} & set(text) or joined == ""


@pytest.mark.parametrize("piece", ['<"', "<a", "<a href='", "&#", "🙂\u200d", "\n", " "])
def test_a_hostile_text_takes_no_longer_than_any_other(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    began = process_time()
    split_html(text)
    assert process_time() - began < 1.0


@pytest.mark.parametrize(
    ("text", "cut"),
    [("abcde", "abcde"), ("abcdef", "abcd…"), ("abc def", "abc…"), ("🙂🙂🙂", "🙂🙂…")],
)
def test_a_plain_text_is_cut_with_an_ellipsis(text: str, cut: str) -> None:
    assert utf16_cut(text, 5) == cut


@given(st.text(max_size=50), st.integers(1, 40))
def test_a_cut_text_keeps_within_its_limit(text: str, limit: int) -> None:
    assert utf16_len(utf16_cut(text, limit)) <= limit
    assert utf16_len(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2
