-- Mock interviews, certificates, and what people set for their practice.

CREATE TABLE mocks (
    id TEXT PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,                    -- counts the person's interviews
    kind TEXT NOT NULL,                         -- quick | full | behavioural
    slots TEXT NOT NULL,                        -- JSON: [[area id, form], ...]
    phase TEXT NOT NULL,                        -- running | paused | over
    position INTEGER NOT NULL,
    asking INTEGER NOT NULL,                    -- whether the question there is open
    time_left BIGINT NOT NULL,                  -- milliseconds, when the clock was started
    item_left BIGINT NOT NULL,
    since BIGINT,                               -- the clock runs since then
    seen BIGINT,                                -- and was last looked at then
    silent INTEGER NOT NULL,
    ending TEXT,                                -- finished | stopped | time
    chat_id BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    closed_by BIGINT,                           -- the update that ended it
    due_at BIGINT,                              -- when a sweep has to look at it
    report TEXT,                                -- JSON, once it is over
    report_message_id BIGINT,                   -- NULL until the report was shown
    naming_message_id BIGINT,                   -- asks for the name on the certificate
    UNIQUE (person_id, number)
);
CREATE UNIQUE INDEX mocks_one_open ON mocks (person_id) WHERE phase <> 'over';
CREATE INDEX mocks_by_due ON mocks (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX mocks_by_closing ON mocks (closed_by) WHERE closed_by IS NOT NULL;

ALTER TABLE attempts ADD COLUMN mock_id TEXT REFERENCES mocks (id) ON DELETE CASCADE;
CREATE INDEX attempts_by_mock ON attempts (mock_id) WHERE mock_id IS NOT NULL;
CREATE INDEX attempts_by_day ON attempts (person_id, day) WHERE state = 'answered';

CREATE TABLE certificates (
    id TEXT PRIMARY KEY,                        -- a part of the code; the rest is its signature
    mock_id TEXT NOT NULL UNIQUE REFERENCES mocks (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    name TEXT NOT NULL,                         -- as the person wants it
    day TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    areas TEXT NOT NULL                         -- JSON: the share of the points by area
);
CREATE INDEX certificates_by_person ON certificates (person_id);

CREATE TABLE signing_keys (                     -- made at first use; not in any export
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

ALTER TABLE persons ADD COLUMN theme TEXT;      -- light | dark; NULL: light
ALTER TABLE persons ADD COLUMN level TEXT;      -- easier | harder; NULL: as hard as fits
ALTER TABLE persons ADD COLUMN areas TEXT;      -- JSON: areas that sets are made of; NULL: all
