"""The chat page keeps its promises: whole, self-contained, and never markup made from text."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.simulator import Simulator

PAGE = Path(str(resources.files("bot.simulator").joinpath("page")))
SCRIPTS = sorted(PAGE.glob("*.js"))
STYLES = sorted(PAGE.glob("*.css"))
INDEX = (PAGE / "index.html").read_text(encoding="utf-8")
IMPORT = re.compile(
    r'^(?:import|\} from|export).*?from "([^"]+)";|^import "([^"]+)";', re.MULTILINE
)


class Elements(HTMLParser):
    """Every start tag with its attributes, and the text within scripts and styles."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in {"script", "style"} and data.strip():
            self.inline.append(data)


ELEMENTS = Elements(INDEX)


def resources_of_index() -> set[str]:
    wanted = {
        attributes.get("src") or attributes.get("href")
        for tag, attributes in ELEMENTS.found
        if tag in {"script", "link", "img"}
    }
    return {address for address in wanted if address}


def imports(script: Path) -> set[str]:
    return {one or other for one, other in IMPORT.findall(script.read_text(encoding="utf-8"))}


def source(paths: list[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_everything_that_the_page_names_lies_beside_it_and_nothing_else_does() -> None:
    assert all(address.startswith("/page/") for address in resources_of_index())
    reached = {address.removeprefix("/page/") for address in resources_of_index()}
    waiting = [name for name in reached if name.endswith(".js")]
    while waiting:
        for address in imports(PAGE / waiting.pop()):
            name = address.removeprefix("./")
            assert address == f"./{name}", f"{address} is not a neighbour"
            if name not in reached:
                reached.add(name)
                waiting.append(name)
    assert reached == {path.name for path in PAGE.iterdir()} - {"index.html"}


def test_nothing_is_inline_so_that_a_strict_content_security_policy_holds() -> None:
    assert ELEMENTS.inline == []
    for tag, attributes in ELEMENTS.found:
        assert tag != "style"
        assert not [name for name in attributes if name == "style" or name.startswith("on")], tag
    policy = next(a["content"] for _, a in ELEMENTS.found if "http-equiv" in a)
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_or_code_from_text(script: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    assert not re.search(forbidden, script.read_text(encoding="utf-8"))


def test_no_style_sheet_loads_anything() -> None:
    assert not re.search(r"url\(|@import", source(STYLES))


def test_every_element_that_a_script_looks_up_exists() -> None:
    there = {attributes["id"] for _, attributes in ELEMENTS.found if "id" in attributes}
    wanted = set(re.findall(r'byId\("([^"]+)"\)', source(SCRIPTS)))
    assert wanted
    assert wanted <= there


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r"^  (\w+):", source([PAGE / "icons.js"]), re.MULTILINE))
    asked = set(re.findall(r'\bicon(?:Button)?\(\s*"(\w+)"', source(SCRIPTS)))
    asked |= set(re.findall(r'icon: "(\w+)"', source(SCRIPTS)))
    asked |= {a["data-icon"] or "" for _, a in ELEMENTS.found if "data-icon" in a}
    assert asked
    assert asked <= drawn


async def test_the_simulator_serves_the_page_and_all_its_files() -> None:
    kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    async with Simulator(page=True) as sim, ClientSession(sim.base_url) as http:
        async with http.get("/") as answer:
            assert (answer.status, answer.content_type) == (200, "text/html")
        for path in [*SCRIPTS, *STYLES, PAGE / "icon.svg"]:
            async with http.get(f"/page/{path.name}") as answer:
                assert (answer.status, answer.content_type) == (200, kinds[path.suffix[1:]])


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_the_modules_that_need_no_browser(tmp_path: Path) -> None:
    for script in SCRIPTS:
        shutil.copy(script, tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    shutil.copy(Path(__file__).with_name("modules.js"), tmp_path / "modules.test.js")
    run = subprocess.run(
        ["node", "--test", "modules.test.js"],  # noqa: S607 (whichever Node.js there is)
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
