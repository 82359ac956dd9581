-- What stays of orders whose record was deleted for its age: enough to ship nothing twice, and nothing that says
-- who bought what.

CREATE TABLE tombstone (
  appid        TEXT    NOT NULL, -- the account
  order_sha256 TEXT    NOT NULL, -- hex, of the AppID, a line feed and WeChat's number of the order
  family       TEXT    NOT NULL, -- ship | remind
  last_id      INTEGER NOT NULL, -- number of its newest shipment or errand; never reused
  fingerprint  TEXT    NOT NULL, -- of a shipment; empty for a reminder
  status       TEXT    NOT NULL, -- JSON word of its state as a row shows it; empty for a reminder
  purged_at    INTEGER NOT NULL, -- when the record was deleted
  PRIMARY KEY (appid, order_sha256, family)
) STRICT, WITHOUT ROWID;

-- Where lines of the journal are missing because their record was deleted: the chain's hash up to there.
CREATE TABLE journal_cut (
  seq  INTEGER PRIMARY KEY, -- the last of the lines that stood there
  hash BLOB    NOT NULL     -- its hash
) STRICT;
