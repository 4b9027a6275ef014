"""What texts there must be in every language, and what each is given."""

from __future__ import annotations

from collections.abc import Mapping

SCREENS: Mapping[str, frozenset[str]] = {
    "about": frozenset({"questions", "version"}),
    "crowd_line": frozenset({"percent", "answers", "today"}),
    "daily": frozenset(
        {
            "when",
            "state",
            "mark",
            "score",
            "said",
            "key",
            "answer",
            "item",
            "crowd",
            "hours",
            "recap",
        }
    ),
    "daily_aside": frozenset({"header", "today"}),
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
            "crowd",
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
    "help": frozenset({"private", "group", "areas"}),
    "certificate": frozenset({"name", "date", "percent", "code"}),
    "mock_noted": frozenset({"header", "item", "options", "how", "letters", "answer"}),
    "mock_offer": frozenset({"kinds"}),
    "mock_past": frozenset({"comparing", "count"}),
    "mock_paused": frozenset({"position", "total", "asking", "left", "away"}),
    "mock_replies": frozenset({"kind", "lines"}),
    "mock_reply": frozenset({"header", "item", "answer", "body", "seconds"}),
    "mock_report": frozenset(
        {
            "kind",
            "report",
            "percent",
            "date",
            "other",
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
    "remind": frozenset(
        {"at", "zone", "zone_is_set", "days", "next_date", "snoozed", "last_call", "weekly"}
        | {"quiet_from", "quiet_until", "last_call_at", "weekly_at"}
    ),
    "reminder": frozenset(
        {"kind", "opening", "waiting", "streak", "day_starts_at", "late", "notice"}
    ),
    "quiz_lobby": frozenset(
        {"title", "rounds", "seconds", "open_rounds", "teams", "players", "state", "hosted"}
    ),
    "quiz_poll": frozenset({"header", "item"}),
    "quiz_open": frozenset({"header", "item", "numeric", "seconds"}),
    "quiz_closed": frozenset(
        {"header", "item", "answer", "first", "right", "answered", "dropped"}
    ),
    "quiz_standing": frozenset({"position", "rounds", "answered", "right", "leaders"}),
    "quiz_worst": frozenset({"item", "key", "answer", "missed"}),
    "quiz_podium": frozenset({"title", "stopped", "played", "rounds", "lines", "teams", "best"}),
    "quiz_result": frozenset({"place", "players", "points", "right", "played", "seconds"}),
    "leaderboard": frozenset({"week", "ever"}),
    "companions": frozenset({"ever", "listed"}),
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
    "skipped": frozenset({"item", "key", "answer", "recap", "crowd"}),
    "streak": frozenset({"view", "rules", "saved"}),
    "streak_line": frozenset({"current", "longest", "saved", "milestone"}),
    "streak_saved": frozenset({"weekdays", "left"}),
    "summary": frozenset({"stopped", "score", "total", "areas", "streak", "missed", "skipped"}),
    "settings": frozenset(
        {
            "size",
            "level",
            "areas",
            "all_areas",
            "named",
            "at",
            "quiet",
            "zone",
            "own_zone",
            "offset",
            "local_time",
            "theme",
            "language",
        }
    ),
    "settings_areas": frozenset({"count", "total", "unticked"}),
    "settings_quiet": frozenset({"quiet"}),
    "timezone": frozenset({"changed", "zone", "offset", "local_time", "day_starts_at"}),
    "weekly": frozenset({"answers", "percent", "practised", "before", "areas", "streak", "due"}),
    "welcome": frozenset({"name", "new"}),
}
"""Every screen with the variables that it is given."""

OPENINGS: Mapping[str, int] = {"daily": 6, "snoozed": 2, "last_call": 3}
"""So many first lines there are for each kind of reminder."""

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
            "start_now",
            "snooze_hour",
            "snooze_tonight",
            "snooze_tomorrow",
            "remind_off",
            "remind_on",
            "daily",
            "yesterday",
            "another_set",
            "mixed",
            "set_up",
            "settings",
            "back",
            "easier",
            "fits",
            "harder",
            "areas",
            "all_areas",
            "untick_areas",
            "time_zone",
            "large_cities",
            "other_times",
            "earlier",
            "later",
            "reminder",
            "quiet_hours",
            "other_hours",
            "no_quiet_hours",
            "dark_pictures",
            "light_pictures",
            "language",
            "own_language",
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
            "join",
            "start_quiz",
            "add_to_group",
            "list_me",
            "unlist_me",
        )
    }
    | {
        "join_team": frozenset({"team"}),
        "same_topic": frozenset({"title"}),
        "last_call": frozenset({"on"}),
        "weekly": frozenset({"on"}),
        "set_size": frozenset({"size"}),
        "rating": frozenset({"rating", "chosen"}),
        "begin_mock": frozenset({"kind"}),
        "past_report": frozenset({"number", "date", "kind", "percent"}),
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
            "last_area",
            "nowhere",
            "still_open",
            "which_time",
            "which_language",
            "quiet_from",
            "quiz_open",
            "no_quiz",
            "not_host",
            "nobody_joined",
            "quiz_started",
            "quiz_full",
            "quiz_over",
            "quiz_usage",
            "too_many_quizzes",
            "quiz_in_groups",
            "quiz_anonymous",
            "joined",
            "nameless",
        )
    }
    | {
        "joined_team": frozenset({"team"}),
        "quiz_unknown_topic": frozenset({"query", "suggestions"}),
        "team": frozenset({"team"}),
        "interview_open": frozenset({"kind"}),
        "not_a_time": frozenset({"query"}),
        "snoozed": frozenset({"days", "clock", "date"}),
        "unreadable": frozenset({"why", "unit"}),
        "unknown_topic": frozenset({"query", "suggestions"}),
        "nothing_to_ask": frozenset({"title"}),
        "unknown_zone": frozenset({"query", "suggestions"}),
        "which_city": frozenset({"local_time"}),
        "quiet_until": frozenset({"start"}),
        "too_many_zone_changes": frozenset({"zone"}),
        "rated": frozenset({"rating", "points"}),
    },
    "openings": {
        f"{kind}_{number}": frozenset()
        for kind, amount in OPENINGS.items()
        for number in range(amount)
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
            "pass_line",
            "week_title",
            "week_moved",
            "week_ago",
            "week_days",
            "certificate_title",
            "certificate_for",
            "certificate_text",
            "certificate_score",
            "podium_title",
            "podium_subtitle",
        )
    }
    | {
        "report_title": frozenset({"kind"}),
        "compared": frozenset({"number"}),
        "points": frozenset({"points", "questions"}),
        "time": frozenset({"used", "allowed"}),
        "certificate_check": frozenset({"bot"}),
        "week_share": frozenset({"answers"}),
        "week_practised": frozenset({"practised"}),
        "week_due": frozenset({"due"}),
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
        "daily",
        "mock",
        "progress",
        "hint",
        "skip",
        "stop",
        "streak",
        "remind",
        "settings",
        "timezone",
        "verify",
        "leaderboard",
        "export",
        "forget",
        "help",
        "about",
    ),
    "group": ("quiz", "stopquiz", "leaderboard", "help"),
}
"""The commands that are registered with Telegram, in the order of its menu."""
