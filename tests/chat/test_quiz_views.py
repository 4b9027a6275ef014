"""Rounds as polls: every item of the bank keeps within what Telegram takes."""

from __future__ import annotations

import html
import re
from datetime import timedelta

from bot.banks.loader import load_bank
from bot.chat import quiz_views
from bot.content import content_folder
from bot.domain.grading.choice import dealt_order
from bot.domain.questions import ChoiceItem
from bot.services.catalogue import Catalogue
from bot.services.quiz_items import fits_poll
from bot.services.quiz_results import Asked
from bot.texts import load_library

LIMIT = timedelta(seconds=30)


def read(text: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", text))


def test_every_poll_keeps_within_the_limits() -> None:
    catalogue = Catalogue(load_bank(content_folder("question_banks")))
    texts = load_library(content_folder("prompts")).default
    polls = [item for item in catalogue.playable if fits_poll(item)]
    for item in polls:
        assert isinstance(item, ChoiceItem)
        order = dealt_order(item, 7)
        area, topic = catalogue.title_of(item.area_id), catalogue.title_of(item.topic_id)
        poll = quiz_views.poll(texts, Asked(3, 10, item, order, area, topic, is_open=False), LIMIT)
        assert 0 < len(poll["question"]) <= 300
        assert all(0 < len(option["text"]) <= 100 for option in poll["options"])
        assert {order[place] for place in poll["correct_option_ids"]} == item.key
        assert poll["correct_option_ids"] == sorted(poll["correct_option_ids"])
        explanation = read(poll["explanation"])
        assert 0 < len(explanation) <= 200
        assert explanation.count("\n") <= 2
        assert 0 < len(read(poll["description"])) <= 1024
        assert item.code.strip("\n") in read(poll["description"])


def test_what_is_too_long_for_a_poll_is_cut_or_left_out() -> None:
    texts = load_library(content_folder("prompts")).default
    item = next(
        item
        for item in load_bank(content_folder("question_banks")).playable
        if isinstance(item, ChoiceItem)
    )
    item = ChoiceItem(
        id=item.id,
        rev=1,
        area_id=item.area_id,
        topic_id=item.topic_id,
        difficulty=1,
        question="Which?",
        code="x" * 1_020,
        explanation="word & `code` " * 30,
        options=item.options,
    )
    asked = Asked(1, 1, item, tuple(range(len(item.options))), "Area", "Topic", is_open=False)
    poll = quiz_views.poll(texts, asked, LIMIT)
    assert read(poll["description"]) == "x" * 1_020
    assert len(read(poll["explanation"])) <= 200
    assert read(poll["explanation"]).endswith("…")
    assert "&amp;" in poll["explanation"]
