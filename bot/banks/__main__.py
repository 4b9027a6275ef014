"""`python -m bot.banks FOLDER`: what is wrong with a bank, or how many items it has."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from bot.banks.findings import BankErrors
from bot.banks.loader import load_bank
from bot.domain.questions import Bank, ItemType


def main(arguments: list[str]) -> int:
    """Checks the folder named by the only argument; 1 where there are findings."""
    folder = Path(arguments[0] if arguments else "question_banks")
    try:
        bank = load_bank(folder)
    except BankErrors as errors:
        count = len(errors.findings)
        sys.stderr.write(f"{errors}\n{count} {'finding' if count == 1 else 'findings'}\n")
        return 1
    sys.stdout.write(table_of(bank))
    return 0


def table_of(bank: Bank) -> str:
    """How many items of each type every area has."""
    counts = Counter((item.area_id, item.type) for item in bank.items.values())
    rows = [["", *ItemType, "all"]]
    for area in bank.areas:
        numbers = [counts[area.id, kind] for kind in ItemType]
        rows.append([area.id, *map(str, [*numbers, sum(numbers)])])
    totals = [sum(counts[area.id, kind] for area in bank.areas) for kind in ItemType]
    rows.append(["all", *map(str, [*totals, sum(totals)])])
    return "".join(f"{row[0]:<16}" + "".join(f"{c:>12}" for c in row[1:]) + "\n" for row in rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
