"""Native polls: options, votes, who may see what, and when they close."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.simulator.errors import PersonError
from bot.simulator.texts import FormattedText

NO_TEXT = FormattedText("")


@dataclass(frozen=True, slots=True)
class PollOption:
    """An answer option; its persistent id stays the same however options are shown."""

    persistent_id: str
    text: FormattedText
    media: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PollRules:
    """What was decided when the poll was made."""

    kind: Literal["regular", "quiz"] = "regular"
    anonymous: bool = True
    multiple: bool = False
    revoting: bool = True
    shuffled: bool = False
    results_hidden: bool = False
    correct: tuple[int, ...] = ()
    explanation: FormattedText = NO_TEXT
    explanation_media: dict[str, Any] | None = None
    description: FormattedText = NO_TEXT
    media: dict[str, Any] | None = None
    open_period: int | None = None
    close_date: int | None = None


@dataclass(slots=True, eq=False)
class Poll:
    """A poll and its votes: voter id (a chat's is negative) → the options chosen."""

    id: str
    question: FormattedText
    options: tuple[PollOption, ...]
    rules: PollRules
    closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def vote(self, voter: int, chosen: tuple[int, ...]) -> None:
        """Record, change or (with nothing chosen) retract a vote.

        Raises:
            PersonError: The app would not let anybody do this.
        """
        if self.closed:
            raise PersonError("This poll is closed.")
        if any(not 0 <= option < len(self.options) for option in chosen):
            raise PersonError("This poll has no such option.")
        if len(set(chosen)) != len(chosen):
            raise PersonError("An option can be chosen once.")
        if len(chosen) > 1 and not self.rules.multiple:
            raise PersonError("This poll takes one answer.")
        if voter in self.votes and not self.rules.revoting:
            raise PersonError("The answer to this poll cannot be changed.")
        if voter not in self.votes and not chosen:
            raise PersonError("There is no vote to take back.")
        if chosen:
            self.votes[voter] = tuple(sorted(chosen))
        else:
            del self.votes[voter]

    def render(self) -> dict[str, Any]:
        """The Bot API's Poll as the bot that sent it sees it."""
        counts = [0] * len(self.options)
        for chosen in self.votes.values():
            for option in chosen:
                counts[option] += 1
        rules = self.rules
        shown = {"id": self.id, **self.question.fields("question")}
        shown["options"] = [
            {"persistent_id": option.persistent_id, **option.text.fields("text")}
            | ({"media": option.media} if option.media else {})
            | {"voter_count": count}
            for option, count in zip(self.options, counts, strict=True)
        ]
        shown |= {
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": rules.anonymous,
            "type": rules.kind,
            "allows_multiple_answers": rules.multiple,
            "allows_revoting": rules.revoting,
            "members_only": False,
        }
        return shown | self._particulars()

    def _particulars(self) -> dict[str, Any]:
        rules = self.rules
        shown: dict[str, Any] = {}
        if rules.kind == "quiz":
            shown["correct_option_ids"] = list(rules.correct)
            shown |= rules.explanation.fields("explanation")
        shown |= rules.description.fields("description")
        optional = {
            "explanation_media": rules.explanation_media,
            "media": rules.media,
            "open_period": rules.open_period,
            "close_date": rules.close_date,
        }
        return shown | {name: value for name, value in optional.items() if value is not None}

    def results_visible_to(self, voter: int) -> bool:
        """Whether somebody's app shows how many chose what, and what is right."""
        return self.closed or (voter in self.votes and not self.rules.results_hidden)

    def render_for(self, voter: int) -> dict[str, Any]:
        """The poll as somebody's app shows it: no results before they may be seen."""
        shown = self.render() | {"shuffle_options": self.rules.shuffled}
        if not self.results_visible_to(voter):
            shown["options"] = [option | {"voter_count": 0} for option in shown["options"]]
            shown["total_voter_count"] = 0
            for secret in ("correct_option_ids", "explanation", "explanation_entities"):
                shown.pop(secret, None)
        return shown
