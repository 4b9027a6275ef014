"""What the program says of itself: no secrets, nobody's words, one record a line."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.simulator import Person
from tests.process.harness import PATIENCE, Program, Site, a_site, refuse
from tests.process.questions import feedback_on, right_letter

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORGED = '{"level": "critical", "message": "forged"}'
NAMES = {
    "first": "Zaphodia",
    "last": "Beeblebroxa",
    "user": "zz_heartofgold",
    "group": "Magrathea",
}
WORDS = "Vogonpoetry"
SECRET = "webhook-secret-of-the-test"


@dataclass
class Life:
    """A program after an eventful life, and the token that it used."""

    program: Program
    token: str
    as_json: bool

    @property
    def said(self) -> str:
        return self.program.text


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lives(tmp_path_factory: pytest.TempPathFactory, bank: Path) -> dict[str, Life]:
    """At the extremes of level and format, side by side."""
    settings = {"DEBUG": "json", "INFO": "text"}
    folders = (tmp_path_factory.mktemp(level) for level in settings)
    begun = (
        live(folder, bank, *how) for folder, how in zip(folders, settings.items(), strict=True)
    )
    return dict(zip(settings, await asyncio.gather(*begun), strict=True))


@pytest.fixture(params=["DEBUG", "INFO"])
def life(request: pytest.FixtureRequest, lives: dict[str, Life]) -> Life:
    return lives[request.param]


async def live(folder: Path, bank: Path, level: str, form: str) -> Life:
    """Practice, words of all kinds, a broken network, crashes in handlers, and a refused token."""
    async with a_site(folder, bank) as site:
        program = await site.start(
            BOT_LOGGING__LEVEL=level,
            BOT_LOGGING__FORMAT=form,
            BOT_TELEGRAM__WEBHOOK__SECRET=SECRET,
            PYTHONASYNCIODEBUG="1",
        )
        ann = site.simulator.person(
            NAMES["first"], last_name=NAMES["last"], username=NAMES["user"]
        )
        await practise(site, ann)
        await break_the_network(site, ann)
        await crash(site, ann)
        refuse(site.simulator, "Unauthorized", "getUpdates", status=401, times=None)
        await ann.say("/about")
        assert await program.ended() == 4
        return Life(program, site.simulator.token, form == "json")


async def practise(site: Site, ann: Person) -> None:
    question = await ann.ask("/practice python")
    await ann.press(right_letter(question), question)
    await feedback_on(ann, question)
    await ann.ask("/practice numerics")
    for text in (WORDS, f"{WORDS}: 1", f"x\n{FORGED}\n", f"/{WORDS}", f"/practice {WORDS}"):
        await ann.ask(text)
    group = site.simulator.group(NAMES["group"], members=[ann])
    await ann.at(group).ask(f"/help@{site.simulator.bot.username}")
    await site.simulator.settled()


async def break_the_network(site: Site, ann: Person) -> None:
    faults = site.simulator.faults
    faults.add("reset_before", "getUpdates")
    faults.add("invalid_json", "getUpdates")
    faults.add("status", "sendMessage", status=502, body=f"<html>{WORDS}</html>", chat=ann.id)
    faults.add("half_body", "sendMessage", chat=ann.id)
    await ann.ask("/help", within=PATIENCE)
    await ann.ask("/about", within=PATIENCE)
    await site.simulator.settled(PATIENCE)


async def crash(site: Site, ann: Person) -> None:
    """Handlers that raise: by Telegram's odd words, and by updates that make no sense."""
    words = f"Odd words about /bot{site.simulator.token}/sendMessage\n{FORGED}\n"
    refuse(site.simulator, words, "sendMessage", chat=ann.id, times=3)
    said = (await ann.say(f"/streak {WORDS}")).raw
    await ann.wait(lambda seen: bool(seen.marked("code")), PATIENCE)
    for odd in ({"date": WORDS}, {"chat": {"id": WORDS, "type": "private"}}):
        site.simulator.push_update("message", said | {"text": f"{WORDS} {FORGED}"} | odd)
    ann.skip()
    await ann.say("/help")
    await ann.wait(lambda seen: seen.id == ann.last.id and "What I can do" in seen.text, PATIENCE)


async def test_it_tells_of_its_troubles(life: Life) -> None:
    """Otherwise there would be nothing to look through."""
    for trouble in ("getUpdates failed", "set aside", "Traceback", "BotFather"):
        assert trouble in life.said


async def test_no_secret_is_ever_written(life: Life) -> None:
    """Neither the token, whole or in part or as part of an address, nor the webhook's secret."""
    assert "Odd words about /bot[redacted]/sendMessage" in life.said
    assert life.token.partition(":")[2].lower() not in life.said.lower()
    assert SECRET not in life.said


async def test_nobodys_words_or_names_are_written(life: Life) -> None:
    """At no level: what people say and who they are is no business of the log."""
    for words in (*NAMES.values(), WORDS):
        assert words not in life.said, words


async def test_nobody_can_forge_a_line(life: Life) -> None:
    """Whatever people or Telegram say, each record stays on lines of its own."""
    *lines, last = life.program.err.text.rstrip("\n").split("\n")
    assert last.startswith("Telegram refuses the token"), "the message of the end is plain text"
    assert FORGED in life.said.replace("\\", ""), "the attack did not reach the log"
    for line in lines:
        if life.as_json:
            assert json.loads(line).get("message") != "forged"
        else:
            assert line.startswith(("2", "    ")), line
