-- name: add_quiz(id, chat_id, thread_id, language, scope, seed, slots, time_limit, teams, host_id, phase, position, played, tries, until, lobby_at, lobby_stale, caught_up, explained, ending, due, now, update_id)!
INSERT INTO quizzes (id, chat_id, thread_id, language, scope, seed, slots, time_limit, teams,
                     host_id, phase, position, played, tries, until_at, lobby_at, lobby_stale,
                     caught_up, explained, ending, due_at, opened_at, opened_by)
VALUES (:id, :chat_id, :thread_id, :language, :scope, :seed, :slots, :time_limit, :teams,
        :host_id, :phase, :position, :played, :tries, :until, :lobby_at, :lobby_stale,
        :caught_up, :explained, :ending, :due, :now, :update_id);

-- name: lock_quiz(id)^
UPDATE quizzes SET id = id WHERE id = :id RETURNING *;

-- name: find_quiz(id)^
SELECT * FROM quizzes WHERE id = :id;

-- name: open_quiz(chat_id, thread_id)^
SELECT id, host_id FROM quizzes
WHERE chat_id = :chat_id AND thread_id = :thread_id AND phase <> 'over';

-- name: open_quizzes_in(chat_id)
SELECT id FROM quizzes WHERE chat_id = :chat_id AND phase <> 'over' ORDER BY id;

-- name: open_quizzes()
SELECT id FROM quizzes WHERE phase <> 'over' ORDER BY id;

-- name: lock_asking_quizzes()
-- Whoever holds these knows that no round of theirs becomes known meanwhile.
UPDATE quizzes SET id = id WHERE phase = 'asking' RETURNING id;

-- name: due_quizzes(now, amount)
SELECT id FROM quizzes WHERE due_at <= :now ORDER BY due_at LIMIT :amount;

-- name: save_quiz(id, chat_id, host_id, phase, position, played, tries, until, lobby_at, lobby_stale, caught_up, explained, ending, due, tasks, closed)!
UPDATE quizzes
SET chat_id = :chat_id, host_id = :host_id, phase = :phase, position = :position,
    played = :played, tries = :tries, until_at = :until, lobby_at = :lobby_at,
    lobby_stale = :lobby_stale, caught_up = :caught_up, explained = :explained,
    ending = :ending, due_at = :due, tasks = :tasks, closed_at = :closed
WHERE id = :id;

-- name: quiz_waits(id, due)!
UPDATE quizzes SET due_at = :due WHERE id = :id;

-- name: move_closed_quizzes(old, new)!
UPDATE quizzes SET chat_id = :new WHERE chat_id = :old AND phase = 'over';

-- name: quiz_lobby_shown(id, message_id)!
UPDATE quizzes SET lobby_message_id = :message_id WHERE id = :id;

-- name: quiz_podium_shown(id, message_id)!
UPDATE quizzes SET podium_message_id = :message_id WHERE id = :id;

-- name: quiz_players(quiz_id)
SELECT * FROM quiz_players WHERE quiz_id = :quiz_id ORDER BY place;

-- name: add_quiz_player(quiz_id, person_id, team, here, name)!
INSERT INTO quiz_players (quiz_id, person_id, place, team, here, name)
SELECT :quiz_id, :person_id, COALESCE(MAX(place), 0) + 1, :team, :here, :name
FROM quiz_players WHERE quiz_id = :quiz_id;

-- name: save_quiz_player(quiz_id, person_id, team, here)!
UPDATE quiz_players SET team = :team, here = :here
WHERE quiz_id = :quiz_id AND person_id = :person_id;

-- name: drop_quiz_player(quiz_id, person_id)!
DELETE FROM quiz_players WHERE quiz_id = :quiz_id AND person_id = :person_id;

-- name: add_quiz_round(quiz_id, position, item_id, rev, message_id, poll_id, option_ids, posted_at)!
INSERT INTO quiz_rounds (quiz_id, position, item_id, rev, message_id, poll_id, option_ids,
                         posted_at, state)
VALUES (:quiz_id, :position, :item_id, :rev, :message_id, :poll_id, :option_ids,
        :posted_at, 'open');

-- name: quiz_round(quiz_id, position)^
SELECT * FROM quiz_rounds WHERE quiz_id = :quiz_id AND position = :position;

-- name: quiz_round_by_poll(poll_id)^
SELECT * FROM quiz_rounds WHERE poll_id = :poll_id;

-- name: quiz_round_by_message(chat_id, message_id)^
SELECT r.* FROM quiz_rounds r JOIN quizzes q ON q.id = r.quiz_id
WHERE r.message_id = :message_id AND q.chat_id = :chat_id AND r.poll_id IS NULL
ORDER BY q.opened_at DESC LIMIT 1;

-- name: end_quiz_round(quiz_id, position, state)!
UPDATE quiz_rounds SET state = :state WHERE quiz_id = :quiz_id AND position = :position;

-- name: items_met_by_group(chat_id)
SELECT r.item_id, MAX(r.posted_at) AS met_at
FROM quiz_rounds r JOIN quizzes q ON q.id = r.quiz_id
WHERE q.chat_id = :chat_id GROUP BY r.item_id;

-- name: add_quiz_answer(quiz_id, position, person_id, given_at, picked, answer, score)^
-- One row for somebody's first answer, none for a further one.
INSERT INTO quiz_answers (quiz_id, position, person_id, given_at, picked, answer, score)
VALUES (:quiz_id, :position, :person_id, :given_at, :picked, :answer, :score)
ON CONFLICT (quiz_id, position, person_id) DO NOTHING
RETURNING person_id;

-- name: drop_quiz_answer(quiz_id, position, person_id)!
DELETE FROM quiz_answers
WHERE quiz_id = :quiz_id AND position = :position AND person_id = :person_id;

-- name: count_quiz_answers(quiz_id, position)$
SELECT COUNT(*) FROM quiz_answers WHERE quiz_id = :quiz_id AND position = :position;

-- name: quiz_answers(quiz_id, position)
SELECT * FROM quiz_answers WHERE quiz_id = :quiz_id AND position = :position
ORDER BY given_at, person_id;

-- name: mark_quiz_answer(quiz_id, position, person_id, points, took)!
UPDATE quiz_answers SET points = :points, took = :took
WHERE quiz_id = :quiz_id AND position = :position AND person_id = :person_id;

-- name: quiz_marks(quiz_id)
SELECT position, person_id, points, took, score FROM quiz_answers
WHERE quiz_id = :quiz_id AND points IS NOT NULL
ORDER BY position, given_at, person_id;

-- name: keep_quiz_vote(poll_id, person_id, name, language, option_ids, given_at)!
INSERT INTO quiz_votes (poll_id, person_id, name, language, option_ids, given_at)
VALUES (:poll_id, :person_id, :name, :language, :option_ids, :given_at)
ON CONFLICT (poll_id, person_id) DO NOTHING;

-- name: take_quiz_votes(poll_id)
DELETE FROM quiz_votes WHERE poll_id = :poll_id RETURNING *;

-- name: prune_quiz_votes(before)!
DELETE FROM quiz_votes WHERE given_at < :before;

-- name: add_quiz_task(quiz_id, number, kind, position, chat_id, message_id, person_id, now)!
INSERT INTO quiz_tasks (quiz_id, number, kind, position, chat_id, message_id, person_id, tries,
                        due_at)
VALUES (:quiz_id, :number, :kind, :position, :chat_id, :message_id, :person_id, 0, :now);

-- name: quiz_tasks(quiz_id)
SELECT * FROM quiz_tasks WHERE quiz_id = :quiz_id ORDER BY number;

-- name: take_quiz_task(quiz_id, number, until)!
UPDATE quiz_tasks SET tries = tries + 1, due_at = :until
WHERE quiz_id = :quiz_id AND number = :number;

-- name: put_off_quiz_task(quiz_id, number, until)!
UPDATE quiz_tasks SET due_at = :until WHERE quiz_id = :quiz_id AND number = :number;

-- name: drop_quiz_task(quiz_id, number)!
DELETE FROM quiz_tasks WHERE quiz_id = :quiz_id AND number = :number;

-- name: drop_quiz_tasks(quiz_id)!
DELETE FROM quiz_tasks WHERE quiz_id = :quiz_id;

-- name: free_quiz_tasks(now)!
UPDATE quiz_tasks SET due_at = :now WHERE due_at > :now;

-- name: quizzes_with_tasks(now, amount)
-- What comes first has to be done first; the others wait for it.
SELECT t.quiz_id FROM quiz_tasks t
WHERE t.due_at <= :now
  AND t.number = (SELECT MIN(s.number) FROM quiz_tasks s WHERE s.quiz_id = t.quiz_id)
ORDER BY t.due_at LIMIT :amount;

-- name: meet_person(id, language, now)!
-- Somebody whom the bot knows from a group: it may not write to them before they write to it.
INSERT INTO persons (id, language, created_at, seen_at, reachable)
VALUES (:id, :language, :now, :now, 0)
ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at;

-- name: quiz_points_in(chat_id, since, amount)
SELECT a.person_id, SUM(a.points) AS points
FROM quiz_answers a JOIN quizzes q ON q.id = a.quiz_id
WHERE q.chat_id = :chat_id AND a.points IS NOT NULL AND a.given_at >= :since
GROUP BY a.person_id HAVING SUM(a.points) > 0
ORDER BY points DESC, a.person_id LIMIT :amount;

-- name: quiz_name_of(person_id, chat_id)^
-- As the group saw them last.
SELECT p.name FROM quiz_players p JOIN quizzes q ON q.id = p.quiz_id
WHERE p.person_id = :person_id AND q.chat_id = :chat_id
ORDER BY q.opened_at DESC LIMIT 1;

-- name: listed_companions(person_id, since)
-- Those who want to be seen, of the groups in which the person has played; with their answers.
SELECT c.id AS person_id, c.listed_as AS name,
       (SELECT COALESCE(SUM(a.score), 0) FROM attempts a
        WHERE a.person_id = c.id AND a.state = 'answered' AND a.answered_at >= :since) AS points
FROM persons c
WHERE c.listed_as IS NOT NULL
  AND (c.id = :person_id OR c.id IN (
        SELECT other.person_id FROM quiz_players other JOIN quizzes oq ON oq.id = other.quiz_id
        WHERE oq.chat_id IN (
            SELECT q.chat_id FROM quiz_players p JOIN quizzes q ON q.id = p.quiz_id
            WHERE p.person_id = :person_id)));

-- name: list_person(id, name)!
UPDATE persons SET listed_as = :name WHERE id = :id;

-- name: listing_of(id)^
SELECT listed_as FROM persons WHERE id = :id;

-- name: quizzes_of(person_id)
-- For the export: every quiz that they played, with what it brought them.
SELECT q.opened_at, q.scope, q.played, p.name, p.team,
       (SELECT COALESCE(SUM(a.points), 0) FROM quiz_answers a
        WHERE a.quiz_id = q.id AND a.person_id = p.person_id) AS points
FROM quiz_players p JOIN quizzes q ON q.id = p.quiz_id
WHERE p.person_id = :person_id ORDER BY q.opened_at;
