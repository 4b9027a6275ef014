-- People, their practice sets and attempts, and the updates that have taken effect.
-- Portable: instants are UTC milliseconds, days are ISO dates, ids are made by the application.

CREATE TABLE persons (
    id BIGINT PRIMARY KEY,                      -- Telegram's numeric user id (up to 2^52)
    language TEXT NOT NULL,
    timezone TEXT,                              -- NULL until the person sets one
    set_size INTEGER,                           -- NULL: as configured
    reachable INTEGER NOT NULL DEFAULT 1,       -- 0 after "bot was blocked by the user"
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    graded INTEGER NOT NULL DEFAULT 0,          -- graded answers so far
    streak_current INTEGER NOT NULL DEFAULT 0,
    streak_longest INTEGER NOT NULL DEFAULT 0,
    streak_freezes INTEGER NOT NULL DEFAULT 0,
    streak_last_day TEXT,
    streak_last_zone TEXT
);

CREATE TABLE zone_changes (
    update_id BIGINT PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    timezone TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX zone_changes_by_person ON zone_changes (person_id, changed_at);

CREATE TABLE practice_sets (
    id TEXT PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    scope TEXT NOT NULL,                        -- an area id, a topic id, or '' for everything
    plan TEXT NOT NULL,                         -- JSON: [[item id, variant or null], ...]
    state TEXT NOT NULL,                        -- open | finished | stopped | replaced
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    closed_by BIGINT,                           -- the update that closed it
    summary_message_id BIGINT                   -- NULL until the summary was shown
);
CREATE UNIQUE INDEX practice_sets_one_open ON practice_sets (person_id) WHERE state = 'open';
CREATE INDEX practice_sets_by_person ON practice_sets (person_id, opened_at);
CREATE INDEX practice_sets_by_closing ON practice_sets (closed_by) WHERE closed_by IS NOT NULL;

CREATE TABLE attempts (
    id TEXT PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    set_id TEXT REFERENCES practice_sets (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,                  -- 1 … the length of the set's plan
    origin TEXT NOT NULL,                       -- practice | daily | mock | quiz
    item_id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    variant INTEGER,
    seed BIGINT NOT NULL,                       -- deals the order of the options
    state TEXT NOT NULL,                        -- open | answered | skipped | dropped
    picked INTEGER NOT NULL DEFAULT 0,          -- toggled options, one bit a place
    hints INTEGER NOT NULL DEFAULT 0,
    asked_at BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,                   -- the update that brought the question
    chat_id BIGINT NOT NULL,
    message_id BIGINT,                          -- NULL until the question was shown
    answered_at BIGINT,
    answered_by BIGINT,                         -- the update that answered or skipped it
    answer TEXT,                                -- letters as shown, or the text
    score DOUBLE PRECISION,
    sequence INTEGER,                           -- counts the person's graded answers
    day TEXT,                                   -- the practice day, as it was then
    zone TEXT,                                  -- the zone that decided it
    first_of_day INTEGER NOT NULL DEFAULT 0,    -- its feedback carries the streak line
    feedback_message_id BIGINT,                 -- of an answer that was a message
    UNIQUE (set_id, position)
);
CREATE INDEX attempts_by_person ON attempts (person_id, sequence);
CREATE INDEX attempts_by_asking ON attempts (asked_by);
CREATE UNIQUE INDEX attempts_by_answering ON attempts (answered_by)
    WHERE answered_by IS NOT NULL;

CREATE TABLE reports (
    attempt_id TEXT PRIMARY KEY REFERENCES attempts (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    item_id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    reported_at BIGINT NOT NULL
);

CREATE TABLE updates (                          -- an update's effects are stored once
    id BIGINT PRIMARY KEY,
    seen_at BIGINT NOT NULL
);
CREATE INDEX updates_by_age ON updates (seen_at);

CREATE TABLE parked_updates (                   -- confirmed to Telegram, not yet finished
    id BIGINT PRIMARY KEY,
    body TEXT NOT NULL,
    parked_at BIGINT NOT NULL
);

CREATE TABLE chores (                           -- what has to be done, again after a crash
    name TEXT PRIMARY KEY,
    due_at BIGINT NOT NULL
);

CREATE TABLE set_aside_updates (                -- failed three times; without their content
    id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    error_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_aside_at BIGINT NOT NULL
);
