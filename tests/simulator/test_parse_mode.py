from __future__ import annotations

import contextlib
import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator import ApiError
from bot.simulator.parse_mode import parse_html
from bot.simulator.texts import formatted, plain, utf16_length, utf16_slice

UNPAIRED_SURROGATES = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>x</b>", "x", [entity("bold", 0, 1)]),
        ("<strong>x</strong>", "x", [entity("bold", 0, 1)]),
        ("<i>x</i><em>y</em>", "xy", [entity("italic", 0, 1), entity("italic", 1, 1)]),
        ("<u>x</u><ins>y</ins>", "xy", [entity("underline", 0, 1), entity("underline", 1, 1)]),
        ("<s>x</s>", "x", [entity("strikethrough", 0, 1)]),
        ("<strike>x</strike>", "x", [entity("strikethrough", 0, 1)]),
        ("<del>x</del>", "x", [entity("strikethrough", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<code>x</code>", "x", [entity("code", 0, 1)]),
        ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
        (
            "<code class='language-c++'><pre>x</pre></code>",
            "x",
            [entity("pre", 0, 1, language="c++")],
        ),
        (
            "<pre><code>x</code> y</pre>",
            "x y",
            [entity("pre", 0, 3), entity("code", 0, 1)],
        ),
        ('<code class="language-r">x</code>', "x", [entity("code", 0, 1)]),
        (
            '<a href="https://Example.com">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://example.com/")],
        ),
        ("<a href=nowhere>x</a>", "x", []),
        ("<a>a.org/b</a>", "a.org/b", [entity("text_link", 0, 7, url="http://a.org/b")]),
        ('<a href="tg://user?id=7">x</a>', "x", [entity("text_mention", 0, 1, user=7)]),
        ("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        (
            "<blockquote expandable>x</blockquote>",
            "x",
            [entity("expandable_blockquote", 0, 1)],
        ),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            "👍",
            [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")],
        ),
        ("<b>x<i>y</i></b>", "xy", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<B>x</b>", "x", [entity("bold", 0, 1)]),
        ("<b>x</>", "x", [entity("bold", 0, 1)]),
        ("<b ></b >x", "x", []),
        ("😀<b>é</b>", "😀é", [entity("bold", 2, 1)]),
        ("&lt;&gt;&amp;&quot;", '<>&"', []),
        ("&lt &#60; &#x3c; &#x1F600;", "< < < 😀", []),
        ("&nbsp; &; &# &#x110000; AT&T", "&nbsp; &; &# &#x110000; AT&T", []),
    ],
)
def test_html_is_parsed_as_telegram_parses_it(
    source: str, text: str, entities: list[dict[str, Any]]
) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("a<x>b</x>", 'Unsupported start tag "x" at byte offset 1'),
        ("é<X>b</X>", 'Unsupported start tag "x" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("😀<b", "Unclosed start tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        (
            "<b><i>test</b></i>",
            'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
        ),
        ('<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b =x>a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<a href=x_y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xd83d;&#xde00;", UNPAIRED_SURROGATES),
    ],
)
def test_bad_html_is_refused_in_telegrams_words(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    text = text.replace("\0", " ")
    assert parse_html(html.escape(text)) == (text, [])


TAGS = st.sampled_from(["b", "i", "u", "s", "tg-spoiler"])


@given(
    st.lists(
        st.tuples(TAGS, st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
    )
)
def test_entities_cover_exactly_what_the_tags_enclosed(parts: list[tuple[str, str]]) -> None:
    source = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in parts)
    text, entities = parse_html(source)
    assert [utf16_slice(text, e["offset"], e["length"]) for e in entities] == [
        part for _, part in parts
    ]


@given(st.text("<>/&;#xab ='\"ptg-", max_size=40))
def test_any_source_is_parsed_or_refused(source: str) -> None:
    with contextlib.suppress(ApiError):
        text, entities = parse_html(source)
        assert all(e["offset"] + e["length"] <= utf16_length(text) for e in entities)


@given(st.text(max_size=60), st.text(max_size=60))
def test_entities_stay_in_place_when_text_is_cleaned_and_trimmed(bold: str, rest: str) -> None:
    source = f"  <b>{html.escape(bold)}</b>{html.escape(rest)} \n"
    words = formatted({"text": source, "parse_mode": "HTML"})
    for found in words.entities:
        assert found["offset"] >= 0
        assert found["offset"] + found["length"] <= utf16_length(words.text)
        if found["type"] == "bold":
            kept = utf16_slice(words.text, found["offset"], found["length"])
            assert kept.strip() in plain(bold.replace("\0", " ")).text


@pytest.mark.parametrize(
    ("typed", "text", "entities"),
    [
        ("  hi \n", "hi", []),
        ("\n\u2060 ", "", []),
        ("a\tb\r\nc", "a b\nc", []),
        ("a\u202eb", "ab", []),
        ("/start x", "/start x", [entity("bot_command", 0, 6)]),
        ("/quiz@Our_bot 5", "/quiz@Our_bot 5", [entity("bot_command", 0, 13)]),
        ("a/b 1/2 <b/>", "a/b 1/2 <b/>", []),
        ("😀 /help", "😀 /help", [entity("bot_command", 3, 5)]),
        ("see https://a.org/x.", "see https://a.org/x.", [entity("url", 4, 15)]),
        ("@ann_b #topic", "@ann_b #topic", [entity("mention", 0, 6), entity("hashtag", 7, 6)]),
        ("me@a.org", "me@a.org", [entity("email", 0, 8)]),
    ],
)
def test_what_people_type_is_trimmed_and_searched(
    typed: str, text: str, entities: list[dict[str, Any]]
) -> None:
    words = plain(typed)
    assert (words.text, list(words.entities)) == (text, entities)


def test_white_space_is_kept_inside_a_leading_entity() -> None:
    words = formatted({"text": "  <pre>  x</pre>", "parse_mode": "HTML"})
    assert words.text == "  x"
    assert words.entities == ({"type": "pre", "offset": 0, "length": 3},)


def test_nothing_is_found_inside_code() -> None:
    words = formatted({"text": "<code>/start</code>", "parse_mode": "html"})
    assert [found["type"] for found in words.entities] == ["code"]


@pytest.mark.parametrize(
    ("entities", "complaint"),
    [
        ([entity("bold", -1, 1)], "receive an entity with incorrect offset -1"),
        ([entity("bold", 0, -1)], "receive an entity with incorrect length -1"),
        ([entity("bold", 9, 1)], "entity begins after the end of the text at UTF-16 offset 9"),
        (
            [entity("bold", 1, 9)],
            "beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10",
        ),
        ([entity("loud", 0, 1)], "can't parse MessageEntity: Unsupported type specified"),
    ],
)
def test_impossible_entities_are_refused(entities: list[dict[str, Any]], complaint: str) -> None:
    with pytest.raises(ApiError, match=complaint):
        formatted({"text": "hello", "entities": entities})


def test_other_parse_modes_are_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        formatted({"text": "x", "parse_mode": "BBCode"})
    with pytest.raises(ApiError, match="not simulated") as refused:
        formatted({"text": "x", "parse_mode": "MarkdownV2"})
    assert refused.value.violation
