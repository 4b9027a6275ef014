-- name: touch_person(id, language, now)^
-- Makes the person known, locks the row for this transaction and reads it in one.
INSERT INTO persons (id, language, created_at, seen_at)
VALUES (:id, :language, :now, :now)
ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, reachable = 1
RETURNING *;

-- name: lock_person(id)^
-- No sign of life: time acts, not the person.
UPDATE persons SET id = id WHERE id = :id RETURNING *;

-- name: set_theme(id, theme)!
UPDATE persons SET theme = :theme WHERE id = :id;

-- name: save_settings(id, set_size, level, areas, theme, language)!
UPDATE persons
SET set_size = :set_size, level = :level, areas = :areas, theme = :theme, language = :language
WHERE id = :id;

-- name: find_person(id)^
SELECT * FROM persons WHERE id = :id;

-- name: save_streak(id, graded, steps, current, longest, freezes, last_day, last_zone)!
UPDATE persons
SET graded = :graded, steps = :steps, streak_current = :current, streak_longest = :longest, streak_freezes = :freezes,
    streak_last_day = :last_day, streak_last_zone = :last_zone
WHERE id = :id;

-- name: set_timezone(id, timezone)!
UPDATE persons SET timezone = :timezone WHERE id = :id;

-- name: add_zone_change(update_id, person_id, timezone, now)!
INSERT INTO zone_changes (update_id, person_id, timezone, changed_at)
VALUES (:update_id, :person_id, :timezone, :now);

-- name: zone_changes_since(person_id, since)
SELECT changed_at FROM zone_changes WHERE person_id = :person_id AND changed_at >= :since;

-- name: set_unreachable(id)!
UPDATE persons SET reachable = 0 WHERE id = :id;

-- name: erase_person(id)!
-- Everything else of the person goes with the row (ON DELETE CASCADE).
DELETE FROM persons WHERE id = :id;

-- name: count_persons()$
SELECT COUNT(*) FROM persons;
