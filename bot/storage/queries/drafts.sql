-- name: save_draft(id, draft, message_id, until)^
UPDATE attempts SET draft = :draft, draft_message_id = :message_id, collect_until = :until
WHERE id = :id AND state = 'open'
RETURNING *;

-- name: due_drafts(now, amount)
-- Drafts whose time is up; answered ones are there whose feedback was not shown.
SELECT * FROM attempts
WHERE collect_until IS NOT NULL AND collect_until <= :now AND state <> 'held'
ORDER BY collect_until
LIMIT :amount;

-- name: claim_draft(id, due, until)^
-- Whoever moves the due instant has it; a crash leaves it to the next sweep.
UPDATE attempts SET collect_until = :until WHERE id = :id AND collect_until = :due
RETURNING *;

-- name: end_draft(id)!
UPDATE attempts SET collect_until = NULL WHERE id = :id;

-- name: rate_self(id, rating)!
UPDATE attempts SET self_rating = :rating WHERE id = :id AND state = 'answered';
