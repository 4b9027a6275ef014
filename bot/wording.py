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
    "certificate": frozenset({"name", "date", "percent", "code"}),
    "mock_noted": frozenset({"header", "item", "options", "how", "letters", "answer"}),
    "mock_offer": frozenset({"kinds"}),
    "mock_past": frozenset({"comparing", "count"}),
    "mock_paused": frozenset({"position", "total", "left", "away"}),
    "mock_replies": frozenset({"kind", "lines"}),
    "mock_reply": frozenset({"header", "item", "answer", "body", "seconds"}),
    "mock_report": frozenset(
        {
            "kind",
            "report",
            "percent",
            "date",
            "used",
            "allowed",
            "areas",
            "types",
            "tips",
            "passing",
            "passing_area",
        }
    ),
    "progress": frozenset(
        {"overall", "areas", "streak", "practised", "span", "answers", "answered"}
    ),
    "verified": frozenset({"name", "date", "percent", "areas"}),
    "question": frozenset(
        {
            "header",
            "clock",
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
            "mock",
            "pause",
            "resume",
            "end_mock",
            "past_reports",
            "replies",
            "compare",
            "list",
            "certificate",
            "practise_missed",
            "dark",
            "light",
            "forget_yes",
            "forget_no",
            "open_private",
            "not_finished",
            "finished",
            "model_answer",
        )
    }
    | {
        "same_topic": frozenset({"title"}),
        "rating": frozenset({"rating", "chosen"}),
        "begin_mock": frozenset({"kind"}),
        "past_report": frozenset({"date", "kind", "percent"}),
        "use_name": frozenset({"name"}),
    },
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
            "no_hint_in_interview",
            "which_name",
            "not_drawable",
            "no_name",
            "not_earned",
            "not_genuine",
            "verify_how",
        )
    }
    | {
        "interview_open": frozenset({"kind"}),
        "unreadable": frozenset({"why", "unit"}),
        "unknown_topic": frozenset({"query", "suggestions"}),
        "nothing_to_ask": frozenset({"title"}),
        "unknown_zone": frozenset({"query", "suggestions"}),
        "too_many_zone_changes": frozenset({"zone"}),
        "rated": frozenset({"rating", "points"}),
    },
    "kinds": {name: frozenset() for name in ("quick", "full", "behavioural")},
    "types": {
        name: frozenset() for name in ("single", "multi", "numeric", "keyword", "behavioural")
    },
    "tips": {
        name: frozenset({"about", "amount"})
        for name in (
            "area",
            "another_area",
            "unanswered",
            "single",
            "multi",
            "numeric",
            "keyword",
            "behavioural",
            "slow",
            "missed",
            "full",
            "harder",
            "steady",
        )
    },
    "pictures": {
        name: frozenset()
        for name in (
            "progress_title",
            "readiness",
            "streak",
            "longest",
            "freezes",
            "areas",
            "before",
            "calendar",
            "less",
            "more",
            "frozen",
            "practised",
            "answers",
            "months",
            "weekdays",
            "passed",
            "not_passed",
            "time_used",
            "report_areas",
            "report_types",
            "compared",
            "pass_line",
            "certificate_title",
            "certificate_for",
            "certificate_text",
            "certificate_score",
        )
    }
    | {
        "report_title": frozenset({"kind"}),
        "points": frozenset({"points", "questions"}),
        "time": frozenset({"used", "allowed"}),
        "certificate_check": frozenset({"bot"}),
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
        "mock",
        "progress",
        "hint",
        "skip",
        "stop",
        "streak",
        "timezone",
        "verify",
        "export",
        "forget",
        "help",
        "about",
    ),
    "group": ("help",),
}
"""The commands that are registered with Telegram, in the order of its menu."""
