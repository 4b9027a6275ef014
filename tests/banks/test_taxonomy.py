"""The syllabus that comes with the package."""

from __future__ import annotations

from bot.banks.taxonomy import load_article_terms, load_targets, load_taxonomy


def test_ten_areas_come_in_order_and_the_first_six_are_technical() -> None:
    areas = load_taxonomy()
    assert [area.prefix for area in areas] == [
        *("prog", "stat", "math", "sig", "nn", "lav"),
        *("com", "ind", "pro", "cur"),
    ]
    assert [area.technical for area in areas] == [True] * 6 + [False] * 4


def test_ids_are_unique_over_areas_and_topics() -> None:
    areas = load_taxonomy()
    ids = [area.id for area in areas] + [topic.id for area in areas for topic in area.topics]
    assert len(ids) == len(set(ids)) == 92
    assert all(topic.area_id == area.id for area in areas for topic in area.topics)


def test_the_targets_of_a_topic_add_up() -> None:
    targets = load_targets()
    assert sum(sum(target.items.values()) for target in targets.values()) == 1_244
    for target in targets.values():
        assert sum(target.items.values()) == sum(target.difficulty)


def test_every_term_of_the_article_has_a_topic() -> None:
    terms = load_article_terms()
    assert terms["Shearlets"] == "shearlets"
    assert set(terms.values()) <= load_targets().keys()
