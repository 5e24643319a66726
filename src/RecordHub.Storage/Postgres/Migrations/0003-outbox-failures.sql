-- Who works on an entry and since when, and why one waits. An entry given up is due at the end of time.
ALTER TABLE outbox ADD COLUMN leased_by    ctext;
ALTER TABLE outbox ADD COLUMN taken_at     BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN setbacks     BIGINT NOT NULL DEFAULT 0; -- failures that were not its own
ALTER TABLE outbox ADD COLUMN lost         BIGINT NOT NULL DEFAULT 0; -- leases that ran out
ALTER TABLE outbox ADD COLUMN failed_since BIGINT;

-- What one process does for all of them.
CREATE TABLE lease (
  name  ctext  PRIMARY KEY,
  owner ctext  NOT NULL,
  until BIGINT NOT NULL
);
