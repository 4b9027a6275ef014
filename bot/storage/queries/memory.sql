-- name: cards_of(person_id)
SELECT item_id, stability, difficulty, due_at, reviewed_at, reviews, lapses, missed, variant
FROM cards WHERE person_id = :person_id;

-- name: glance_at_cards(person_id)
-- What dealing a set needs of them, and no more: there may be thousands.
SELECT item_id, stability, due_at, reviewed_at, missed, variant
FROM cards WHERE person_id = :person_id;

-- name: find_card(person_id, item_id)^
SELECT item_id, stability, difficulty, due_at, reviewed_at, reviews, lapses, missed, variant
FROM cards WHERE person_id = :person_id AND item_id = :item_id;

-- name: save_card(person_id, item_id, stability, difficulty, due, reviewed, reviews, lapses, missed, variant)!
INSERT INTO cards (person_id, item_id, stability, difficulty, due_at, reviewed_at, reviews, lapses,
                   missed, variant)
VALUES (:person_id, :item_id, :stability, :difficulty, :due, :reviewed, :reviews, :lapses,
        :missed, :variant)
ON CONFLICT (person_id, item_id) DO UPDATE
SET stability = excluded.stability, difficulty = excluded.difficulty, due_at = excluded.due_at,
    reviewed_at = excluded.reviewed_at, reviews = excluded.reviews, lapses = excluded.lapses,
    missed = excluded.missed, variant = excluded.variant;

-- name: drop_cards(person_id)!
DELETE FROM cards WHERE person_id = :person_id;

-- name: find_abilities(person_id)^
SELECT areas, numbers, observed_at FROM abilities WHERE person_id = :person_id;

-- name: save_abilities(person_id, areas, numbers, observed)!
INSERT INTO abilities (person_id, areas, numbers, observed_at)
VALUES (:person_id, :areas, :numbers, :observed)
ON CONFLICT (person_id) DO UPDATE
SET areas = excluded.areas, numbers = excluded.numbers, observed_at = excluded.observed_at;

-- name: all_evidence()
SELECT item_id, rev, gradient, information FROM item_evidence;

-- name: add_evidence(item_id, rev, gradient, information)!
INSERT INTO item_evidence (item_id, rev, gradient, information, answers)
VALUES (:item_id, :rev, :gradient, :information, 1)
ON CONFLICT (item_id, rev) DO UPDATE
SET gradient = item_evidence.gradient + excluded.gradient,
    information = item_evidence.information + excluded.information,
    answers = item_evidence.answers + 1;

-- name: set_steps(id, steps)!
UPDATE persons SET steps = :steps WHERE id = :id;

-- name: reviewed_attempts(person_id)
-- Every answer and skip, in the order in which they took effect.
SELECT * FROM attempts WHERE person_id = :person_id AND step IS NOT NULL ORDER BY step;
