-- What the other tables hold, in sums: SQLite notices neither a flipped bit in a value nor an older page.

CREATE TABLE content (
  name  TEXT    PRIMARY KEY, -- a table; or 'schema', 'version', or 'commits'
  total INTEGER NOT NULL     -- sum of the sums of its rows modulo 2^56; the number of migrations or of commits
) STRICT, WITHOUT ROWID;
INSERT INTO content (name, total) VALUES ('commits', 0);

-- Which folder this is, so that a copy of it is noticed.
ALTER TABLE journal_file ADD COLUMN
  store_id TEXT NOT NULL DEFAULT '';  -- hex; also stands in the second copy
ALTER TABLE journal_file ADD COLUMN
  place TEXT NOT NULL DEFAULT '';     -- hash of this computer and of when the file was made
