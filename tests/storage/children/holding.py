"""Opens a database and keeps it open until its standard input ends."""

from __future__ import annotations

import asyncio
import sys

from bot.storage.database import open_database


async def main() -> None:
    async with await open_database(sys.argv[1]):
        sys.stdout.write("open\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
