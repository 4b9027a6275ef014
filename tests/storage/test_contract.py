"""What `Database` promises, on both engines."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

from bot.storage.errors import Kind, StorageError, UniqueError
from tests.storage.conftest import open_here

if TYPE_CHECKING:
    from bot.storage.database import Database, Transaction


class Unhappy(Exception):
    """What a unit of work raises of its own."""


def add(number: int, value: int = 0) -> Any:
    def work(tx: Transaction) -> int:
        return int(tx.queries.add_counter(id=number, value=value))

    return work


def numbers(tx: Transaction) -> list[int]:
    return [row["id"] for row in tx.queries.list_counters()]


class TestUnit:
    async def test_gives_its_result_and_is_seen_by_the_next(self, database: Database) -> None:
        assert await database.transact(add(1)) == 1
        assert await database.transact(numbers) == [1]

    async def test_survives_closing(self, url: str) -> None:
        async with await open_here(url) as database:
            await database.transact(add(1))
        async with await open_here(url) as database:
            assert await database.transact(numbers) == [1]

    async def test_knows_its_engine(self, database: Database, url: str) -> None:
        engine = await database.transact(lambda tx: tx.engine)
        assert url.startswith(engine)
        assert database.engine == engine

    async def test_does_not_run_on_the_loops_thread(self, database: Database) -> None:
        assert await database.transact(lambda _: threading.get_ident()) != threading.get_ident()

    async def test_that_raises_stores_nothing(self, database: Database) -> None:
        def work(tx: Transaction) -> None:
            add(1)(tx)
            raise Unhappy

        with pytest.raises(Unhappy):
            await database.transact(work)
        assert await database.transact(numbers) == []

    async def test_may_raise_what_no_future_can_carry(self, database: Database) -> None:
        with pytest.raises(RuntimeError, match="StopIteration"):
            await database.transact(lambda _: next(iter(())))

    async def test_may_even_ask_to_exit(self, database: Database) -> None:
        def work(tx: Transaction) -> None:
            add(1)(tx)
            raise asyncio.CancelledError

        with pytest.raises(asyncio.CancelledError):
            await database.transact(work)
        assert await database.transact(numbers) == []

    async def test_is_isolated_from_all_others(self, database: Database) -> None:
        """Two hundred units read a number and write it back, one higher."""

        def increment(tx: Transaction) -> None:
            value = tx.queries.lock_counter(id=1)["value"]
            tx.queries.set_counter(id=1, value=value + 1)

        await database.transact(add(1))
        await asyncio.gather(*(database.transact(increment) for _ in range(200)))
        assert (await database.transact(lambda tx: tx.queries.find_counter(id=1)))["value"] == 200

    async def test_of_a_cancelled_caller_does_not_hurt_the_others(
        self, database: Database
    ) -> None:
        callers = [asyncio.create_task(database.transact(add(number))) for number in range(50)]
        await asyncio.sleep(0)
        for caller in callers[::2]:
            caller.cancel()
        outcomes = await asyncio.gather(*callers, return_exceptions=True)
        assert outcomes[1::2] == [1] * 25
        assert set(range(1, 50, 2)) <= set(await database.transact(numbers))


class TestQueries:
    async def test_give_rows_as_dicts(self, database: Database) -> None:
        await database.transact(add(1, 5))
        row = await database.transact(lambda tx: tx.queries.find_counter(id=1))
        assert row == {"id": 1, "value": 5}
        assert type(row) is dict
        assert await database.transact(lambda tx: tx.queries.find_counter(id=2)) is None

    async def test_give_a_list_that_outlives_the_transaction(self, database: Database) -> None:
        await asyncio.gather(*(database.transact(add(number)) for number in range(3)))
        rows = await database.transact(lambda tx: tx.queries.list_counters())
        assert rows == [{"id": number, "value": 0} for number in range(3)]

    async def test_give_one_value(self, database: Database) -> None:
        assert await database.transact(lambda tx: tx.queries.count_counters()) == 0

    async def test_count_the_rows_they_change(self, database: Database) -> None:
        def work(tx: Transaction) -> tuple[int, int]:
            add(1)(tx)
            changed = tx.queries.set_counter(id=1, value=2), tx.queries.set_counter(id=9, value=2)
            return int(changed[0]), int(changed[1])

        assert await database.transact(work) == (1, 0)

    async def test_return_nothing_where_a_row_was_there_before(self, database: Database) -> None:
        def claim(tx: Transaction) -> Any:
            return tx.queries.claim_counter(id=1)

        assert await database.transact(claim) == {"id": 1, "value": 0}
        assert await database.transact(claim) is None

    async def test_write_many_rows_at_once(self, database: Database) -> None:
        def work(tx: Transaction) -> int:
            add(1)(tx)
            rows = [{"id": str(n), "counter_id": 1, "text": "x"} for n in range(100)]
            tx.queries.add_notes(rows)
            return int(tx.queries.count_notes())

        assert await database.transact(work) == 100

    async def test_may_hold_a_literal_percent_sign(self, database: Database) -> None:
        def work(tx: Transaction) -> Any:
            add(1)(tx)
            tx.queries.add_note(id="a", counter_id=1, text="50 %", score=None)
            tx.queries.add_note(id="b", counter_id=1, text="100 %", score=None)
            return tx.queries.notes_in_percent()

        assert await database.transact(work) == [{"id": "b"}]

    async def test_add_up_to_plain_numbers(self, database: Database) -> None:
        await database.transact(add(1, 2**52))
        await database.transact(add(2, 2**52))
        row = await database.transact(lambda tx: tx.queries.sum_counters())
        assert row == {"total": 2**53, "mean": float(2**52)}
        assert (type(row["total"]), type(row["mean"])) == (int, float)

    @pytest.mark.parametrize(
        "text", ["'; DROP TABLE notes; --", "%s %(id)s :id ?", "שלום 🧠", "a\nb\\", "", "\u202e"]
    )
    async def test_keep_any_text_as_it_is(self, database: Database, text: str) -> None:
        def work(tx: Transaction) -> Any:
            tx.queries.add_counter(id=2**52, value=0)
            tx.queries.add_note(id="a", counter_id=2**52, text=text, score=0.1)
            return tx.queries.find_note(id="a")

        row = await database.transact(work)
        assert row == {"id": "a", "counter_id": 2**52, "text": text, "score": 0.1}

    async def test_that_do_not_exist_are_named(self, database: Database) -> None:
        with pytest.raises(AttributeError, match="find_nobody"):
            await database.transact(lambda tx: tx.queries.find_nobody())


class TestErrors:
    async def test_a_second_row_with_the_same_key_is_a_unique_error(
        self, database: Database
    ) -> None:
        await database.transact(add(1, 7))
        with pytest.raises(UniqueError) as caught:
            await database.transact(add(1, 8))
        assert caught.value.kind is Kind.UNIQUE
        assert not caught.value.blameless
        row = await database.transact(lambda tx: tx.queries.find_counter(id=1))
        assert row["value"] == 7

    async def test_a_broken_constraint_is_the_units_fault(self, database: Database) -> None:
        def orphan(tx: Transaction) -> None:
            tx.queries.add_note(id="a", counter_id=5, text="a secret", score=None)

        def negative(tx: Transaction) -> None:
            tx.queries.add_counter(id=1, value=-1)

        for work in (orphan, negative):
            with pytest.raises(StorageError) as caught:
                await database.transact(work)
            assert caught.value.kind is Kind.STATEMENT
            assert not caught.value.blameless

    async def test_are_one_line_without_what_people_wrote(self, database: Database) -> None:
        def orphan(tx: Transaction) -> None:
            tx.queries.add_note(id="a", counter_id=5, text="a secret", score=None)

        with pytest.raises(StorageError) as caught:
            await database.transact(orphan)
        assert "\n" not in str(caught.value)
        assert "secret" not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None

    async def test_point_at_the_line_that_asked(self, database: Database) -> None:
        def mistaken(tx: Transaction) -> None:
            tx.connection.execute("SELECT nonsense")

        with pytest.raises(StorageError) as caught:
            await database.transact(mistaken)
        assert caught.value.kind is Kind.STATEMENT
        assert any(entry.name == "mistaken" for entry in caught.traceback)

    async def test_leave_the_database_usable(self, database: Database) -> None:
        with pytest.raises(StorageError):
            await database.transact(lambda tx: tx.connection.execute("SELECT nonsense"))
        await database.transact(add(1))
        assert await database.transact(numbers) == [1]


class TestHealth:
    async def test_a_probe_is_a_write(self, database: Database) -> None:
        await database.probe()
        await database.probe()
        row = await database.transact(
            lambda tx: tx.connection.execute("SELECT writes FROM storage_probe").fetchone()
        )
        assert row == {"writes": 2}
        assert database.trouble() is None

    async def test_probes_outgrow_trouble(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A tiny write may still fit on a full disk, and would call it well."""

        def padding(tx: Transaction) -> int:
            row = tx.connection.execute("SELECT padding FROM storage_probe").fetchone()
            return len(row["padding"])

        with monkeypatch.context() as patched:
            patched.setattr(database, "trouble", lambda: "the disk is full")
            await database.probe()
        assert await database.transact(padding) > 50_000
        await database.probe()
        assert await database.transact(padding) == 0

    async def test_a_mistake_in_a_unit_is_no_trouble(self, database: Database) -> None:
        with pytest.raises(StorageError):
            await database.transact(lambda tx: tx.connection.execute("SELECT nonsense"))
        assert database.trouble() is None

    async def test_scrubbing_keeps_what_is_there(self, database: Database) -> None:
        await database.transact(add(1))
        assert await database.scrub()
        assert await database.transact(numbers) == [1]


class TestClosing:
    async def test_finishes_what_was_handed_over(self, url: str) -> None:
        database = await open_here(url)
        callers = [asyncio.create_task(database.transact(add(number))) for number in range(300)]
        await asyncio.sleep(0)
        await database.close()
        assert await asyncio.gather(*callers) == [1] * 300
        async with await open_here(url) as reopened:
            assert await reopened.transact(numbers) == list(range(300))

    async def test_refuses_what_comes_later(self, url: str) -> None:
        database = await open_here(url)
        await database.close()
        await database.close()
        with pytest.raises(StorageError) as caught:
            await database.transact(numbers)
        assert caught.value.blameless
        with pytest.raises(StorageError):
            await database.probe()
        with pytest.raises(StorageError):
            await database.scrub()
