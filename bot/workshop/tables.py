"""Tables for the terminal: what lint measured, what verify proved, what the bank holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.banks.taxonomy import Target, load_article_terms, load_targets
from bot.domain.questions import Bank, Item, ItemType
from bot.workshop.proving import Status
from bot.workshop.remarks import Level, Report
from bot.workshop.verifying import Verified

LEVELS = range(1, 6)
ALLOWED_DEVIATION = 0.2
"""A topic may have so many more or fewer items than it should reach."""
_COMPUTED = frozenset({"stdout", "expr", "python", "examples"})


def lint_table(report: Report, bank: Bank) -> str:
    """Every measure with what is allowed, what is covered, and the verdict."""
    rows = [("", "rule", "where", "measured", "allowed")]
    rows += [
        ("ok" if m.holds else m.level, m.rule, m.where, m.measured, m.allowed)
        for m in report.measures
    ]
    levels = Counter(remark.level for remark in report.remarks)
    broken = sum(not m.holds and m.level is Level.FAIL for m in report.measures)
    remarks = f"{_count(levels[Level.FAIL], 'failure')}, {_count(levels[Level.WARN], 'warning')}"
    verdict = "The bank fails." if report.failed else "The bank passes."
    outside = f"{_count(broken, 'measure')} out of bounds"
    covered = _coverage(bank) + _against_targets(bank)
    return f"\n{_table(rows)}\n{covered}\n{remarks} in items; {outside}. {verdict}\n"


def verify_summary(verified: Verified) -> str:
    """How many keys are proved, and what that rests on."""
    total = len(verified.outcomes)
    lines = []
    if not verified.offline:
        lines.append(
            "note: this system does not cut proofs off from the network; "
            "modules that reach it are refused all the same"
        )
    counts = [(status, verified.count(status)) for status in Status]
    told = ", ".join(f"{count} {status}" for status, count in counts if count)
    known = f" ({verified.kept} known from before)" if verified.kept else ""
    lines.append(f"{_count(total, 'item')}: {told or 'nothing to prove'}{known}")
    return "\n".join(lines) + "\n"


def stats_tables(bank: Bank) -> str:
    """Items by area and topic against the targets, by type and difficulty; proofs; terms."""
    targets = load_targets()
    by_topic: dict[str, list[Item]] = {}
    for item in bank.items.values():
        by_topic.setdefault(item.topic_id, []).append(item)
    head = ("", *ItemType, "all", *(f"level {n}" for n in LEVELS), "computed")
    rows: list[Sequence[str]] = [head]
    whole: list[Item] = []
    for area in bank.areas:
        inside = [item for topic in area.topics for item in by_topic.get(topic.id, ())]
        whole += inside
        aims = [targets[topic.id] for topic in area.topics if topic.id in targets]
        rows.append(_row(area.title, inside, aims))
        for topic in area.topics:
            aim = [targets[topic.id]] if topic.id in targets else []
            rows.append(_row(f"  {topic.title}", by_topic.get(topic.id, []), aim))
    rows.append(_row("All", whole, list(targets.values())))
    return f"{_table(rows)}\n{_coverage(bank)}"


def _row(title: str, items: Sequence[Item], aims: Sequence[Target]) -> Sequence[str]:
    """What there is, of what is aimed at."""
    types = Counter(item.type for item in items)
    levels = Counter(item.difficulty for item in items)
    computed = sum(item.proof is not None and item.proof.kind in _COMPUTED for item in items)
    aimed = [sum(aim.items.get(kind, 0) for aim in aims) for kind in ItemType]
    return (
        title,
        *(_of(types[kind], aim) for kind, aim in zip(ItemType, aimed, strict=True)),
        _of(len(items), sum(aimed)),
        *(_of(levels[n], sum(aim.difficulty[n - 1] for aim in aims)) for n in LEVELS),
        f"{computed / len(items):.0%}" if items else "–",
    )


def _against_targets(bank: Bank) -> str:
    """How many items there are, and which topics are more than a fifth off."""
    counts = Counter(item.topic_id for item in bank.items.values())
    aims = {topic: sum(target.items.values()) for topic, target in load_targets().items()}
    off = [
        f"{topic} {counts[topic]}/{aim}"
        for topic, aim in aims.items()
        if abs(counts[topic] - aim) > aim * ALLOWED_DEVIATION
    ]
    lines = [f"items: {len(bank.items):,} of {sum(aims.values()):,}"]
    lines += [f"  topics more than a fifth off: {', '.join(off)}"] if off else []
    return "\n".join(lines) + "\n"


def _coverage(bank: Bank) -> str:
    covered = {item.topic_id for item in bank.items.values()}
    every = [topic.id for area in bank.areas for topic in area.topics]
    missing = [topic for topic in every if topic not in covered]
    terms = load_article_terms()
    untold = [term for term, topic in terms.items() if topic not in covered]
    lines = [f"topics covered: {len(every) - len(missing)} of {len(every)}"]
    lines += [f"  without an item: {', '.join(missing)}"] if missing else []
    lines.append(f"terms of the article covered: {len(terms) - len(untold)} of {len(terms)}")
    lines += [f"  without an item: {', '.join(untold)}"] if untold else []
    kinds = Counter(i.proof.kind if i.proof else "none" for i in bank.items.values())
    lines.append("proofs: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    return "\n".join(lines) + "\n"


def _of(count: int, aim: int) -> str:
    return f"{count}/{aim}" if count or aim else "–"


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        + "\n"
        for row in rows
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
