-- How an account comes by its access tokens. Its secrets are sealed beside it, one for each field.

ALTER TABLE account ADD COLUMN access TEXT NOT NULL DEFAULT '{"mode":"secret"}'; -- JSON, nothing secret
