-- The daily question, how many got it right, and what an answer did for the streak.

CREATE TABLE daily_questions (
    day TEXT PRIMARY KEY,                       -- the UTC date
    item_id TEXT NOT NULL,
    variant INTEGER,
    answers INTEGER NOT NULL DEFAULT 0,         -- graded; one a person
    correct INTEGER NOT NULL DEFAULT 0          -- with full marks
);

ALTER TABLE attempts ADD COLUMN daily TEXT;             -- the date whose question this is
ALTER TABLE attempts ADD COLUMN brought_at BIGINT;      -- when it was shown again
ALTER TABLE attempts ADD COLUMN frozen TEXT;            -- days that freezes saved: 2026-01-17 …
ALTER TABLE attempts ADD COLUMN milestone INTEGER;      -- days in a row, reached for the first time
CREATE UNIQUE INDEX attempts_by_daily ON attempts (person_id, daily)
    WHERE daily IS NOT NULL AND state <> 'dropped';
CREATE INDEX attempts_by_frozen ON attempts (person_id, day) WHERE frozen IS NOT NULL;
