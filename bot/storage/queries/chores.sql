-- name: add_chore(name, now)!
INSERT INTO chores (name, due_at) VALUES (:name, :now) ON CONFLICT (name) DO NOTHING;

-- name: chore_due(name)^
SELECT name FROM chores WHERE name = :name;

-- name: chore_done(name)!
DELETE FROM chores WHERE name = :name;
