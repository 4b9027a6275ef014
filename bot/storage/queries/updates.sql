-- name: mark_update(id, now)^
-- One row the first time, none when the update has taken effect before.
INSERT INTO updates (id, seen_at) VALUES (:id, :now)
ON CONFLICT (id) DO NOTHING
RETURNING id;

-- name: prune_updates(before)!
DELETE FROM updates WHERE seen_at < :before;

-- name: park_update(id, body, now)!
INSERT INTO parked_updates (id, body, parked_at) VALUES (:id, :body, :now)
ON CONFLICT (id) DO NOTHING;

-- name: parked_updates()
SELECT id, body FROM parked_updates ORDER BY id;

-- name: unpark_update(id)!
DELETE FROM parked_updates WHERE id = :id;

-- name: set_update_aside(id, kind, error_id, reason, now)!
INSERT INTO set_aside_updates (id, kind, error_id, reason, set_aside_at)
VALUES (:id, :kind, :error_id, :reason, :now)
ON CONFLICT (id) DO NOTHING;
