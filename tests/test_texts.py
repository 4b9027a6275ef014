"""Texts: every template renders, whatever people are called, and faults are named."""

from __future__ import annotations

import shutil
from datetime import time, timedelta
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.content import content_folder
from bot.domain.errors import Refusal
from bot.domain.grading.star import ADVICE_KEYS
from bot.domain.streaks import StreakRules, StreakView
from bot.texts import Library, TextErrors, load_library
from bot.wording import LABELS, SCREENS

HOSTILE = "<b>&\"'</b><script>{{ 7 * 7 }}</script>\u202e\x00%s {0} \ud83e"
TELEGRAM_TAGS = {"b", "i", "code", "pre", "a", "blockquote"}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(content_folder("prompts"))


class TagsOf(HTMLParser):
    """Collects tags and text, and whether every tag was closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile_item() -> SimpleNamespace:
    return SimpleNamespace(
        question=HOSTILE,
        formula_text="",
        code=HOSTILE,
        code_language='python"><b>',
        explanation=HOSTILE,
        details=HOSTILE,
        unit=HOSTILE,
        refs=[SimpleNamespace(title=HOSTILE, section=HOSTILE)],
    )


def hostile_values() -> dict[str, Any]:
    """A value for every variable of every screen and label; strings are all hostile."""
    view = StreakView(current=3, longest=9, freezes_left=1, done_today=False)
    option = SimpleNamespace(letter="A", text=HOSTILE, correct=True, picked=False)
    values = dict.fromkeys(
        set().union(*SCREENS.values(), *(v for t in LABELS.values() for v in t.values())), HOSTILE
    )
    return values | {
        "questions": 100,
        "mark": "part",
        "score": 0.5,
        "answer": 0.25,
        "reasons": [HOSTILE],
        "item": hostile_item(),
        "difficulty": 3,
        "position": 3,
        "total": 10,
        "private": [("practice", HOSTILE)],
        "areas": [SimpleNamespace(title=HOSTILE, score=0.5, answered=2, before=1, after=2)],
        "options": [option],
        "multi": True,
        "numeric": True,
        "hints": [HOSTILE],
        "view": view,
        "streak": view,
        "rules": StreakRules(),
        "current": 3,
        "longest": 9,
        "stopped": True,
        "missed": 1,
        "skipped": 1,
        "changed": False,
        "day_starts_at": time(4),
        "unticked": False,
        "new": True,
        "free_text": True,
        "words": SimpleNamespace(min_words=80, max_words=350),
        "collecting": True,
        "grade": SimpleNamespace(
            score=0.5, covered=[HOSTILE], watch_out=[HOSTILE], aim=HOSTILE, follow_up=HOSTILE
        ),
        "listed": True,
        "missing": [SimpleNamespace(label=HOSTILE, hint=HOSTILE)],
        "model": HOSTILE,
        "parts": [(HOSTILE, 2)],
        "weakest": HOSTILE,
        "advice": [HOSTILE],
        "said": HOSTILE,
        "rating": 2,
        "chosen": True,
        "suggestions": [(HOSTILE, HOSTILE)],
        "team": 1,
        "group": [("quiz", HOSTILE)],
        "leaders": [(HOSTILE, 900)],
        "key": [HOSTILE],
        "best": [(HOSTILE, HOSTILE, 900)],
        "week": [SimpleNamespace(name=HOSTILE, points=900)],
        "ever": [SimpleNamespace(name=HOSTILE, points=900)],
        "dropped": False,
    }


def values_for(name: str) -> dict[str, Any]:
    values = {key: hostile_values()[key] for key in SCREENS[name]}
    if name == "quiz_lobby":
        values |= {"teams": [(HOSTILE, [HOSTILE])], "players": [HOSTILE], "state": "open"}
    if name == "quiz_podium":
        line = SimpleNamespace(name=HOSTILE, points=900, right=1, seconds=3)
        values |= {"lines": [line], "teams": [(HOSTILE, 900)]}
    if name.startswith("feedback"):
        values["streak"] = HOSTILE
    return values | {key: value for key, value in of_screen(name).items() if key in values}


def of_screen(name: str) -> dict[str, Any]:
    """Values of screens that give a name another meaning than most."""
    share = SimpleNamespace(id="x", title=HOSTILE, points=0.5, questions=2, share=0.25)
    reply = SimpleNamespace(position=1, score=0.5, points=0.5, attempt_id="x")
    area = {"title": HOSTILE, "met": 3, "percent": 40, "change": -2}
    report = SimpleNamespace(
        points=1.5,
        questions=4,
        ending="time",
        earned=False,
        kind="full",
        streak=hostile_values()["view"],
    )
    special: dict[str, dict[str, Any]] = {
        "help": {"areas": [HOSTILE]},
        "question": {"clock": (timedelta(minutes=3), timedelta(seconds=61))},
        "mock_noted": {"answer": HOSTILE},
        "mock_offer": {"kinds": [(HOSTILE, 8, 12)]},
        "mock_past": {"comparing": True, "count": 2},
        "mock_paused": {"left": timedelta(minutes=3), "away": True, "asking": True},
        "mock_replies": {"lines": [(reply, HOSTILE, "part", 30)]},
        "mock_reply": {"answer": HOSTILE, "seconds": 61},
        "mock_report": {
            "report": report,
            "other": {"number": 1, "kind": HOSTILE, "date": HOSTILE, "percent": 40},
            "used": 30,
            "allowed": timedelta(minutes=12),
            "areas": [(share, -3)],
            "types": [(HOSTILE, share)],
            "tips": [HOSTILE],
        },
        "progress": {"areas": [area], "answers": 3, "answered": 3},
        "verified": {"areas": [(HOSTILE, 50)]},
    }
    return special.get(name, {})


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_every_screen_escapes_hostile_values(library: Library, name: str) -> None:
    for texts in library:
        values = values_for(name)
        seen = TagsOf(texts.screen(name, **values))
        assert not seen.open
        assert set(seen.tags) <= TELEGRAM_TAGS
        if any(value == HOSTILE for value in values.values()):
            assert "<script>{{ 7 * 7 }}</script>" in seen.text


@pytest.mark.parametrize("name", sorted(LABELS["says"]))
def test_every_label_escapes_in_messages_and_stays_plain_in_toasts(
    library: Library, name: str
) -> None:
    values = {key: hostile_values()[key] for key in LABELS["says"][name]}
    for texts in library:
        assert set(TagsOf(texts.html(name, **values)).tags) <= TELEGRAM_TAGS
        assert texts.plain(name, **values).strip()


def test_every_refusal_has_a_text() -> None:
    def kinds(base: type[Refusal]) -> set[type[Refusal]]:
        return {base}.union(*(kinds(kind) for kind in base.__subclasses__()))

    assert {kind.text for kind in kinds(Refusal)} <= set(LABELS["says"])


def test_every_advice_on_a_story_has_a_text() -> None:
    assert set(ADVICE_KEYS) == set(LABELS["advice"])


def test_greeting_has_fewer_than_60_words(library: Library) -> None:
    for texts in library:
        text = TagsOf(texts.screen("welcome", name="Ann", new=True)).text
        assert len(text.split()) < 60


def test_code_keeps_its_blank_lines(library: Library) -> None:
    item = hostile_item()
    item.code = "a = 1\n\n\n\nb = 2"
    html = library.default.screen("recap", header="h", item=item, options=[])
    assert "a = 1\n\n\n\nb = 2" in html


def test_a_language_without_texts_gets_the_default(library: Library) -> None:
    assert library.texts("xx-yy") is library.default
    assert library.texts("EN-gb") is library.default
    assert library.texts(None) is library.default


@pytest.mark.parametrize(
    ("file", "content", "complaint"),
    [
        ("streak.html.j2", "{{ view.current }", "streak.html.j2:1: "),
        ("streak.html.j2", "{{ wiew }}", "unknown wiew (known here: rules, saved, view)"),
        ("streak.html.j2", None, "streak.html.j2: this file is missing"),
        ("labels.toml", "[buttons]\n", "[buttons] submit: this text is missing"),
        ("labels.toml", "[buttons\n", "labels.toml: "),
    ],
)
def test_faults_are_named_with_their_file(
    tmp_path: Path, file: str, content: str | None, complaint: str
) -> None:
    shutil.copytree(content_folder("prompts"), tmp_path / "prompts")
    target = tmp_path / "prompts" / "en" / file
    if content is None:
        target.unlink()
    else:
        target.write_text(content, "utf-8")
    with pytest.raises(TextErrors) as caught:
        load_library(tmp_path / "prompts")
    assert complaint in str(caught.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(TextErrors, match="no texts for the language “en”"):
        load_library(tmp_path)
