"""A group quiz from lobby to podium: whole games, and what may befall them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.group_quiz import (
    MOST_PLAYERS,
    WAITS,
    Phase,
    Quiz,
    open_lobby,
    step,
)
from bot.domain.quiz_events import (
    Anonymous,
    Answered,
    Close,
    Discard,
    Do,
    Drop,
    Effect,
    Ending,
    Event,
    Join,
    Left,
    Migrated,
    Post,
    Posted,
    PostFailed,
    PressStart,
    Reason,
    Refuse,
    Round,
    Silenced,
    Standing,
    Stop,
    Tick,
    Trouble,
)
from bot.domain.quiz_plan import Slot
from bot.domain.quiz_scores import Answer, Line, Mark, marks_of, standing

EVE = datetime(2026, 1, 10, 20, tzinfo=UTC)
CHAT, HOST, ADMIN, ANN, BEN, CID = -5, 1, 2, 11, 12, 13


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@dataclass
class Game:
    """Plays the part of whoever keeps the state, the answers and the clock."""

    rounds: int = 3
    limit: int = 20
    teams: int = 0
    host: int | None = HOST
    is_open: bool = False
    now: float = 0
    answers: dict[int, list[Answer]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    state: Quiz = field(init=False)

    def __post_init__(self) -> None:
        slots = tuple(Slot(f"i{n}", f"a{n % 2}", None, self.is_open) for n in range(self.rounds))
        self.state, effects = open_lobby(
            CHAT, self.host, slots, seconds(self.limit), EVE, self.teams
        )
        assert effects == (Do.SHOW_LOBBY,)

    @property
    def at(self) -> datetime:
        return EVE + seconds(self.now)

    @property
    def due(self) -> float:
        due = self.state.due()
        assert due is not None
        return (due - EVE).total_seconds()

    @property
    def voters(self) -> frozenset[int]:
        return frozenset(one.person_id for one in self.answers.get(self.state.position, ()))

    def take(self, event: Event) -> tuple[Effect, ...]:
        self.state, effects = step(self.state, event)
        for effect in effects:
            if isinstance(effect, Close):
                played = effect.round
                self.marks += marks_of(
                    self.answers.get(played.position, ()),
                    posted_at=played.posted_at,
                    limit=self.state.limit,
                    area_id=self.state.slots[played.position - 1].area_id,
                    is_open=self.is_open,
                )
        return effects

    def later(self, by: float) -> Game:
        self.now += by
        return self

    def join(self, *people: int, team: int | None = None) -> tuple[Effect, ...]:
        return tuple(e for one in people for e in self.take(Join(self.at, one, team)))

    def start(self, by: int = HOST) -> tuple[Effect, ...]:
        return self.take(PressStart(self.at, by))

    def tick(self, at: float | None = None) -> tuple[Effect, ...]:
        """Looks when it is due, or at another time."""
        self.now = self.due if at is None else at
        return self.take(Tick(self.at))

    def posted(self, chat_id: int = CHAT) -> tuple[Effect, ...]:
        position = self.state.position
        return self.take(Posted(self.at, position, chat_id, 100 + position, f"p{position}"))

    def vote(
        self, person: int, score: float = 1, position: int | None = None
    ) -> tuple[Effect, ...]:
        position = self.state.position if position is None else position
        if self.state.takes(position, self.at):
            self.answers.setdefault(position, []).append(Answer(person, self.at, score))
        return self.take(Answered(self.at, person, position, self.voters))

    def stop(self, by: int | None = HOST, *, admin: bool = False) -> tuple[Effect, ...]:
        return self.take(Stop(self.at, by, admin, self.voters))

    def leave(self, person: int) -> tuple[Effect, ...]:
        return self.take(Left(self.at, person, self.voters))

    def lines(self) -> list[Line]:
        return list(standing(self.state.players, self.marks))

    def running(self, *people: int) -> Game:
        """With these players, in the first round, which was just sent."""
        self.join(*people)
        self.start()
        self.posted()
        return self


def test_a_whole_quiz() -> None:
    game = Game()
    assert game.join(ANN) == (Do.EDIT_LOBBY,)
    game.later(10).join(BEN)
    assert game.later(10).start() == (Post(1), Do.EDIT_LOBBY)
    assert game.later(1).posted() == ()
    # Ann and Ben answer: the round is over at once.
    assert game.later(2).vote(ANN) == ()
    first = game.state.round
    assert first is not None
    assert game.later(2).vote(BEN) == (Close(first, early=True), Standing(1))
    assert game.due - game.now == 3
    assert game.tick() == (Post(2),)
    game.later(1).posted()
    # Cid has not joined; he votes and is waited for from now on. Ben takes his time.
    assert game.later(5).vote(CID, 0.5) == ()
    assert game.later(5).vote(ANN, 0) == ()
    second = game.state.round
    assert second is not None
    assert game.due == game.now + 11
    assert game.tick() == (Close(second, early=False), Standing(2))
    assert game.tick() == (Post(3),)
    game.later(1).posted()
    game.later(4)
    third = game.state.round
    assert third is not None
    assert game.vote(BEN) == game.vote(CID) == ()
    assert game.vote(ANN) == (Close(third, early=True), Standing(3), Do.PODIUM)
    assert game.state.phase is Phase.OVER
    assert game.state.ending is Ending.FINISHED
    assert game.state.due() is None
    assert game.state.played == 3
    assert game.lines() == [
        Line(ANN, 1850, 2, seconds(16)),
        Line(BEN, 1800, 2, seconds(8)),
        Line(CID, 1338, 1, seconds(9)),
    ]


def test_a_restart_needs_nothing_but_the_state_and_its_due_instant() -> None:
    game = Game().running(ANN, BEN)
    game.later(4).vote(ANN)
    restarted = Game()
    restarted.state, restarted.answers = replace(game.state), game.answers
    restarted.now = 15
    assert restarted.tick(15) == ()
    assert restarted.due == 21
    assert restarted.vote(BEN)
    assert restarted.lines() == [Line(ANN, 900, 1, seconds(4)), Line(BEN, 625, 1, seconds(15))]


def test_votes_that_came_while_nobody_was_there_are_heard_before_the_round_is_closed() -> None:
    game = Game().running(ANN, BEN)
    game.later(4).vote(ANN)
    assert game.tick(500) == ()
    assert game.due == 503
    game.vote(CID, 0)
    assert isinstance(game.tick()[0], Close)
    assert game.lines()[-1] == Line(CID, 0, 0, seconds(20))


def test_they_are_waited_for_once() -> None:
    game = Game().running(ANN)
    game.tick(500)
    assert game.tick(900) == (Close(game_round(1), early=False), Standing(1))


def test_joins_that_came_while_nobody_was_there_are_heard_before_it_is_called_off() -> None:
    game = Game()
    assert game.tick(500) == ()
    game.join(ANN)
    assert game.tick(503) == (Post(1), Do.EDIT_LOBBY)


def test_where_nothing_can_have_been_missed_it_goes_on_at_once() -> None:
    game = Game()
    game.join(ANN)
    assert game.tick(500) == (Post(1), Do.EDIT_LOBBY)
    game.posted()
    game.vote(ANN)
    assert game.tick(900) == (Post(2),)
    assert game.tick(1900) == (Post(2),)


def test_a_lobby_that_emptied_is_not_shown_anew_once_its_time_is_up() -> None:
    game = Game()
    game.later(58).join(ANN)
    game.leave(ANN)
    assert game.state.lobby_stale
    assert game.tick(500) == ()
    assert game.due == 503


def game_round(position: int, at: float = 0) -> Round:
    game = Game()
    game.join(ANN)
    game.now = at
    game.start()
    game.state = replace(game.state, position=position)
    game.posted()
    assert game.state.round is not None
    return game.state.round


class TestLobby:
    def test_it_starts_by_itself(self) -> None:
        game = Game()
        game.later(59).join(ANN)
        assert game.tick() == (Post(1), Do.EDIT_LOBBY)
        assert game.now == 60

    def test_without_players_it_is_called_off(self) -> None:
        game = Game()
        assert game.tick(59) == ()
        assert game.tick() == (Do.CALL_OFF,)
        assert game.state.ending is Ending.CALLED_OFF

    def test_nobody_starts_a_quiz_without_players(self) -> None:
        assert Game().start() == (Refuse(Reason.NOBODY_JOINED),)

    @pytest.mark.parametrize(("by", "admin", "may"), [(HOST, False, True), (ADMIN, True, True),
                                                      (ANN, False, False)])  # fmt: skip
    def test_the_host_and_admins_start_and_stop_it(self, by: int, admin: bool, may: bool) -> None:
        game = Game()
        game.join(ANN)
        before = game.state
        effects = game.take(PressStart(game.at, by, admin))
        assert (effects == (Post(1), Do.EDIT_LOBBY)) is may
        if not may:
            assert game.state == before
            assert effects == game.stop(by, admin=admin) == (Refuse(Reason.NOT_ALLOWED),)

    def test_where_an_anonymous_admin_called_for_it_admins_start_and_stop_it(self) -> None:
        game = Game(host=None)
        game.join(ANN)
        assert game.take(PressStart(game.at, None)) == (Refuse(Reason.NOT_ALLOWED),)
        assert game.stop(None) == (Refuse(Reason.NOT_ALLOWED),)
        assert game.stop(None, admin=True) == (Do.CALL_OFF,)

    def test_joining_again_changes_nothing(self) -> None:
        game = Game()
        game.join(ANN)
        before = game.state
        assert game.later(30).join(ANN) == ()
        assert game.state == before

    def test_many_joins_are_few_edits(self) -> None:
        game, shown = Game(), []
        for second in range(30):
            game.now = second
            for effect in game.join(100 + 2 * second, 101 + 2 * second) + game.tick(second):
                assert effect is Do.EDIT_LOBBY
                shown.append(second)
        assert shown == list(range(0, 30, 3))
        assert game.state.lobby_stale
        assert game.due == 30
        assert game.tick() == (Do.EDIT_LOBBY,)
        assert game.due == 60

    def test_it_has_room_for_so_many(self) -> None:
        game = Game()
        game.join(*range(1000, 1000 + MOST_PLAYERS))
        assert game.join(ANN) == (Refuse(Reason.FULL),)
        game.start()
        game.posted()
        assert game.vote(ANN) == (Refuse(Reason.FULL),)
        assert len(game.state.players) == MOST_PLAYERS

    def test_stopped_in_the_lobby_there_is_no_podium(self) -> None:
        game = Game()
        game.join(ANN)
        assert game.stop() == (Do.CALL_OFF,)
        assert game.join(BEN) == game.start() == game.stop() == (Refuse(Reason.OVER),)

    def test_whoever_leaves_the_group_leaves_the_lobby(self) -> None:
        game = Game()
        game.join(ANN)
        game.later(5)
        assert game.leave(ANN) == (Do.EDIT_LOBBY,)
        assert game.state.players == ()

    def test_start_is_pressed_twice(self) -> None:
        game = Game()
        game.join(ANN)
        game.start()
        assert game.start() == (Refuse(Reason.STARTED),)

    @pytest.mark.parametrize(("rounds", "teams"), [(0, 0), (3, 1), (3, 5), (3, -1)])
    def test_what_cannot_be_played(self, rounds: int, teams: int) -> None:
        with pytest.raises(ValueError, match="no quiz of"):
            Game(rounds, teams=teams)


class TestTeams:
    def test_people_join_a_team_and_may_change_it_in_the_lobby(self) -> None:
        game = Game(teams=2)
        game.join(ANN, BEN, team=1)
        game.later(5)
        assert game.join(BEN, team=0) == (Do.EDIT_LOBBY,)
        assert game.join(BEN) == ()
        assert [one.team for one in game.state.players] == [1, 0]

    def test_late_joiners_get_into_the_smallest_team(self) -> None:
        game = Game(teams=3)
        game.join(ANN, team=0)
        game.join(BEN, team=2)
        game.start()
        game.posted()
        game.vote(CID)
        game.join(14, team=7)
        game.join(15, team=3)
        game.join(ANN, team=1)
        assert [one.team for one in game.state.players] == [0, 2, 1, 0, 1]

    def test_without_teams_a_team_button_is_just_joining(self) -> None:
        game = Game()
        game.join(ANN, team=1)
        assert game.state.players[0].team is None


class TestRound:
    def test_a_late_joiner_who_presses_join_is_waited_for(self) -> None:
        game = Game().running(ANN)
        assert game.join(BEN) == ()
        assert game.vote(ANN) == ()
        assert isinstance(game.vote(BEN)[0], Close)

    def test_a_vote_for_a_round_that_is_closed_changes_nothing(self) -> None:
        game = Game().running(ANN)
        game.vote(ANN)
        before = game.state
        assert game.vote(BEN) == game.vote(BEN, position=7) == ()
        game.tick()
        game.posted()
        assert game.vote(BEN, position=1) == ()
        assert game.state.players == before.players

    def test_an_open_round_takes_replies_in_time_and_votes_need_not_be(self) -> None:
        late = EVE + seconds(21.5)
        assert Game().running(ANN).state.takes(1, late)
        replies = Game(is_open=True).running(ANN).state
        assert not replies.takes(1, late)
        assert replies.takes(1, late - seconds(1))

    def test_most_votes_are_a_row_and_no_step(self) -> None:
        state = Game().running(ANN, BEN).state
        assert state.unmoved_by(ANN, 1)
        assert not state.unmoved_by(BEN, 2)
        assert not state.unmoved_by(CID, 1)

    def test_nobody_waits_for_those_who_left(self) -> None:
        game = Game().running(ANN, BEN)
        game.vote(ANN)
        assert isinstance(game.leave(BEN)[0], Close)
        assert game.leave(BEN) == game.leave(CID) == ()
        game.tick()
        game.posted()
        assert isinstance(game.vote(ANN)[0], Close)
        assert {line.person_id for line in game.lines()} == {ANN, BEN}

    def test_the_vote_of_somebody_who_left_is_not_taken_for_another_ones(self) -> None:
        game = Game().running(ANN, BEN, CID)
        game.vote(ANN)
        assert game.leave(ANN) == ()
        assert game.vote(BEN) == ()
        assert isinstance(game.vote(CID)[0], Close)

    def test_whoever_comes_back_and_votes_is_waited_for_again(self) -> None:
        game = Game().running(ANN, BEN, CID)
        game.leave(BEN)
        game.vote(BEN)
        assert game.state.here == {ANN, BEN, CID}
        assert len(game.state.players) == 3

    def test_when_all_have_left_it_is_over(self) -> None:
        game = Game().running(ANN)
        running = game.state.round
        assert running is not None
        assert game.leave(ANN) == (Drop(running), Do.PODIUM)
        assert game.state.ending is Ending.DESERTED

    def test_chats_that_vote_are_told_once(self) -> None:
        game = Game().running(ANN)
        assert game.take(Anonymous(game.at)) == (Do.EXPLAIN,)
        assert game.take(Anonymous(game.at)) == ()


class TestStop:
    def test_a_round_that_somebody_answered_counts(self) -> None:
        game = Game().running(ANN, BEN)
        game.vote(ANN)
        running = game.state.round
        assert running is not None
        assert game.stop() == (Close(running, early=True), Do.PODIUM)
        assert (game.state.played, game.lines()[0].points) == (1, 1000)

    def test_one_that_nobody_answered_does_not(self) -> None:
        game = Game().running(ANN, BEN)
        running = game.state.round
        assert running is not None
        assert game.stop(ADMIN, admin=True) == (Drop(running), Do.PODIUM)
        assert game.state.played == 0
        assert game.state.ending is Ending.STOPPED

    def test_one_that_is_being_sent_is_taken_back(self) -> None:
        game = Game()
        game.join(ANN)
        game.start()
        assert game.stop() == (Do.PODIUM,)
        over = game.state
        assert game.posted() == (Discard(CHAT, 101),)
        assert game.state == over


class TestSending:
    def asking(self) -> Game:
        game = Game()
        game.join(ANN)
        game.start()
        return game

    def fail(self, game: Game, trouble: Trouble, wait: float = 0) -> tuple[Effect, ...]:
        return game.take(PostFailed(game.at, game.state.position, trouble, seconds(wait)))

    @pytest.mark.parametrize("trouble", [Trouble.FAILED, Trouble.NO_RIGHTS])
    def test_it_backs_off_and_gives_up(self, trouble: Trouble) -> None:
        game = self.asking()
        for wait in WAITS:
            assert self.fail(game, trouble) == ()
            assert game.due == game.now + wait.total_seconds()
            assert game.tick() == (Post(1),)
        assert self.fail(game, trouble) == ()
        assert game.state.ending is Ending.MUTED

    def test_a_flood_wait_is_kept(self) -> None:
        game = self.asking()
        self.fail(game, Trouble.FAILED, wait=30)
        assert game.due == 30

    def test_after_a_round_that_was_sent_patience_is_new(self) -> None:
        game = self.asking()
        self.fail(game, Trouble.FAILED)
        game.tick()
        game.posted()
        game.vote(ANN)
        game.tick()
        self.fail(game, Trouble.FAILED)
        assert game.due == game.now + 5

    def test_a_question_that_cannot_be_sent_is_left_out(self) -> None:
        game = self.asking()
        assert self.fail(game, Trouble.REFUSED) == (Post(2),)
        assert self.fail(game, Trouble.REFUSED) == (Post(3),)
        assert self.fail(game, Trouble.REFUSED) == (Do.PODIUM,)
        assert game.state.played == 0

    def test_what_was_lost_with_the_process_is_sent_again(self) -> None:
        game = self.asking()
        assert self.fail(game, Trouble.LOST) == (Post(1),)
        assert game.tick(game.due - 1) == ()
        assert game.tick(game.due) == (Post(1),)

    def test_a_round_that_is_lost_again_and_again_ends_it(self) -> None:
        game = self.asking()
        for _ in WAITS:
            assert self.fail(game, Trouble.LOST) == (Post(1),)
        assert self.fail(game, Trouble.LOST) == ()
        assert game.state.ending is Ending.MUTED

    def test_of_two_that_got_there_the_second_is_taken_back(self) -> None:
        game = self.asking()
        self.fail(game, Trouble.LOST)
        assert game.posted() == ()
        again = Posted(game.at, 1, CHAT, 777, "other")
        assert game.take(again) == (Discard(CHAT, 777),)
        assert self.fail(game, Trouble.FAILED) == ()
        assert game.state.round == game_round(1)

    @pytest.mark.parametrize("ending", [Ending.EXPELLED, Ending.TOPIC_GONE])
    def test_where_nothing_can_be_said_it_is_over_without_a_word(self, ending: Ending) -> None:
        for game in (Game(), self.asking(), Game().running(ANN), Game().running(ANN, BEN)):
            assert game.take(Silenced(game.at, ending)) == ()
            assert game.state.ending is ending
            assert game.take(Tick(game.at)) == game.leave(ANN) == ()
            assert game.state.due() is None


class TestMigration:
    NEW = -1005

    def move(self, game: Game) -> tuple[Effect, ...]:
        return game.take(Migrated(game.at, self.NEW))

    def test_the_running_round_is_dropped_and_the_next_comes_in_the_new_chat(self) -> None:
        game = Game().running(ANN, BEN)
        game.vote(ANN)
        running = game.state.round
        assert running is not None
        assert self.move(game) == (Drop(running),)
        assert self.move(game) == ()
        assert game.vote(BEN, position=1) == ()
        assert game.tick() == (Post(2),)
        assert game.posted(self.NEW) == ()
        assert (game.state.chat_id, game.state.played, game.now) == (self.NEW, 0, 3)

    def test_with_the_last_round_dropped_the_podium_follows(self) -> None:
        game = Game(rounds=1).running(ANN)
        self.move(game)
        assert game.tick() == (Do.PODIUM,)

    def test_the_lobby_moves(self) -> None:
        game = Game()
        game.join(ANN, BEN)
        assert self.move(game) == (Do.SHOW_LOBBY,)
        assert game.due == 60
        assert game.start() == (Post(1), Do.EDIT_LOBBY)

    @pytest.mark.parametrize("told", [True, False])
    def test_a_round_on_its_way_to_the_old_chat_is_sent_again(self, told: bool) -> None:
        game = Game()
        game.join(ANN)
        game.start()
        assert self.move(game) == ()
        if told:
            assert game.take(PostFailed(game.at, 1, Trouble.MIGRATED)) == (Post(1),)
        else:
            assert game.posted(CHAT) == (Post(1),)
        assert game.posted(self.NEW) == ()
        assert game.state.phase is Phase.RUNNING

    def test_between_rounds_only_the_address_changes(self) -> None:
        game = Game().running(ANN)
        game.vote(ANN)
        before = game.state
        assert self.move(game) == ()
        assert game.state == replace(before, chat_id=self.NEW)
