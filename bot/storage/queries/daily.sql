-- name: keep_daily(day, item_id, variant)!
-- Whoever is first chooses for everybody.
INSERT INTO daily_questions (day, item_id, variant) VALUES (:day, :item_id, :variant)
ON CONFLICT (day) DO NOTHING;

-- name: replace_daily(day, item_id, variant)!
-- The old one has left the bank; what was answered of it says nothing about the new one.
UPDATE daily_questions SET item_id = :item_id, variant = :variant, answers = 0, correct = 0
WHERE day = :day;

-- name: find_daily(day)^
SELECT * FROM daily_questions WHERE day = :day;

-- name: count_daily_answer(day, item_id, correct)!
UPDATE daily_questions SET answers = answers + 1, correct = correct + :correct
WHERE day = :day AND item_id = :item_id;

-- name: set_daily_aside(id, update_id)^
UPDATE attempts SET state = 'held', answered_by = :update_id WHERE id = :id AND state = 'open'
RETURNING *;

-- name: open_daily_again(id)!
UPDATE attempts SET state = 'open', answered_by = NULL WHERE id = :id AND state = 'held';

-- name: daily_attempt(person_id, day)^
SELECT * FROM attempts WHERE person_id = :person_id AND daily = :day AND state <> 'dropped';
