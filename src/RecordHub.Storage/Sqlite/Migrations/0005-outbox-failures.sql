-- Who works on an entry and since when, and why one waits. An entry given up is due at the end of time.
ALTER TABLE outbox ADD COLUMN leased_by    TEXT;
ALTER TABLE outbox ADD COLUMN taken_at     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN setbacks     INTEGER NOT NULL DEFAULT 0; -- failures that were not its own
ALTER TABLE outbox ADD COLUMN lost         INTEGER NOT NULL DEFAULT 0; -- leases that ran out
ALTER TABLE outbox ADD COLUMN failed_since INTEGER;

-- What one process does for all of them.
CREATE TABLE lease (
  name  TEXT    PRIMARY KEY,
  owner TEXT    NOT NULL,
  until INTEGER NOT NULL
) WITHOUT ROWID;
