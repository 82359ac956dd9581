-- Errands: reminders to confirm receipt and reports of special orders. WeChat shows nothing of them afterwards, so
-- what is known of them stands here alone.

CREATE TABLE errand (
  id             INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused
  appid          TEXT    NOT NULL,                  -- the account
  transaction_id TEXT    NOT NULL,                  -- WeChat's number of the order
  family         TEXT    NOT NULL,                  -- remind | report
  kind           TEXT    NOT NULL,                  -- JSON of what is asked for, never updated
  state          TEXT    NOT NULL,                  -- queued | sending | unclear | done | refused | stopped | needs_person | cancelled
  state_json     TEXT    NOT NULL,                  -- the state with its reasons
  since          INTEGER NOT NULL,                  -- when this state was entered
  attempts       INTEGER NOT NULL DEFAULT 0,        -- raised before each send, not after
  waits          INTEGER NOT NULL DEFAULT 0,        -- steps taken on the ladder of waits
  not_before     INTEGER NOT NULL,                  -- nothing happens to it before this moment
  queued_at      INTEGER NOT NULL,                  -- when it was queued, or queued again by a person
  trail          TEXT    NOT NULL                   -- JSON list of its states with their moments
) STRICT;
CREATE INDEX errand_of_order ON errand (appid, transaction_id, id);
-- The guard: an order has at most one open errand of a family.
CREATE UNIQUE INDEX errand_open ON errand (appid, transaction_id, family)
  WHERE state IN ('queued', 'sending', 'unclear');
