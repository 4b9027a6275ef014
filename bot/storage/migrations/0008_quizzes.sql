-- Group quizzes: their state, who plays, what was asked and answered, what is still to be said.

CREATE TABLE quizzes (
    id TEXT PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT NOT NULL,                  -- the forum topic; 0: none
    language TEXT NOT NULL,
    scope TEXT NOT NULL,                        -- an area id, a topic id, or '' for everything
    seed BIGINT NOT NULL,                       -- deals the order of the options
    slots TEXT NOT NULL,                        -- JSON: [[item id, area id, variant, open], ...]
    time_limit BIGINT NOT NULL,                 -- milliseconds, of a round
    teams INTEGER NOT NULL,                     -- 0: everybody plays alone
    host_id BIGINT REFERENCES persons (id) ON DELETE SET NULL,
    phase TEXT NOT NULL,                        -- lobby | asking | running | standing | over
    position INTEGER NOT NULL,                  -- the round that it is at; 0 in the lobby
    played INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    until_at BIGINT NOT NULL,                   -- when it goes on by itself
    lobby_at BIGINT NOT NULL,
    lobby_stale INTEGER NOT NULL,
    caught_up INTEGER NOT NULL,
    explained INTEGER NOT NULL,
    ending TEXT,
    due_at BIGINT,                              -- when a sweep has to look at it
    tasks INTEGER NOT NULL DEFAULT 0,           -- counts what was to be said
    lobby_message_id BIGINT,
    podium_message_id BIGINT,
    opened_at BIGINT NOT NULL,
    opened_by BIGINT NOT NULL,                  -- the update that called for it
    closed_at BIGINT
);
CREATE UNIQUE INDEX quizzes_one_open ON quizzes (chat_id, thread_id) WHERE phase <> 'over';
CREATE INDEX quizzes_by_due ON quizzes (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX quizzes_by_chat ON quizzes (chat_id, opened_at);

CREATE TABLE quiz_players (
    quiz_id TEXT NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,                     -- in the order of joining
    team INTEGER,
    here INTEGER NOT NULL,                      -- 0 once they have left the group
    name TEXT NOT NULL,                         -- as the group sees it
    PRIMARY KEY (quiz_id, person_id)
);
CREATE INDEX quiz_players_by_person ON quiz_players (person_id);

CREATE TABLE quiz_rounds (
    quiz_id TEXT NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    item_id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    message_id BIGINT NOT NULL,
    poll_id TEXT UNIQUE,                        -- NULL: answered by a reply
    option_ids TEXT NOT NULL,                   -- JSON: Telegram's ids of the options, as sent
    posted_at BIGINT NOT NULL,
    state TEXT NOT NULL,                        -- open | scored | dropped
    PRIMARY KEY (quiz_id, position)
);
CREATE INDEX quiz_rounds_by_message ON quiz_rounds (message_id);

CREATE TABLE quiz_answers (
    quiz_id TEXT NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    given_at BIGINT NOT NULL,
    picked INTEGER NOT NULL,                    -- places of the options, one bit each
    answer TEXT NOT NULL,                       -- letters by place, or the text
    score DOUBLE PRECISION NOT NULL,
    points INTEGER,                             -- NULL until the round is scored
    took BIGINT,                                -- milliseconds
    PRIMARY KEY (quiz_id, position, person_id)
);
CREATE INDEX quiz_answers_by_person ON quiz_answers (person_id);

CREATE TABLE quiz_votes (                       -- came before it was known which round they are of
    poll_id TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    option_ids TEXT NOT NULL,                   -- JSON
    given_at BIGINT NOT NULL,
    PRIMARY KEY (poll_id, person_id)
);
CREATE INDEX quiz_votes_by_person ON quiz_votes (person_id);
CREATE INDEX quiz_votes_by_age ON quiz_votes (given_at);

CREATE TABLE quiz_tasks (                       -- what is to be said, in this order
    quiz_id TEXT NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,                  -- the round that it is about; 0: none
    chat_id BIGINT,                             -- where the message is …
    message_id BIGINT,                          -- … that it is about
    person_id BIGINT REFERENCES persons (id) ON DELETE CASCADE,
    tries INTEGER NOT NULL,
    due_at BIGINT NOT NULL,                     -- somebody is at it until then, or it waits
    PRIMARY KEY (quiz_id, number)
);
CREATE INDEX quiz_tasks_by_due ON quiz_tasks (due_at);
CREATE INDEX quiz_tasks_by_person ON quiz_tasks (person_id) WHERE person_id IS NOT NULL;

ALTER TABLE persons ADD COLUMN listed_as TEXT;  -- on leaderboards across groups; NULL: on none
