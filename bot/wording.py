"""What texts there must be in every language, and what each is given."""

from __future__ import annotations

from collections.abc import Mapping

SCREENS: Mapping[str, frozenset[str]] = {
    "about": frozenset({"questions", "version"}),
    "error": frozenset({"error_id"}),
    "feedback": frozenset(
        {
            "mark",
            "score",
            "letters",
            "key",
            "answer",
            "reasons",
            "item",
            "streak",
            "recap",
        }
    ),
    "feedback_concepts": frozenset(
        {"mark", "grade", "listed", "missing", "item", "model", "streak"}
    ),
    "feedback_star": frozenset(
        {"mark", "grade", "parts", "weakest", "advice", "item", "model", "streak"}
    ),
    "forget": frozenset(),
    "forgotten": frozenset(),
    "group": frozenset(),
    "header": frozenset({"area", "topic", "difficulty", "position", "total"}),
    "help": frozenset({"private", "areas"}),
    "question": frozenset(
        {
            "header",
            "item",
            "options",
            "multi",
            "numeric",
            "free_text",
            "words",
            "collecting",
            "why",
            "hints",
        }
    ),
    "recap": frozenset({"header", "item", "options"}),
    "skipped": frozenset({"item", "key", "answer", "recap"}),
    "streak": frozenset({"view", "rules"}),
    "streak_line": frozenset({"current", "longest"}),
    "summary": frozenset({"stopped", "score", "total", "areas", "streak", "missed", "skipped"}),
    "timezone": frozenset({"changed", "zone", "local_time", "day_starts_at", "picker"}),
    "welcome": frozenset({"name", "new"}),
}
"""Every screen with the variables that it is given."""

LABELS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "buttons": {
        name: frozenset()
        for name in (
            "submit",
            "hint",
            "skip",
            "stop",
            "next",
            "report",
            "practise",
            "another_set",
            "mixed",
            "set_zone",
            "forget_yes",
            "forget_no",
            "open_private",
            "not_finished",
            "finished",
            "model_answer",
        )
    }
    | {"same_topic": frozenset({"title"}), "rating": frozenset({"rating", "chosen"})},
    "says": {
        name: frozenset()
        for name in (
            "refused",
            "stale",
            "not_yours",
            "nothing_picked",
            "nothing_open",
            "tap_a_letter",
            "no_hint",
            "only_text",
            "what_now",
            "unknown_command",
            "reported",
            "reported_before",
            "kept",
            "not_saved",
            "too_fast",
            "anonymous",
            "private_only",
            "export_caption",
            "not_scored",
            "nothing_written",
        )
    }
    | {
        "unreadable": frozenset({"why", "unit"}),
        "unknown_topic": frozenset({"query", "suggestions"}),
        "nothing_to_ask": frozenset({"title"}),
        "unknown_zone": frozenset({"query", "suggestions"}),
        "too_many_zone_changes": frozenset({"zone"}),
        "rated": frozenset({"rating", "points"}),
    },
    "star": {name: frozenset() for name in ("situation", "task", "action", "result")},
    "advice": {
        name: frozenset()
        for name in (
            "language",
            "list",
            "impersonal",
            "supposed",
            "echo",
            "general",
            "we",
            "no-action",
            "little-action",
            "partly-off-topic",
            "thin",
            "off-topic",
            "situation.when",
            "situation.place",
            "situation.people",
            "task.duty",
            "task.aim",
            "task.deadline",
            "task.stakes",
            "action.steps",
            "result.outcome",
            "result.measure",
            "result.lasting",
            "result.lesson",
        )
    }
    | {
        "short": frozenset({"words", "min"}),
        "long": frozenset({"words", "max"}),
        **{name: frozenset({"said"}) for name in ("hedges", "buzzwords", "red-flag")},
    },
}
"""Every short text of labels.toml with the variables that it may use."""

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "private": (
        "practice",
        "hint",
        "skip",
        "stop",
        "streak",
        "timezone",
        "export",
        "forget",
        "help",
        "about",
    ),
    "group": ("help",),
}
"""The commands that are registered with Telegram, in the order of its menu."""
