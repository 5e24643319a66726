-- Requests for storage commitment, one row for each sender, Transaction UID and set of references. A row leaves Waiting when
-- the sender has confirmed our report, or when the time for that is over.
CREATE TABLE commitment (
  seq             INTEGER PRIMARY KEY,
  site            TEXT    NOT NULL, -- '' when the sender is no known one
  calling         TEXT    NOT NULL,
  called          TEXT    NOT NULL,
  transaction_uid TEXT    NOT NULL,
  digest          BLOB    NOT NULL, -- SHA-256 of the references in order
  instances       TEXT    NOT NULL, -- JSON: class, instance, class, instance…
  count           INTEGER NOT NULL,
  state           TEXT    NOT NULL,
  requested_at    INTEGER NOT NULL,
  revision        INTEGER NOT NULL,
  attempts        INTEGER NOT NULL,
  due_at          INTEGER NOT NULL,
  leased_until    INTEGER NOT NULL, -- 0: not handed out
  detail          TEXT    NOT NULL
);
CREATE UNIQUE INDEX commitment_order ON commitment (site, calling, transaction_uid, digest);
CREATE INDEX commitment_due ON commitment (due_at) WHERE state = 'Waiting';
CREATE INDEX commitment_state ON commitment (state, requested_at);
