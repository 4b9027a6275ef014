-- name: find_picture(id)^
SELECT file_id FROM pictures WHERE id = :id;

-- name: keep_picture(id, file_id, now)!
INSERT INTO pictures (id, file_id, sent_at) VALUES (:id, :file_id, :now)
ON CONFLICT (id) DO UPDATE SET file_id = excluded.file_id, sent_at = excluded.sent_at;

-- name: drop_picture(id)!
DELETE FROM pictures WHERE id = :id;
