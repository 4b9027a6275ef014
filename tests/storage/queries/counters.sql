-- name: add_counter(id, value)!
INSERT INTO counters (id, value) VALUES (:id, :value);

-- name: claim_counter(id)^
INSERT INTO counters (id, value) VALUES (:id, 0) ON CONFLICT DO NOTHING RETURNING id, value;

-- name: find_counter(id)^
SELECT id, value FROM counters WHERE id = :id;

-- name: lock_counter(id)^
UPDATE counters SET value = value WHERE id = :id RETURNING id, value;

-- name: set_counter(id, value)!
UPDATE counters SET value = :value WHERE id = :id;

-- name: list_counters()
SELECT id, value FROM counters ORDER BY id;

-- name: count_counters()$
SELECT count(*) FROM counters;

-- name: sum_counters()^
SELECT SUM(value) AS total, AVG(value) AS mean FROM counters;

-- name: remove_counter(id)!
DELETE FROM counters WHERE id = :id;
