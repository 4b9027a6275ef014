ALTER TABLE notes ADD COLUMN score DOUBLE PRECISION;
CREATE TABLE labels (name TEXT PRIMARY KEY, meaning TEXT NOT NULL);
INSERT INTO labels (name, meaning) VALUES ('a;b', 'it''s; fine');
-- The end; really
