"""Who and what is there when a trial begins: some people to be, and a group with company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.simulator.people import Person
from bot.trial.cheat_sheet import CheatSheet

if TYPE_CHECKING:
    from bot.domain.questions import Bank
    from bot.simulator import Simulator

YOU, *OTHERS = ("Ann", "Ben", "Cleo")
YOUR_ID = 1
GROUP = "ML study group"
TOPIC = "Quiz night"


def set_scene(simulator: Simulator, bank: Bank) -> None:
    """People whom one can be, and a group in which six others play along.

    The page's first person, "You", gets a name: others see them, too.
    """
    world, crowd = simulator.world, simulator.crowd
    you = Person(world, world.users[YOUR_ID])
    you.user.first_name = YOU
    others = [
        simulator.person(name, user_id=YOUR_ID + n) for n, name in enumerate(OTHERS, start=1)
    ]
    company = [Person(world, user) for user in crowd.gather()]
    group = simulator.group(GROUP, members=[*others, *company], admins=[you], is_forum=True)
    group.open_topic(TOPIC)
    crowd.answers = CheatSheet(bank)
    crowd.play(playing=True)
