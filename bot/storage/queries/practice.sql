-- name: open_set(person_id)^
SELECT * FROM practice_sets WHERE person_id = :person_id AND state = 'open';

-- name: find_set(id)^
SELECT * FROM practice_sets WHERE id = :id;

-- name: set_closed_by(update_id)^
SELECT * FROM practice_sets WHERE closed_by = :update_id;

-- name: add_set(id, person_id, scope, plan, readiness, now)!
INSERT INTO practice_sets (id, person_id, scope, plan, readiness, state, opened_at)
VALUES (:id, :person_id, :scope, :plan, :readiness, 'open', :now);

-- name: close_set(id, state, now, update_id)!
UPDATE practice_sets SET state = :state, closed_at = :now, closed_by = :update_id
WHERE id = :id AND state = 'open';

-- name: summary_shown(id, message_id)!
UPDATE practice_sets SET summary_message_id = :message_id WHERE id = :id;

-- name: add_attempt(id, person_id, set_id, mock_id, daily, position, origin, item_id, rev, variant, seed, why, now, update_id, chat_id)!
INSERT INTO attempts (id, person_id, set_id, mock_id, daily, position, origin, item_id, rev, variant, seed, why,
                      state, asked_at, asked_by, chat_id)
VALUES (:id, :person_id, :set_id, :mock_id, :daily, :position, :origin, :item_id, :rev, :variant, :seed, :why,
        'open', :now, :update_id, :chat_id);

-- name: find_attempt(id)^
SELECT * FROM attempts WHERE id = :id;

-- name: attempt_answered_by(update_id)^
SELECT * FROM attempts WHERE answered_by = :update_id;

-- name: last_attempt_of_set(set_id)^
SELECT * FROM attempts WHERE set_id = :set_id ORDER BY position DESC LIMIT 1;

-- name: attempts_of_set(set_id)
SELECT * FROM attempts WHERE set_id = :set_id ORDER BY position;

-- name: open_attempts(person_id)
-- The one shown last comes first.
SELECT * FROM attempts WHERE person_id = :person_id AND state = 'open'
ORDER BY COALESCE(brought_at, asked_at) DESC, position DESC;

-- name: pick_options(id, picked)!
UPDATE attempts SET picked = :picked WHERE id = :id AND state = 'open';

-- name: take_hint(id, hints)!
UPDATE attempts SET hints = :hints WHERE id = :id AND state = 'open';

-- name: answer_attempt(id, picked, answer, score, sequence, now, update_id, day, zone, first_of_day, frozen, milestone, step, rating, ability, ability_variance, difficulty, difficulty_variance)^
UPDATE attempts
SET state = 'answered', picked = :picked, answer = :answer, score = :score,
    sequence = :sequence, answered_at = :now, answered_by = :update_id, day = :day, zone = :zone,
    first_of_day = :first_of_day, frozen = :frozen, milestone = :milestone, step = :step, rating = :rating, ability = :ability,
    ability_variance = :ability_variance, difficulty = :difficulty,
    difficulty_variance = :difficulty_variance
WHERE id = :id AND state = 'open'
RETURNING *;

-- name: end_attempt(id, state, now, update_id, step, rating)^
-- Skipped or dropped: nothing is graded.
UPDATE attempts
SET state = :state, answered_at = :now, answered_by = :update_id, step = :step, rating = :rating
WHERE id = :id AND state = 'open'
RETURNING *;

-- name: drop_open_attempts(set_id, now)!
UPDATE attempts SET state = 'dropped', answered_at = :now
WHERE set_id = :set_id AND state = 'open';

-- name: question_shown(id, message_id)!
UPDATE attempts SET message_id = :message_id WHERE id = :id;

-- name: feedback_shown(id, message_id)!
UPDATE attempts SET feedback_message_id = :message_id WHERE id = :id;

-- name: graded_attempts(person_id)
-- Every graded answer, oldest first.
SELECT * FROM attempts WHERE person_id = :person_id AND state = 'answered'
ORDER BY sequence;

-- name: add_report(attempt_id, person_id, item_id, rev, now)^
INSERT INTO reports (attempt_id, person_id, item_id, rev, reported_at)
VALUES (:attempt_id, :person_id, :item_id, :rev, :now)
ON CONFLICT (attempt_id) DO NOTHING
RETURNING attempt_id;

-- name: attempt_asked_by(update_id)^
SELECT * FROM attempts WHERE asked_by = :update_id;

-- name: ask_again(id, update_id, now)^
-- The question is about to be shown in a new message.
UPDATE attempts SET asked_by = :update_id, brought_at = :now, message_id = NULL
WHERE id = :id AND state = 'open'
RETURNING *;

-- name: readiness_before(person_id, at)^
SELECT readiness FROM practice_sets
WHERE person_id = :person_id AND opened_at <= :at AND readiness IS NOT NULL
ORDER BY opened_at DESC LIMIT 1;

-- name: days_since(person_id, since)
SELECT day, COUNT(*) AS answers FROM attempts
WHERE person_id = :person_id AND state = 'answered' AND day >= :since
GROUP BY day;

-- name: frozen_since(person_id, since)
SELECT frozen FROM attempts
WHERE person_id = :person_id AND day >= :since AND frozen IS NOT NULL;

-- name: readiness_from(person_id, at)^
SELECT readiness FROM practice_sets
WHERE person_id = :person_id AND opened_at >= :at AND readiness IS NOT NULL
ORDER BY opened_at LIMIT 1;

-- name: scores_since(person_id, since)
SELECT item_id, day, score FROM attempts
WHERE person_id = :person_id AND state = 'answered' AND day >= :since;
