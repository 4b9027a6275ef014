-- name: find_reminder_plan(person_id)^
SELECT * FROM reminder_plans WHERE person_id = :person_id;

-- name: save_reminder_plan(person_id, zone, daily_at, usual_at, quiet_from, quiet_until, last_call, weekly)!
INSERT INTO reminder_plans (person_id, zone, daily_at, usual_at, quiet_from, quiet_until,
                            last_call, weekly)
VALUES (:person_id, :zone, :daily_at, :usual_at, :quiet_from, :quiet_until, :last_call, :weekly)
ON CONFLICT (person_id) DO UPDATE
SET zone = excluded.zone, daily_at = excluded.daily_at, usual_at = excluded.usual_at,
    quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
    last_call = excluded.last_call, weekly = excluded.weekly;

-- name: save_reminder_history(person_id, unanswered, paused, snoozed_until, reminded_day, reminded_at, last_call_day, last_call_at, weekly_day, weekly_at)!
UPDATE reminder_plans
SET unanswered = :unanswered, paused = :paused, snoozed_until = :snoozed_until,
    reminded_day = :reminded_day, reminded_at = :reminded_at,
    last_call_day = :last_call_day, last_call_at = :last_call_at,
    weekly_day = :weekly_day, weekly_at = :weekly_at
WHERE person_id = :person_id;

-- name: reminder_looks(person_id)
SELECT kind, next_due_at FROM reminders WHERE person_id = :person_id;

-- name: set_reminder_look(person_id, kind, at)!
INSERT INTO reminders (person_id, kind, next_due_at) VALUES (:person_id, :kind, :at)
ON CONFLICT (person_id, kind) DO UPDATE SET next_due_at = excluded.next_due_at;

-- name: drop_reminder_look(person_id, kind)!
DELETE FROM reminders WHERE person_id = :person_id AND kind = :kind;

-- name: drop_reminder_looks(person_id)!
DELETE FROM reminders WHERE person_id = :person_id;

-- name: due_reminders(now, amount)
SELECT person_id, kind FROM reminders
WHERE next_due_at <= :now ORDER BY next_due_at LIMIT :amount;

-- name: claim_reminder(person_id, day, kind, now)^
-- One row the first time; none when this date has had its own.
INSERT INTO reminder_claims (person_id, day, kind, claimed_at)
VALUES (:person_id, :day, :kind, :now)
ON CONFLICT (person_id, day, kind) DO NOTHING
RETURNING day;

-- name: claims_of(person_id)
SELECT day, kind, claimed_at FROM reminder_claims
WHERE person_id = :person_id ORDER BY claimed_at, kind;

-- name: prune_reminder_claims(person_id, before)!
DELETE FROM reminder_claims WHERE person_id = :person_id AND day < :before;

-- name: set_reminders_wait(id, waits)!
UPDATE persons SET reminders_wait = :waits WHERE id = :id;
