"""What simulated members are like: how much they know, how fast they are, how much they say."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.simulator.polls import Poll

READING = 10.0
"""Words a second, for whoever skims under time pressure."""
FIRST_GLANCE = 1.2
"""Seconds until somebody has noticed a question and found the right button."""
SPREAD = 0.35
"""Standard deviation of the logarithm of how long the same person takes."""
LAST_MOMENT = (0.6, 0.93)
"""Where in the time of a question those answer who would need more than it gives."""
GUESSING = 0.5
"""What is left of somebody's knowledge when time runs out."""
USUAL_PERIOD = 30.0


@dataclass(frozen=True, slots=True)
class Temperament:
    """One simulated member.

    Attributes:
        skill: How likely they know an answer, 0 to 1.
        pace: What they take, as a multiple of the usual time.
        zeal: How likely they answer at all, 0 to 1.
        talk: How likely they try an open question, 0 to 1.
    """

    first_name: str
    skill: float
    pace: float
    zeal: float = 0.95
    talk: float = 0.4


SIX = (
    Temperament("Dana", skill=0.85, pace=1.25, talk=0.5),  # thorough
    Temperament("Emeka", skill=0.75, pace=0.8),  # quick and good
    Temperament("Farah", skill=0.6, pace=0.55, talk=0.25),  # presses before reading to the end
    Temperament("Goran", skill=0.5, pace=1.0, zeal=0.85),  # in and out of the kitchen
    Temperament("Hana", skill=0.65, pace=1.5, talk=0.6),  # likes to explain
    Temperament("Ivo", skill=0.35, pace=0.9, zeal=0.9, talk=0.3),  # new to all this
)


def decision(who: Temperament, poll: Poll, dice: Random) -> tuple[float, list[int]] | None:
    """After how many seconds somebody votes for what; None if they let it pass."""
    if dice.random() > who.zeal:
        return None
    words = [poll.question.text, poll.rules.description.text, *(o.text.text for o in poll.options)]
    wait = thinking(who, " ".join(words), dice)
    period = float(poll.rules.open_period or USUAL_PERIOD)
    knows = who.skill
    if wait > period * LAST_MOMENT[1]:
        wait = period * dice.uniform(*LAST_MOMENT)
        knows *= GUESSING
    return wait, _chosen(poll, dice, right=dice.random() < knows)


def thinking(who: Temperament, words: str, dice: Random) -> float:
    """Seconds that somebody needs to read something and to make up their mind."""
    usual = FIRST_GLANCE + len(words.split()) / READING
    return usual * who.pace * dice.lognormvariate(0, SPREAD)


def _chosen(poll: Poll, dice: Random, *, right: bool) -> list[int]:
    """The options of a vote, ascending: the right ones, or a mistake that people make."""
    key, every = set(poll.rules.correct), range(len(poll.options))
    if not key:  # an opinion poll
        return [dice.choice(every)]
    if right:
        return sorted(key)
    others = [option for option in every if option not in key]
    if not poll.rules.multiple:
        return [dice.choice(others or sorted(key))]
    mistaken = set(key)
    if len(key) > 1:
        mistaken.discard(dice.choice(sorted(key)))
    if others and (len(key) == 1 or dice.random() < GUESSING):
        mistaken.add(dice.choice(others))
    return sorted(mistaken)
