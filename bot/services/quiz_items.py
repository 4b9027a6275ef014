"""Which items a group quiz may ask, as a poll or to be answered by a reply, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.domain.questions import ChoiceItem, Item, KeywordItem, NumericItem, ParamItem
from bot.domain.quiz_plan import Offer
from bot.markup import plain

POLL_QUESTION, POLL_OPTION, POLL_DESCRIPTION = 300, 100, 1_024
"""Characters that the Bot API allows (sendPoll)."""
POLL_OPTIONS = range(2, 13)

_DAY = timedelta(days=1)


def fits_poll(item: Item) -> bool:
    """Whether the item can be asked by a native poll, whole and unchanged."""
    if not isinstance(item, ChoiceItem) or not item.poll:
        return False
    return (
        _length(plain(item.question, item.formula_text)) <= POLL_QUESTION
        and len(item.options) in POLL_OPTIONS
        and all(0 < _length(plain(option.text)) <= POLL_OPTION for option in item.options)
        and _length(item.code) <= POLL_DESCRIPTION
    )


def fits_reply(item: Item) -> bool:
    """Whether it can be answered by a short message: a number, or a few sentences."""
    return isinstance(item, NumericItem | ParamItem | KeywordItem)


def offers(
    items: Iterable[Item], met: Mapping[str, datetime], language: str, now: datetime
) -> list[Offer]:
    """What a group may be asked, given when it met which item last.

    Open rounds are in the group's language, where the bank has that, since answers in others
    cannot be scored.
    """
    able = [item for item in items if fits_poll(item) or fits_reply(item)]
    own = [item for item in able if item.language == language] or able
    return [_offer(item, met.get(item.id), now) for item in own]


def _offer(item: Item, met_at: datetime | None, now: datetime) -> Offer:
    return Offer(
        item_id=item.id,
        area_id=item.area_id,
        topic_id=item.topic_id,
        level=item.difficulty,
        is_open=not isinstance(item, ChoiceItem),
        variants=len(item.variants) if isinstance(item, ParamItem) else 0,
        rested=(now - met_at) / _DAY if met_at else None,
    )


def _length(text: str) -> int:
    """Characters as Telegram counts them at worst: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
