-- Calls about shopping orders: what was told of combined orders, what was asked, and what came of it. Some of them can
-- not be asked for afterwards, so what is known of them stands here alone.

CREATE TABLE shopping (
  id             INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused
  appid          TEXT    NOT NULL,                  -- the account
  call           TEXT    NOT NULL,                  -- details | ship | verify
  order_number   TEXT    NOT NULL,                  -- the number of the combined order, WeChat's or the shop's
  draft          TEXT    NOT NULL,                  -- JSON of what was asked for: no payer, phones masked
  payer          TEXT    NOT NULL,                  -- shortened
  content_sha256 TEXT    NOT NULL,                  -- of the body with an empty time: the same content again
  upload_time    INTEGER,                           -- the time in the body, since the first try
  state          TEXT    NOT NULL,                  -- queued | sending | accepted | said | refused | not_sent | left | unclear | settled
  state_json     TEXT    NOT NULL,                  -- the state with its reasons
  since          INTEGER NOT NULL,                  -- when this state was entered
  attempts       INTEGER NOT NULL DEFAULT 0,        -- raised before each send, not after
  in_doubt       INTEGER NOT NULL DEFAULT 0,        -- a try may have arrived, and nothing has shown whether it did
  source         TEXT    NOT NULL DEFAULT '',       -- the file it came from
  trail          TEXT    NOT NULL                   -- JSON list of its states with their moments
) STRICT;
CREATE INDEX shopping_content ON shopping (appid, content_sha256);
CREATE INDEX shopping_newest ON shopping (appid, id);
