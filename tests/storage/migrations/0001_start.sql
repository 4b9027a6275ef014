-- Counters and notes; this comment holds a semicolon.
CREATE TABLE counters (
    id BIGINT PRIMARY KEY,                -- made by the test; never by the database
    value BIGINT NOT NULL CHECK (value >= 0)
);
CREATE TABLE notes (
    id TEXT PRIMARY KEY,
    counter_id BIGINT NOT NULL REFERENCES counters (id) ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE INDEX notes_by_counter ON notes (counter_id);
