-- What operators did, kept for good and without patients: each row's digest covers the one before it.
CREATE TABLE operation_event (
  seq         BIGINT PRIMARY KEY,
  at          BIGINT NOT NULL,
  action      ctext   NOT NULL,
  case_number BIGINT NOT NULL,
  actor       ctext   NOT NULL,
  reason      ctext   NOT NULL,
  detail      ctext   NOT NULL,
  digest      BYTEA  NOT NULL
);

-- Since when a case is in its state: retention counts from there.
ALTER TABLE case_file ADD COLUMN status_since BIGINT NOT NULL DEFAULT 0;
UPDATE case_file SET status_since = created_at;

-- Cases that may not be purged, whatever the rules say.
CREATE TABLE case_hold (
  case_number BIGINT PRIMARY KEY,
  reason      ctext   NOT NULL,
  placed_by   ctext   NOT NULL,
  placed_at   BIGINT NOT NULL
);

-- Purges, under way and done. A row names no patient.
CREATE TABLE purge (
  case_number BIGINT PRIMARY KEY,
  step        ctext   NOT NULL,
  reason      ctext   NOT NULL,
  asked_by    ctext   NOT NULL,
  asked_at    BIGINT NOT NULL,
  removed     ctext   NOT NULL, -- JSON: how many of what
  certificate ctext             -- JSON, when it is done
);

-- What a purge takes out while it runs.
CREATE TABLE purge_item (
  case_number BIGINT NOT NULL,
  item_id     BYTEA  NOT NULL,
  PRIMARY KEY (case_number, item_id)
);

-- The blobs of a purged case: '' until it is known what became of each.
CREATE TABLE purge_blob (
  case_number BIGINT NOT NULL,
  blob        BYTEA  NOT NULL,
  outcome     ctext   NOT NULL,
  PRIMARY KEY (case_number, blob)
);

-- Blobs that are being removed or just were: until then no row may begin to name them.
CREATE TABLE condemned_blob (
  blob  BYTEA  PRIMARY KEY,
  until BIGINT NOT NULL
);
