-- Free text: an answer may come in several messages, and people rate their own stories.

ALTER TABLE attempts ADD COLUMN draft TEXT;                 -- the messages so far
ALTER TABLE attempts ADD COLUMN draft_message_id BIGINT;    -- the last of them
ALTER TABLE attempts ADD COLUMN collect_until BIGINT;       -- when the draft counts as finished
ALTER TABLE attempts ADD COLUMN self_rating INTEGER;        -- 0 … 3, the person's own view
CREATE INDEX attempts_by_draft ON attempts (collect_until) WHERE collect_until IS NOT NULL;
