-- Reminders: what people asked for, what has been sent, and when a sweep has to look again.

CREATE TABLE reminder_plans (                   -- one row a person who asked for anything
    person_id BIGINT PRIMARY KEY REFERENCES persons (id) ON DELETE CASCADE,
    zone TEXT NOT NULL,                         -- the one that the next looks were planned in
    daily_at TEXT,                              -- local time, 19:30; NULL: off
    usual_at TEXT,                              -- the last one that was set, for switching on again
    quiet_from TEXT,                            -- local times; NULL: none
    quiet_until TEXT,
    last_call INTEGER NOT NULL DEFAULT 0,
    weekly INTEGER NOT NULL DEFAULT 0,
    unanswered INTEGER NOT NULL DEFAULT 0,      -- reminders since the last sign of life
    paused INTEGER NOT NULL DEFAULT 0,          -- no more until a sign of life
    snoozed_until BIGINT,
    reminded_day TEXT,                          -- the local date, as it was then
    reminded_at BIGINT,
    last_call_day TEXT,
    last_call_at BIGINT,
    weekly_day TEXT,
    weekly_at BIGINT
);

CREATE TABLE reminders (                        -- when a sweep has to look at each kind
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                         -- daily | snoozed | last_call | weekly
    next_due_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, kind)
);
CREATE INDEX reminders_by_due ON reminders (next_due_at);

CREATE TABLE reminder_claims (                  -- stored before it is sent: once a date and kind
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    claimed_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, day, kind)
);

-- 1: a sign of life changes this person's reminders
ALTER TABLE persons ADD COLUMN reminders_wait INTEGER NOT NULL DEFAULT 0;
