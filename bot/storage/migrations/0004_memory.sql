-- What people remember and how able they are; all of it follows from the attempts.

CREATE TABLE cards (
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    item_id TEXT NOT NULL,                      -- variants of an item share one card
    stability DOUBLE PRECISION NOT NULL,        -- days until recall has fallen to 90 %
    difficulty DOUBLE PRECISION NOT NULL,       -- 1 … 10
    due_at BIGINT NOT NULL,
    reviewed_at BIGINT NOT NULL,
    reviews INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    missed INTEGER NOT NULL,                    -- the newest answer was not remembered
    variant INTEGER,                            -- the one that was asked last
    PRIMARY KEY (person_id, item_id)
);

CREATE TABLE abilities (
    person_id BIGINT PRIMARY KEY REFERENCES persons (id) ON DELETE CASCADE,
    areas TEXT NOT NULL,                        -- JSON: the areas, in the order of the numbers
    numbers TEXT NOT NULL,                      -- means and covariances, packed (memory.py)
    observed_at BIGINT NOT NULL                 -- the newest answer that they rest on
);

CREATE TABLE item_evidence (                    -- of difficulty, from everybody's answers
    item_id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    gradient DOUBLE PRECISION NOT NULL,
    information DOUBLE PRECISION NOT NULL,
    answers INTEGER NOT NULL,
    PRIMARY KEY (item_id, rev)
);

ALTER TABLE persons ADD COLUMN steps INTEGER NOT NULL DEFAULT 0;   -- answers and skips so far
ALTER TABLE practice_sets ADD COLUMN readiness TEXT;        -- JSON: by area, when it was opened
ALTER TABLE attempts ADD COLUMN why TEXT;                   -- due | weak | new | ahead
ALTER TABLE attempts ADD COLUMN step INTEGER;               -- counts the person's answers and skips
ALTER TABLE attempts ADD COLUMN rating INTEGER;             -- 1 … 4, as FSRS counts
ALTER TABLE attempts ADD COLUMN ability DOUBLE PRECISION;   -- believed before the answer …
ALTER TABLE attempts ADD COLUMN ability_variance DOUBLE PRECISION;
ALTER TABLE attempts ADD COLUMN difficulty DOUBLE PRECISION;
ALTER TABLE attempts ADD COLUMN difficulty_variance DOUBLE PRECISION;   -- … to compute it again
CREATE INDEX attempts_by_step ON attempts (person_id, step);

UPDATE attempts SET step = sequence WHERE state = 'answered';
UPDATE persons SET steps = graded;
