"""Choice items: the order in which options are dealt, and the grade of those chosen."""

from __future__ import annotations

from hashlib import blake2b

from bot.domain.grading.grade import Grade
from bot.domain.questions import ChoiceItem


def dealt_order(item: ChoiceItem, seed: int) -> tuple[int, ...]:
    """The author's indices in the order shown; the same for the same item and seed for ever.

    Options are ranked by hashes of the seed, so every permutation is equally likely.
    """
    indices = range(len(item.options))
    if item.order != "shuffle":
        return tuple(indices)
    return tuple(sorted(indices, key=lambda index: _rank(item.id, seed, index)))


def grade_choice(item: ChoiceItem, chosen: frozenset[int]) -> Grade:
    """The grade of the options with the author's indices `chosen`.

    One right option: all or nothing. Several: all or nothing, or the share of right picks less
    wrong picks, never below 0. The reasons say why each wrong pick is wrong; `missed` holds the
    texts of right options that were not chosen.

    Raises:
        ValueError: There is no such option, or not exactly one for an item with one key.
    """
    if not chosen <= set(range(len(item.options))):
        raise ValueError(f"{item.id} has no options {sorted(chosen)}")
    if not item.multi and len(chosen) != 1:
        raise ValueError(f"{item.id} takes exactly one option, not {len(chosen)}")
    wrong = sorted(chosen - item.key)
    missed = sorted(item.key - chosen)
    return Grade(
        score=_score(item, hits=len(item.key) - len(missed), wrong=len(wrong)),
        reasons=tuple(item.options[index].why for index in wrong),
        missed=tuple(item.options[index].text for index in missed) if item.multi else (),
    )


def _score(item: ChoiceItem, *, hits: int, wrong: int) -> float:
    if item.scoring == "all-or-nothing" or not item.multi:
        return float(hits == len(item.key) and not wrong)
    return max(0.0, (hits - wrong) / len(item.key))


def _rank(item_id: str, seed: int, index: int) -> bytes:
    return blake2b(f"{item_id}/{seed}/{index}".encode(), digest_size=16).digest()
