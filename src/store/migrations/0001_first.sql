-- The first schema. Never edited once released: changes are new files. Times are milliseconds since 1970 UTC.
-- Everything but the file's own facts and the settings is scoped by the account's AppID, because one folder
-- may hold several accounts.

CREATE TABLE journal_file (
  id             INTEGER PRIMARY KEY CHECK (id = 1), -- there is one row
  created_at     INTEGER NOT NULL,               -- when this file was made
  doubtful_since INTEGER NOT NULL,               -- when it was made, or last found to lack its newest entries:
                                                 -- from then on WeChat may hold what is not written here
  ended_at       INTEGER                         -- when the last run ended by itself; NULL: it is open or died
) STRICT;

-- One wish to ship one order, and where it stands.
CREATE TABLE shipment (
  id             INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused: an old id must not point at a new parcel
  appid          TEXT    NOT NULL,                  -- the account
  transaction_id TEXT    NOT NULL,                  -- WeChat's number of the order
  intent         TEXT    NOT NULL,                  -- JSON, never updated
  intent_sha256  TEXT    NOT NULL,                  -- hex, of the text in intent: a flipped bit is not sent
  fingerprint    TEXT    NOT NULL,                  -- equal for wishes that ask WeChat for the same
  state          TEXT    NOT NULL,                  -- queued | waiting | sending | unclear | shipped | rejected | needs_person | cancelled
  state_json     TEXT    NOT NULL,                  -- the state with its reasons
  since          INTEGER NOT NULL,                  -- when this state was entered
  attempts       INTEGER NOT NULL DEFAULT 0,        -- raised before each send, not after
  upload_time    INTEGER,                           -- fixed at the first send, the same on every resend
  body_sha256    TEXT,                              -- hex, of the body of the first send
  baseline       TEXT,                              -- JSON of the look taken before the first send
  pending_looks  INTEGER NOT NULL DEFAULT 0,        -- looks after the quiet time that showed nothing of ours
  wait_steps     INTEGER NOT NULL DEFAULT 0,        -- steps taken on the ladder of waits
  not_before     INTEGER NOT NULL,                  -- nothing happens to it before this moment
  deadline       INTEGER NOT NULL,                  -- WeChat counts the order as late from here
  queued_at      INTEGER NOT NULL                   -- when it was queued
) STRICT;
CREATE INDEX shipment_of_order ON shipment (appid, transaction_id, id);
CREATE INDEX shipment_open ON shipment (appid, id)
  WHERE state IN ('queued', 'waiting', 'sending', 'unclear');
CREATE INDEX shipment_stopped ON shipment (appid, id) WHERE state IN ('needs_person', 'rejected');
CREATE INDEX shipment_ended ON shipment (appid, id) WHERE state IN ('shipped', 'cancelled');

-- One row for each order that has an open shipment. The primary key is the guard against a second one.
CREATE TABLE open_order (
  appid          TEXT    NOT NULL,                         -- the account
  transaction_id TEXT    NOT NULL,                         -- the order
  shipment_id    INTEGER NOT NULL REFERENCES shipment (id), -- the shipment that holds it
  PRIMARY KEY (appid, transaction_id)
) STRICT, WITHOUT ROWID;

-- What happened, append only. Each row's hash covers the row before it.
CREATE TABLE journal (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,         -- 1, 2, 3 without gaps
  at          INTEGER NOT NULL,                          -- this computer's time
  appid       TEXT    NOT NULL,                          -- the account
  shipment_id INTEGER NOT NULL REFERENCES shipment (id), -- what it happened to
  attempt     INTEGER NOT NULL,                          -- sends that may have reached WeChat by then
  record      TEXT    NOT NULL,                          -- the word of the entry
  payload     TEXT    NOT NULL,                          -- JSON of the entry; no secrets, no payer
  hash        BLOB    NOT NULL                           -- SHA-256 of the hash before and the fields
) STRICT;
CREATE INDEX journal_of_shipment ON journal (shipment_id, seq);

-- Orders as WeChat last showed them. A cache: losing it costs reads and nothing else.
CREATE TABLE order_cache (
  id             INTEGER PRIMARY KEY AUTOINCREMENT, -- only to keep the rows small in the indices
  appid          TEXT    NOT NULL,                  -- the account
  transaction_id TEXT    NOT NULL,                  -- WeChat's number
  out_trade_no   TEXT    NOT NULL,                  -- the shop's number
  pay_time       INTEGER NOT NULL,                  -- for the order of the list
  read_at        INTEGER NOT NULL,                  -- when WeChat showed it
  doc            TEXT    NOT NULL,                  -- JSON of the order, its payer shortened
  UNIQUE (appid, transaction_id)
) STRICT;
CREATE INDEX order_by_trade_no ON order_cache (appid, out_trade_no);
CREATE INDEX order_by_pay_time ON order_cache (appid, pay_time DESC, id);

-- Where a fetch of the list stopped, so that it can go on there.
CREATE TABLE fetch_position (
  appid     TEXT    NOT NULL, -- the account
  query_key TEXT    NOT NULL, -- hex SHA-256 of the query: the query itself may name a payer
  cursor    TEXT    NOT NULL, -- WeChat's last_index
  pages     INTEGER NOT NULL, -- pages that came
  orders    INTEGER NOT NULL, -- orders that came
  PRIMARY KEY (appid, query_key)
) STRICT, WITHOUT ROWID;

-- Imported files.
CREATE TABLE batch (
  id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused
  appid       TEXT    NOT NULL,                  -- the account
  name        TEXT    NOT NULL,                  -- the file's name without its folder
  sha256      TEXT    NOT NULL,                  -- hex, of its bytes
  encoding    TEXT    NOT NULL,                  -- how it was read
  header_row  INTEGER NOT NULL,                  -- from 1; 0 when there is none
  columns     TEXT    NOT NULL,                  -- JSON list of its columns
  problems    TEXT    NOT NULL,                  -- JSON list of what is wrong with the file as a whole
  imported_at INTEGER NOT NULL,                  -- when it was read
  closed_at   INTEGER                            -- when a person closed it; it is not shown again
) STRICT;
CREATE INDEX batch_by_hash ON batch (appid, sha256, id);

-- The rows of imported files with their verdicts.
CREATE TABLE batch_row (
  batch_id       INTEGER NOT NULL REFERENCES batch (id), -- the file
  row_index      INTEGER NOT NULL,                       -- from 0, in the order of the file
  row            TEXT    NOT NULL,                       -- JSON of the row as it was read, phones masked
  status         TEXT    NOT NULL,                       -- JSON word of its verdict
  transaction_id TEXT,                                   -- the order it belongs to, once found
  problems       TEXT    NOT NULL,                       -- JSON list of what was found
  prior_shipment INTEGER,                                -- the shipment that covered it before it was sent
  shipment_id    INTEGER REFERENCES shipment (id),       -- the shipment it became
  PRIMARY KEY (batch_id, row_index)
) STRICT;
CREATE INDEX batch_row_of_shipment ON batch_row (shipment_id) WHERE shipment_id IS NOT NULL;

-- What people did, append only.
CREATE TABLE audit (
  id      INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which it happened
  at      INTEGER NOT NULL,                  -- this computer's time
  appid   TEXT    NOT NULL,                  -- the account; empty when it is about none
  what    TEXT    NOT NULL,                  -- a stable word
  details TEXT    NOT NULL                   -- JSON, masked
) STRICT;

-- Settings of the program.
CREATE TABLE setting (
  key   TEXT PRIMARY KEY, -- a stable word
  value TEXT NOT NULL     -- as text
) STRICT, WITHOUT ROWID;

-- The accounts of this folder, without their secrets.
CREATE TABLE account (
  id                INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused
  name              TEXT    NOT NULL,                  -- the name by which staff know it
  appid             TEXT    NOT NULL UNIQUE,           -- AppID of the Mini Program
  mchid             TEXT    NOT NULL,                  -- merchant number; may be empty
  max_parcels       INTEGER NOT NULL,                  -- parcels per payment, 10 to 15
  sender_contact    TEXT,                              -- the sender's masked phone
  default_courier   TEXT    NOT NULL,                  -- courier id; may be empty
  default_item_desc TEXT    NOT NULL                   -- text for orders without one; may be empty
) STRICT;

-- Secrets, sealed under a key that is not in this file.
CREATE TABLE sealed (
  appid TEXT NOT NULL, -- the account
  field TEXT NOT NULL, -- which secret
  blob  BLOB NOT NULL, -- the sealed bytes
  PRIMARY KEY (appid, field)
) STRICT, WITHOUT ROWID;

-- The couriers that an account may send.
CREATE TABLE courier_list (
  appid    TEXT    PRIMARY KEY, -- the account
  couriers TEXT    NOT NULL,    -- JSON list of ids and names
  read_at  INTEGER NOT NULL     -- when WeChat gave it
) STRICT, WITHOUT ROWID;

-- Calls that must not be made before a moment, kept over restarts (daily quotas).
CREATE TABLE pause (
  appid       TEXT    NOT NULL, -- the account
  api         TEXT    NOT NULL, -- the call
  until_at    INTEGER NOT NULL, -- not before this moment
  reason      TEXT    NOT NULL, -- a stable word
  PRIMARY KEY (appid, api)
) STRICT, WITHOUT ROWID;
