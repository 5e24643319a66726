-- What operators did, kept for good and without patients: each row's digest covers the one before it.
CREATE TABLE operation_event (
  seq         INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  action      TEXT    NOT NULL,
  case_number INTEGER NOT NULL,
  actor       TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  detail      TEXT    NOT NULL,
  digest      BLOB    NOT NULL
);

-- Since when a case is in its state: retention counts from there.
ALTER TABLE case_file ADD COLUMN status_since INTEGER NOT NULL DEFAULT 0;
UPDATE case_file SET status_since = created_at;

-- Cases that may not be purged, whatever the rules say.
CREATE TABLE case_hold (
  case_number INTEGER PRIMARY KEY,
  reason      TEXT    NOT NULL,
  placed_by   TEXT    NOT NULL,
  placed_at   INTEGER NOT NULL
);

-- Purges, under way and done. A row names no patient.
CREATE TABLE purge (
  case_number INTEGER PRIMARY KEY,
  step        TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  asked_by    TEXT    NOT NULL,
  asked_at    INTEGER NOT NULL,
  removed     TEXT    NOT NULL, -- JSON: how many of what
  certificate TEXT              -- JSON, when it is done
);

-- What a purge takes out while it runs.
CREATE TABLE purge_item (
  case_number INTEGER NOT NULL,
  item_id     BLOB    NOT NULL,
  PRIMARY KEY (case_number, item_id)
) WITHOUT ROWID;

-- The blobs of a purged case: '' until it is known what became of each.
CREATE TABLE purge_blob (
  case_number INTEGER NOT NULL,
  blob        BLOB    NOT NULL,
  outcome     TEXT    NOT NULL,
  PRIMARY KEY (case_number, blob)
) WITHOUT ROWID;

-- Blobs that are being removed or just were: until then no row may begin to name them.
CREATE TABLE condemned_blob (
  blob  BLOB    PRIMARY KEY,
  until INTEGER NOT NULL
) WITHOUT ROWID;
