-- What WeChat answered, and what it showed when something had changed, so that every line of a history has its
-- proof; and the index by which the history is searched.

CREATE TABLE answer (
  id             INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which they came
  at             INTEGER NOT NULL,                  -- this computer's time
  appid          TEXT    NOT NULL,                  -- the account
  transaction_id TEXT    NOT NULL,                  -- the order
  kind           TEXT    NOT NULL,                  -- record: it belongs to the line `seq` of the journal
                                                    -- change: the order was shown otherwise than before
  seq            INTEGER NOT NULL,                  -- the newest line of the journal when it was written
  facts          TEXT    NOT NULL,                  -- JSON of a change: before and after; empty for a record
  raw            TEXT    NOT NULL                   -- the answer's text: masked, cut; empty when it was not kept
) STRICT;
CREATE INDEX answer_of_order ON answer (appid, transaction_id, id);
CREATE INDEX answer_of_line ON answer (seq) WHERE kind = 'record';

-- The lines of the history, newest last; made again from journal, audit and answers whenever it is lost.
CREATE TABLE history (
  id             INTEGER PRIMARY KEY AUTOINCREMENT, -- only to keep lines of one moment apart
  at             INTEGER NOT NULL,                  -- when it happened
  appid          TEXT    NOT NULL,                  -- the account; empty when it is about none
  kind           TEXT    NOT NULL,                  -- shipment | person | file | wechat | program
  source         TEXT    NOT NULL,                  -- journal | audit | answer
  source_id      INTEGER NOT NULL,                  -- its number there
  transaction_id TEXT    NOT NULL,                  -- the order; empty when it is about none
  batch_id       INTEGER,                           -- the file, when it came from one
  text           TEXT    NOT NULL                   -- what it is found by: lower case, nothing personal
) STRICT;
CREATE INDEX history_by_time ON history (appid, at DESC, id DESC);
CREATE INDEX history_by_kind ON history (appid, kind, at DESC, id DESC);
CREATE INDEX history_of_order ON history (appid, transaction_id, at DESC, id DESC);
CREATE INDEX history_of_batch ON history (batch_id, at DESC, id DESC) WHERE batch_id IS NOT NULL;

-- The numbers by which an order is found without reading every line; each also backwards, for its last digits.
CREATE TABLE history_number (
  appid          TEXT NOT NULL, -- the account
  number         TEXT NOT NULL, -- lower case
  transaction_id TEXT NOT NULL, -- the order
  kind           TEXT NOT NULL, -- order | parcel | rid | backwards
  PRIMARY KEY (appid, number, transaction_id)
) STRICT, WITHOUT ROWID;
