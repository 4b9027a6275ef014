"""`bank …` and `grade`: the workshop on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.common import FINDINGS, OK, USAGE, Fault, load_config_of, load_content_of
from bot.content import cache_folder

if TYPE_CHECKING:  # imported when a command needs them, so that the others start at once
    from bot.app import Content
    from bot.domain.questions import Bank, Item


def lint_command(given: argparse.Namespace) -> int:
    """Prints the remarks and the measures; 1 where anything fails."""
    content, folder = _loaded(given)
    with _authors_libraries():
        from bot.workshop.lint import lint
        from bot.workshop.tables import lint_table

    report = lint(content.bank)
    for remark in report.remarks:
        print(remark.told(folder))
    print(lint_table(report, content.bank), end="")
    return FINDINGS if report.failed else OK


def verify_command(given: argparse.Namespace) -> int:
    """Runs the proofs; 1 where one does not give its key."""
    from bot.banks.findings import Finding
    from bot.workshop.sandbox import Unsupported

    content, folder = _loaded(given)
    items = _chosen(content.bank, given.ids)
    with _authors_libraries():
        from bot.workshop.progress import Progress
        from bot.workshop.verifying import verify

    kept = None if given.fresh else cache_folder()
    with Progress(len(items)) as progress:
        try:
            verified = verify(
                items, folder=kept, workers=given.workers, on_progress=progress.advance
            )
        except Unsupported:
            text = "proofs run where processes can fork: Linux, macOS, or WSL on Windows"
            raise Fault(text, USAGE) from None
    from bot.workshop.tables import verify_summary

    for item in items:
        outcome = verified.outcomes[item.id]
        if outcome.what:
            place = folder / item.source
            print(Finding(place, item.line, item.id, outcome.what, outcome.mend))
    print(verify_summary(verified), end="")
    return FINDINGS if verified.failed else OK


def stats_command(given: argparse.Namespace) -> int:
    """Prints how many items there are of everything, beside what is aimed at."""
    from bot.workshop.tables import stats_tables

    content, _ = _loaded(given)
    print(stats_tables(content.bank), end="")
    return OK


def show_command(given: argparse.Namespace) -> int:
    """Prints one item as its author sees it."""
    from bot.workshop.showing import show

    content, folder = _loaded(given)
    print(show(_item(content.bank, given.id), folder), end="")
    return OK


def preview_command(given: argparse.Namespace) -> int:
    """Prints one item as people see it, or lets the author play it."""
    from bot.pictures import Unrenderable, render_formulas
    from bot.workshop.previewing import formulas_in, preview

    content, _ = _loaded(given)
    item = _item(content.bank, given.id)
    if given.browser:
        return _play(given, content, item)
    if given.picture:
        formulas = formulas_in(item, given.variant)
        if not formulas:
            raise Fault(f"{item.id} has no formula", FINDINGS)
        try:
            given.picture.write_bytes(render_formulas(formulas))
        except (Unrenderable, OSError) as error:
            raise Fault(str(error), FINDINGS) from None
    print(preview(item, content.bank, content.library.default, given.variant), end="")
    return OK


def _play(given: argparse.Namespace, content: Content, item: Item) -> int:
    """The chat page with a bank of this one item."""
    from bot.app import Content
    from bot.cli.program import try_with
    from bot.domain.questions import Bank

    alone = Content(content.library, Bank(content.bank.areas, {item.id: item}))
    return try_with(load_config_of(given), alone, port=given.port, browser=True)


def grade_item(given: argparse.Namespace) -> int:
    """Grades answers with an item's rubric."""
    from bot.workshop.grading import Unusable, grade_with_item

    content, _ = _loaded(given)
    try:
        grade_with_item(_item(content.bank, given.id), given.answers)
    except Unusable as error:
        raise Fault(str(error), USAGE) from None
    return OK


def grade_lines(given: argparse.Namespace) -> int:
    """Grades answers with the rubrics of a file."""
    from bot.workshop.grading import Unusable, grade_with_rubrics

    try:
        grade_with_rubrics(given.rubrics, given.answers)
    except Unusable as error:
        raise Fault(str(error), USAGE) from None
    return OK


def _loaded(given: argparse.Namespace) -> tuple[Content, Path]:
    """The content, and the folder of its bank."""
    from bot.app import bank_folder

    config = load_config_of(given)
    return load_content_of(config, code=FINDINGS), bank_folder(config)


def _item(bank: Bank, item_id: str) -> Item:
    item = bank.items.get(item_id)
    if item is None:
        raise Fault(f"there is no item {item_id}", FINDINGS)
    return item


def _chosen(bank: Bank, names: list[str]) -> list[Item]:
    """All items, or those of the ids, topics and areas named."""
    unknown = set(names) - bank.items.keys() - bank.topics().keys() - {a.id for a in bank.areas}
    if unknown:
        raise Fault(f"there is no item, topic or area {', '.join(sorted(unknown))}", FINDINGS)
    items = list(bank.items.values())
    return [i for i in items if not names or {i.id, i.topic_id, i.area_id} & set(names)]


@contextmanager
def _authors_libraries() -> Iterator[None]:
    """Turns a missing library into advice."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "bot":
            raise
        text = f"{error.name} is missing; install the libraries for authors: "
        raise Fault(text + "pip install 'ml-interview-bot[authors]'", USAGE) from None
