-- name: add_mock(id, person_id, number, kind, slots, phase, position, asking, time_left, item_left, since, seen, silent, chat_id, now)^
INSERT INTO mocks (id, person_id, number, kind, slots, phase, position, asking, time_left,
                   item_left, since, seen, silent, chat_id, opened_at)
VALUES (:id, :person_id, :number, :kind, :slots, :phase, :position, :asking, :time_left,
        :item_left, :since, :seen, :silent, :chat_id, :now)
RETURNING *;

-- name: count_mocks(person_id)$
SELECT COUNT(*) FROM mocks WHERE person_id = :person_id;

-- name: find_mock(id)^
SELECT * FROM mocks WHERE id = :id;

-- name: open_mock(person_id)^
SELECT * FROM mocks WHERE person_id = :person_id AND phase <> 'over';

-- name: mock_closed_by(update_id)^
SELECT * FROM mocks WHERE closed_by = :update_id;

-- name: mocks_of(person_id)
SELECT * FROM mocks WHERE person_id = :person_id ORDER BY number;

-- name: save_mock(id, phase, position, asking, time_left, item_left, since, seen, silent, ending, due)!
UPDATE mocks
SET phase = :phase, position = :position, asking = :asking, time_left = :time_left,
    item_left = :item_left, since = :since, seen = :seen, silent = :silent, ending = :ending,
    due_at = :due
WHERE id = :id;

-- name: close_mock(id, report, now, update_id)!
UPDATE mocks SET report = :report, closed_at = :now, closed_by = :update_id WHERE id = :id;

-- name: mock_report_shown(id, message_id)!
UPDATE mocks SET report_message_id = :message_id, due_at = NULL WHERE id = :id;

-- name: mock_waits(id, due)!
UPDATE mocks SET due_at = :due WHERE id = :id;

-- name: due_mocks(now, amount)
SELECT id, person_id FROM mocks WHERE due_at <= :now ORDER BY due_at LIMIT :amount;

-- name: attempts_of_mock(mock_id)
SELECT * FROM attempts WHERE mock_id = :mock_id ORDER BY position, asked_at;

-- name: hold_attempt(id)!
-- Covered while the clock stands.
UPDATE attempts SET state = 'held' WHERE id = :id AND state = 'open';

-- name: uncover_attempt(id, asked_at, until)!
-- What counts is how long the person had it before them; an answer in several messages goes on.
UPDATE attempts
SET state = 'open', asked_at = :asked_at,
    collect_until = CASE WHEN collect_until IS NULL THEN NULL ELSE :until END
WHERE id = :id AND state = 'held';

-- name: ask_for_name(id, message_id)!
UPDATE mocks SET naming_message_id = :message_id WHERE id = :id;

-- name: mock_waiting_for_name(person_id)^
SELECT * FROM mocks WHERE person_id = :person_id AND naming_message_id IS NOT NULL
ORDER BY number DESC LIMIT 1;

-- name: add_certificate(id, mock_id, person_id, name, day, score, areas)!
INSERT INTO certificates (id, mock_id, person_id, name, day, score, areas)
VALUES (:id, :mock_id, :person_id, :name, :day, :score, :areas);

-- name: find_certificate(id)^
SELECT * FROM certificates WHERE id = :id;

-- name: certificate_of_mock(mock_id)^
SELECT * FROM certificates WHERE mock_id = :mock_id;

-- name: drop_certificate(id)!
DELETE FROM certificates WHERE id = :id;

-- name: keep_signing_key(name, value)!
INSERT INTO signing_keys (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING;

-- name: signing_key(name)^
SELECT value FROM signing_keys WHERE name = :name;
