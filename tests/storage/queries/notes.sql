-- name: add_note(id, counter_id, text, score)!
INSERT INTO notes (id, counter_id, text, score) VALUES (:id, :counter_id, :text, :score);

-- name: add_notes*!
INSERT INTO notes (id, counter_id, text) VALUES (:id, :counter_id, :text);

-- name: find_note(id)^
SELECT id, counter_id, text, score FROM notes WHERE id = :id;

-- name: count_notes()$
SELECT count(*) FROM notes;

-- name: notes_in_percent()
SELECT id FROM notes WHERE text LIKE '%100%%' ORDER BY id;
