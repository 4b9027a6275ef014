"""The token: where it may stand, and that it is never shown."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.simulator import Person
from tests.process.harness import Site

SHAPES = ["hunter2", "1234:short", "12345678:" + "x" * 36, "x" * 46]


@pytest.fixture
def token(site: Site) -> str:
    """The right one, which nothing in the environment holds any more."""
    return site.settings.pop("BOT_TELEGRAM__TOKEN")


def configure(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "config.toml"
    file.write_text(text)
    file.chmod(mode)
    return file


@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o640, True)])
async def test_in_the_configuration_file(
    site: Site, ann: Person, token: str, mode: int, *, warned: bool
) -> None:
    """White space around it is stripped; a file that others may read is warned of."""
    file = configure(site.folder, f'[telegram]\ntoken = "  {token}\\n"\n', mode)
    program = await site.start()
    assert "What I can do" in (await ann.ask("/help")).text
    assert (f"chmod 600 {file.name}" in program.text) is warned
    assert token not in program.text


async def test_in_a_file_of_its_own(site: Site, ann: Person, token: str) -> None:
    """White space around it is stripped; the configuration may then be read by all."""
    (site.folder / "secret").write_text(f" {token}\r\n\n")
    configure(site.folder, '[telegram]\ntoken_file = "secret"\n', 0o644)
    program = await site.start()
    assert "What I can do" in (await ann.ask("/help")).text
    assert "chmod" not in program.text


async def test_in_the_environment(site: Site, ann: Person, token: str) -> None:
    await site.start(BOT_TELEGRAM__TOKEN=f"\t{token} \n")
    assert "What I can do" in (await ann.ask("/help")).text


@pytest.mark.parametrize("wrong", SHAPES)
@pytest.mark.usefixtures("token")
async def test_what_does_not_look_like_one_is_refused_unseen(site: Site, wrong: str) -> None:
    """Wherever it stands: exit code 2, one message that says what is allowed, no echo."""
    (site.folder / "secret").write_text(wrong)
    programs = await asyncio.gather(
        site.run("run", BOT_TELEGRAM__TOKEN=wrong),
        site.run("run", BOT_TELEGRAM__TOKEN_FILE="secret"),
    )
    for program in programs:
        assert program.process.returncode == 2
        assert "35" in program.err.text
        assert wrong not in program.text
    assert list(site.simulator.calls) == []


@pytest.mark.usefixtures("token")
async def test_a_token_that_is_missing(site: Site) -> None:
    """Said with where to get one; likewise a file that is not there."""
    program = await site.run("run")
    assert program.process.returncode == 2
    assert "BotFather" in program.err.text
    program = await site.run("run", BOT_TELEGRAM__TOKEN_FILE="no-such-file")
    assert program.process.returncode == 2
    assert "no-such-file" in program.err.text
