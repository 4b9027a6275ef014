"""The command line: one clear message and the right exit code for each fault, offline."""

from __future__ import annotations

import asyncio
import shutil
import tomllib
from pathlib import Path

import pytest

from bot.content import content_folder
from bot.simulator import Person
from tests.process.beside import beside
from tests.process.harness import Program, Site, free_address
from tests.process.questions import write_bank

OK, FINDINGS, USAGE, STORAGE = range(4)


def ended(program: Program, code: int) -> str:
    """Makes sure of the exit code; gives what was written, which is never a traceback."""
    assert program.process.returncode == code, program.text
    assert "Traceback" not in program.text
    return program.text


async def test_help_lists_the_commands(site: Site) -> None:
    text = ended(await site.run("--help"), OK)
    for words in ("run", "try", "check", "db", "Exit codes"):
        assert words in text


@pytest.mark.parametrize(
    "arguments", ["", "fly", "run --fast", "db", "db restore", "try --port x"]
)
async def test_wrong_usage(site: Site, arguments: str) -> None:
    program = await site.run(*arguments.split())
    ended(program, USAGE)
    assert program.out.text == ""
    assert "usage:" in program.err.text


async def test_check_finds_all_fine_without_network_or_token(site: Site) -> None:
    """Nobody is called, nothing is made."""
    program = await site.run("check", BOT_TELEGRAM__TOKEN="")
    text = ended(program, OK)
    for part in ("configuration", "texts", "banks", "database"):
        assert f"{part}: fine" in text
    assert list(site.simulator.calls) == []
    assert not site.database.exists()


def broken_bank(folder: Path) -> Path:
    bank = write_bank(folder)
    file = bank / "programming" / "python.toml"
    file.write_text(file.read_text().replace("rev = 1", 'rev = "one"', 1))
    return bank


def broken_texts(folder: Path) -> Path:
    texts = folder / "prompts"
    shutil.copytree(content_folder("prompts"), texts)
    (texts / "en" / "welcome.html.j2").write_text("Hello {{ nobody }} {% if %}")
    return texts


async def both(site: Site, *arguments: str, **settings: str) -> tuple[Program, Program]:
    """`check` and `run`, side by side; neither calls anybody."""
    commands = (site.run(command, *arguments, **settings) for command in ("check", "run"))
    check, run = await asyncio.gather(*commands)
    assert list(site.simulator.calls) == []
    return check, run


async def test_a_faulty_bank(site: Site, tmp_path: Path) -> None:
    """Its file and line are named; `check` calls it a finding, `run` does not begin."""
    bank = broken_bank(tmp_path / "broken")
    check, run = await both(site, BOT_CONTENT__BANKS=str(bank))
    assert "python.toml:8:" in ended(check, FINDINGS)
    assert "python.toml:8:" in ended(run, USAGE)


async def test_faulty_texts(site: Site, tmp_path: Path) -> None:
    """Likewise the template."""
    check, run = await both(site, BOT_CONTENT__TEXTS=str(broken_texts(tmp_path)))
    assert "welcome" in ended(check, FINDINGS)
    assert "welcome" in ended(run, USAGE)


async def test_a_faulty_configuration(site: Site, tmp_path: Path) -> None:
    """All faults in one message, each with its key, what was found and what is allowed."""
    file = tmp_path / "mine.toml"
    file.write_text('[practice]\nset_sise = 7\ntimezone = "Mars/Base"\n[logging]\nlevel = 8\n')
    programs = await both(site, "--config", str(file), BOT_STREAKS__FREEZE_CAP="many")
    for program in programs:
        lines = ended(program, USAGE).splitlines()
        for key, words in {
            "practice.set_sise": "set_size",
            "practice.timezone": "Mars/Base",
            "logging.level": "DEBUG",
            "streaks.freeze_cap": "many",
        }.items():
            (line,) = (line for line in lines if key in line)
            assert words in line


@pytest.mark.parametrize(
    ("file", "words"), [("missing.toml", "cannot be read"), ("bot.toml", "not TOML")]
)
async def test_a_configuration_that_cannot_be_read(site: Site, file: str, words: str) -> None:
    (site.folder / "bot.toml").write_text("[telegram\n")
    assert words in ended(await site.run("check", "--config", file), USAGE)


async def test_a_database_in_a_folder_that_is_missing(site: Site) -> None:
    """One line, which names it; nothing is made."""
    for program in await both(site, BOT_STORAGE__URL="sqlite:///no/such/folder/bot.db"):
        assert "no/such/folder" in ended(program, STORAGE).splitlines()[-1]
    assert not (site.folder / "no").exists()


async def test_an_address_that_is_taken(site: Site) -> None:
    """The one for health and metrics: a matter of configuration, said in one line."""
    taken = site.simulator.base_url.removeprefix("http://")
    text = ended(await site.run("run", BOT_HTTP__LISTEN=taken), USAGE)
    assert "address" in text.splitlines()[-1]


async def test_try_needs_no_token_and_leaves_nothing_behind(site: Site) -> None:
    """It serves the page until it is stopped."""
    port = free_address().rpartition(":")[2]
    program = await site.launch("try", "--no-browser", "--port", port, BOT_TELEGRAM__TOKEN="")
    await program.out.wait(f"http://127.0.0.1:{port}")
    assert await program.stop() == OK
    assert not site.database.exists()
    assert list(site.simulator.calls) == []


async def test_the_example_configuration_is_fine(site: Site) -> None:
    """But for the token, which it leaves out: `check` accepts it, `run` asks for one."""
    example = Path(__file__).parents[2] / "config.example.toml"
    assert not tomllib.loads(example.read_text())["telegram"]["token"]
    for name in ("BOT_TELEGRAM__TOKEN", "BOT_TELEGRAM__BASE_URL"):
        del site.settings[name]
    check, run = await both(site, "--config", str(example))
    ended(check, OK)
    assert "BotFather" in ended(run, USAGE)


@beside
async def test_database_commands(site: Site, ann: Person) -> None:
    """Made, looked at, backed up while the bot runs, restored after it has stopped."""
    assert "0001" in ended(await site.run("db", "migrate"), OK)
    program = await site.start()
    await ann.ask("/practice python")
    assert "in use" in ended(await site.run("db", "info"), OK)
    ended(await site.run("db", "backup", "copy.db"), OK)
    assert "in use" in ended(await site.run("db", "restore", "copy.db"), STORAGE)
    assert await program.stop() == 0
    ended(await site.run("db", "restore", "copy.db"), OK)
    ended(await site.run("check"), OK)
