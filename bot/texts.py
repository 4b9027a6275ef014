"""Everything that the bot says: prompts/<language>/ → Texts, checked at the start."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.meta import find_undeclared_variables
from markupsafe import Markup

from bot.markup import clock, code_block, number, points, rich
from bot.wording import COMMANDS, LABELS, SCREENS

_PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_GAPS = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")


class TextErrors(Exception):
    """The texts cannot be used; `str()` lists every fault, one a line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language."""

    language: str
    screens: Mapping[str, Template]
    labels: Mapping[str, Mapping[str, tuple[Template, Template]]]
    commands: Mapping[str, Mapping[str, str]]

    def screen(self, name: str, /, **values: Any) -> Markup:
        """The screen as HTML; every value is escaped by the template engine."""
        return Markup(_tidy(self.screens[name].render(values)))  # noqa: S704 — autoescaped

    def button(self, name: str, /, **values: Any) -> str:
        """A button's label, plain."""
        return self.labels["buttons"][name][0].render(values)

    def star(self, part: str) -> str:
        """What a part of a story is called."""
        return self.labels["star"][part][0].render()

    def kind(self, kind: str) -> str:
        """What a kind of interview is called."""
        return self.labels["kinds"][kind][0].render()

    def opening(self, kind: str, number: int) -> str:
        """The first line of a reminder; there are several for each kind (`wording.OPENINGS`)."""
        return self.labels["openings"][f"{kind}_{number}"][0].render()

    def type(self, type_: str) -> str:
        """What a type of question is called."""
        return self.labels["types"][type_][0].render()

    def tip(self, kind: str, values: Mapping[str, Any]) -> Markup:
        """What to do next after an interview, as HTML."""
        return Markup(self.labels["tips"][kind][1].render(values))  # noqa: S704 — autoescaped

    def drawn(self, name: str, /, **values: Any) -> str:
        """Words in a picture, plain."""
        return self.labels["pictures"][name][0].render(values)

    def advice(self, key: str, values: Mapping[str, Any]) -> Markup:
        """What to add to a story or to leave out, as HTML."""
        return Markup(self.labels["advice"][key][1].render(values))  # noqa: S704 — autoescaped

    def plain(self, name: str, /, **values: Any) -> str:
        """A short text without markup, for toasts and alerts."""
        return self.labels["says"][name][0].render(values)

    def html(self, name: str, /, **values: Any) -> Markup:
        """A short text as HTML, for messages."""
        return Markup(self.labels["says"][name][1].render(values))  # noqa: S704 — autoescaped


class Library:
    """The texts of all languages; a person whose language is missing gets the default one.

    `titles` maps the languages that there are to what their speakers call them.
    """

    def __init__(self, texts: Mapping[str, Texts], default: str) -> None:
        self._texts = texts
        self.default = texts[default]
        self.titles = {one.language: one.button("own_language") for one in texts.values()}

    def texts(self, language: str | None) -> Texts:
        """The texts in `language` (a language code such as `de` or `pt-br`), or the default."""
        code = (language or "").lower()
        return self._texts.get(code) or self._texts.get(code.partition("-")[0]) or self.default

    def __iter__(self) -> Iterator[Texts]:
        return iter(self._texts.values())


def load_library(folder: Path, default: str = "en") -> Library:
    """Reads and checks every language under `folder`.

    Raises:
        TextErrors: a folder, file or label is missing, or a template is wrong.
    """
    if not (folder / default).is_dir():
        raise TextErrors(
            [f"{folder}: no texts for the language “{default}” (a folder is missing)"]
        )
    faults: list[str] = []
    texts = {
        path.name.lower(): _load_language(path, faults)
        for path in sorted(folder.iterdir())
        if path.is_dir() and not path.name.startswith((".", "_"))
    }
    if faults:
        raise TextErrors(faults)
    return Library({name: found for name, found in texts.items() if found}, default)


def _environment(folder: Path, *, autoescape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=autoescape,  # noqa: S701 — toasts and buttons know no markup: plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()  # unused, and copied at every rendering
    environment.filters |= {"rich": rich, "code": code_block, "number": number, "points": points}
    environment.filters["clock"] = clock
    return environment


def _load_language(folder: Path, faults: list[str]) -> Texts | None:
    before = len(faults)
    html = _environment(folder, autoescape=True)
    plain = _environment(folder, autoescape=False)
    screens = {
        name: template
        for name, variables in SCREENS.items()
        if (template := _screen(html, folder, name, variables, faults))
    }
    tables = _read_labels(folder / "labels.toml", faults)
    labels = {
        table: {
            name: pair
            for name, variables in entries.items()
            if (pair := _label(plain, html, folder, table, name, variables, tables, faults))
        }
        for table, entries in LABELS.items()
    }
    commands = {scope: _commands(folder, scope, tables, faults) for scope in COMMANDS}
    return None if len(faults) > before else Texts(folder.name, screens, labels, commands)


def _screen(
    environment: Environment,
    folder: Path,
    name: str,
    variables: frozenset[str],
    faults: list[str],
) -> Template | None:
    path = folder / f"{name}.html.j2"
    if not path.is_file():
        faults.append(f"{path}: this file is missing (copy it from another language)")
        return None
    try:
        source = path.read_text("utf-8")
    except UnicodeDecodeError:
        faults.append(f"{path}: not UTF-8 (save it as UTF-8)")
        return None
    return _compile(environment, source, str(path), variables, faults)


def _compile(
    environment: Environment, source: str, where: str, known: frozenset[str], faults: list[str]
) -> Template | None:
    """Compiles a template that may use `known` variables only."""
    try:
        used = find_undeclared_variables(environment.parse(source))
        template = environment.from_string(source)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        faults.append(f"{where}{f':{line}' if line else ''}: {error.message}")
        return None
    if unknown := used - known:
        allowed = ", ".join(sorted(known)) or "none"
        faults.append(f"{where}: unknown {', '.join(sorted(unknown))} (known here: {allowed})")
        return None
    return template


def _read_labels(path: Path, faults: list[str]) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{path}: {error}")
        return {}


def _label(
    plain: Environment,
    html: Environment,
    folder: Path,
    table: str,
    name: str,
    variables: frozenset[str],
    tables: Mapping[str, Any],
    faults: list[str],
) -> tuple[Template, Template] | None:
    where = f"{folder / 'labels.toml'}: [{table}] {name}"
    source = tables.get(table, {}).get(name)
    if not isinstance(source, str) or not source.strip():
        faults.append(f"{where}: this text is missing")
        return None
    as_plain = _compile(plain, source, where, variables, faults)
    as_html = _compile(html, source, where, variables, faults) if as_plain else None
    return (as_plain, as_html) if as_plain and as_html else None


def _commands(
    folder: Path, scope: str, tables: Mapping[str, Any], faults: list[str]
) -> Mapping[str, str]:
    """What the command menu says; Telegram allows 1–256 characters each."""
    given = tables.get("commands", {}).get(scope, {})
    for name in COMMANDS[scope]:
        text = given.get(name)
        if not isinstance(text, str) or not 1 <= len(text) <= 256:
            where = f"{folder / 'labels.toml'}: [commands.{scope}] {name}"
            faults.append(f"{where}: needs a text of 1 to 256 characters")
    return {name: given.get(name, "") for name in COMMANDS[scope]}


def _tidy(html: str) -> str:
    """Collapses the gaps that conditions leave behind, but never inside code."""
    parts = _PRE.split(html)
    parts[::2] = [_GAPS.sub("\n\n", part) for part in parts[::2]]
    return "".join(parts).strip()
