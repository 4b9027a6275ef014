-- Pictures that Telegram has: what is shown again is sent by its file_id, without an upload.

CREATE TABLE pictures (
    id TEXT NOT NULL PRIMARY KEY,     -- a hash of what it shows and of the bot that sent it
    file_id TEXT NOT NULL,
    sent_at BIGINT NOT NULL
);
