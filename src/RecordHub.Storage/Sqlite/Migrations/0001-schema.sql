-- The whole schema. Times are Unix milliseconds; hashes are the 32 bytes of a SHA-256; item ids are 16 bytes, big endian,
-- and sort by time of receipt. Holds names and claims: it is as confidential as the records themselves.

-- What came in, one row for each content and each case that a sender named for it (0: none).
CREATE TABLE item (
  seq              INTEGER PRIMARY KEY,
  id               BLOB    NOT NULL,
  received_at      INTEGER NOT NULL,
  kind             TEXT    NOT NULL,
  blob             BLOB    NOT NULL,
  length           INTEGER NOT NULL,
  content          BLOB    NOT NULL,
  sop_instance_uid TEXT    NOT NULL, -- '' when it is no DICOM instance
  data_set_offset  INTEGER NOT NULL,
  case_number      INTEGER NOT NULL,
  source           TEXT    NOT NULL, -- JSON
  conflicts_with   BLOB,
  revision         INTEGER NOT NULL
);
CREATE UNIQUE INDEX item_id ON item (id);
CREATE UNIQUE INDEX item_content ON item (content, sop_instance_uid, case_number);
CREATE INDEX item_sop ON item (sop_instance_uid) WHERE sop_instance_uid <> '';
CREATE INDEX item_blob ON item (blob);

-- What became of each patient's share of an item.
CREATE TABLE record (
  item_id     BLOB    NOT NULL,
  part        INTEGER NOT NULL,
  state       TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  explanation TEXT    NOT NULL,
  evidence    TEXT    NOT NULL, -- JSON
  case_number INTEGER NOT NULL,
  suggested   TEXT    NOT NULL, -- JSON
  title       TEXT    NOT NULL,
  claim       TEXT    NOT NULL, -- JSON
  study_uid   TEXT,
  PRIMARY KEY (item_id, part)
) WITHOUT ROWID;
CREATE INDEX record_state ON record (state, item_id, part);

-- What people decided on records; all of it is kept, the latest counts.
CREATE TABLE decision (
  seq         INTEGER PRIMARY KEY,
  item_id     BLOB    NOT NULL,
  part        INTEGER NOT NULL,
  revision    INTEGER NOT NULL, -- the one that the person saw
  verdict     TEXT    NOT NULL,
  case_number INTEGER NOT NULL,
  reason      TEXT,
  decided_by  TEXT    NOT NULL,
  decided_at  INTEGER NOT NULL
);
CREATE INDEX decision_item ON decision (item_id, seq);

-- What each item has put into cases: it is taken out again when the item no longer says it and no other item does.
CREATE TABLE filed (
  item_id BLOB NOT NULL,
  kind    TEXT NOT NULL, -- resource, binary, instance, link
  key     TEXT NOT NULL, -- Type/id, id, or case/study/series/sop/hash
  PRIMARY KEY (item_id, kind, key)
) WITHOUT ROWID;
CREATE INDEX filed_key ON filed (kind, key);

-- Current versions of FHIR resources, deletions included. seq is the order of changes.
CREATE TABLE resource (
  key          INTEGER PRIMARY KEY,
  seq          INTEGER NOT NULL,
  type         TEXT    NOT NULL,
  id           TEXT    NOT NULL,
  version      INTEGER NOT NULL,
  last_updated INTEGER NOT NULL,
  deleted      INTEGER NOT NULL,
  case_number  INTEGER NOT NULL,
  patient_id   TEXT,
  record_id    TEXT,
  json         BLOB    NOT NULL
);
CREATE UNIQUE INDEX resource_id ON resource (type, id);
CREATE UNIQUE INDEX resource_seq ON resource (seq);
CREATE INDEX resource_type ON resource (type, seq) WHERE deleted = 0;
CREATE INDEX resource_case ON resource (case_number, type, id) WHERE deleted = 0;
CREATE INDEX resource_patient ON resource (patient_id, seq) WHERE deleted = 0;

-- Earlier versions.
CREATE TABLE resource_history (
  type         TEXT    NOT NULL,
  id           TEXT    NOT NULL,
  version      INTEGER NOT NULL,
  last_updated INTEGER NOT NULL,
  deleted      INTEGER NOT NULL,
  case_number  INTEGER NOT NULL,
  patient_id   TEXT,
  record_id    TEXT,
  json         BLOB    NOT NULL,
  PRIMARY KEY (type, id, version)
);

-- Search values of current, undeleted versions.
CREATE TABLE resource_index (
  resource  INTEGER NOT NULL,
  type      TEXT    NOT NULL,
  parameter TEXT    NOT NULL,
  kind      INTEGER NOT NULL,
  system    TEXT,
  value     TEXT,
  low       INTEGER,
  high      INTEGER
);
CREATE INDEX resource_index_resource ON resource_index (resource);
CREATE INDEX resource_index_value ON resource_index (type, parameter, value, system, resource);
CREATE INDEX resource_index_date ON resource_index (type, parameter, low, high, resource) WHERE low IS NOT NULL;

-- Ranges of blobs that are served as Binary.
CREATE TABLE binary (
  id           TEXT    PRIMARY KEY,
  case_number  INTEGER NOT NULL,
  record_id    TEXT    NOT NULL,
  content_type TEXT    NOT NULL,
  blob         BLOB    NOT NULL,
  start        INTEGER NOT NULL,
  length       INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX binary_case ON binary (case_number, id);
CREATE INDEX binary_blob ON binary (blob);

-- DICOM instances of cases.
CREATE TABLE instance (
  seq                   INTEGER PRIMARY KEY,
  case_number           INTEGER NOT NULL,
  study_uid             TEXT    NOT NULL,
  series_uid            TEXT    NOT NULL,
  sop_uid               TEXT    NOT NULL,
  data_set              BLOB    NOT NULL,
  patient               TEXT    NOT NULL, -- our Patient
  record_id             TEXT    NOT NULL,
  blob                  BLOB    NOT NULL,
  length                INTEGER NOT NULL,
  sop_class_uid         TEXT    NOT NULL,
  transfer_syntax_uid   TEXT    NOT NULL,
  data_set_offset       INTEGER NOT NULL,
  patient_name          TEXT,
  patient_name_folded   TEXT,              -- its groups, each between '='
  patient_name_words    TEXT,              -- its words, each between blanks
  patient_id            TEXT,
  issuer_of_patient_id  TEXT,
  patient_birth_date    TEXT,
  patient_sex           TEXT,
  study_date            TEXT,
  study_time            TEXT,
  timezone              TEXT,
  accession_number      TEXT,
  study_id              TEXT,
  study_description     TEXT,
  referring_physician   TEXT,
  institution           TEXT,
  modality              TEXT,
  series_date           TEXT,
  series_time           TEXT,
  series_description    TEXT,
  series_number         INTEGER,
  body_part             TEXT,
  laterality            TEXT,
  procedure_start_date  TEXT,
  procedure_start_time  TEXT,
  instance_number       INTEGER,
  rows                  INTEGER,
  columns               INTEGER,
  frames                INTEGER,
  title                 TEXT,
  metadata              BLOB    NOT NULL,  -- Brotli
  metadata_length       INTEGER NOT NULL
);
CREATE UNIQUE INDEX instance_place ON instance (case_number, study_uid, series_uid, sop_uid, data_set);
CREATE INDEX instance_study ON instance (study_uid, series_uid, sop_uid);
CREATE INDEX instance_sop ON instance (sop_uid);
CREATE INDEX instance_patient_id ON instance (patient_id);
CREATE INDEX instance_accession ON instance (accession_number) WHERE accession_number IS NOT NULL;
CREATE INDEX instance_study_date ON instance (study_date);
CREATE INDEX instance_blob ON instance (blob);

-- People, as coordinators entered them.
CREATE TABLE patient (
  id         TEXT PRIMARY KEY,
  family     TEXT NOT NULL,
  given      TEXT NOT NULL,
  prefix     TEXT,
  suffix     TEXT,
  birth_date TEXT NOT NULL,
  sex        TEXT NOT NULL
) WITHOUT ROWID;

-- Whose identifier is whose. One without an issuer says nothing by itself, so it may be several people's.
CREATE TABLE identifier (
  issuer     TEXT NOT NULL,
  value      TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  because    TEXT NOT NULL,
  PRIMARY KEY (issuer, value, patient_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX identifier_owner ON identifier (issuer, value) WHERE issuer <> '';
CREATE INDEX identifier_patient ON identifier (patient_id);

CREATE TABLE case_file (
  number     INTEGER PRIMARY KEY,
  specialty  TEXT    NOT NULL,
  status     TEXT    NOT NULL,
  patient_id TEXT    NOT NULL,
  question   TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  revision   INTEGER NOT NULL
);
CREATE INDEX case_patient ON case_file (patient_id);

CREATE TABLE case_counter (last INTEGER NOT NULL);
INSERT INTO case_counter (last) VALUES (0);

CREATE TABLE package (
  case_number     INTEGER NOT NULL,
  version         INTEGER NOT NULL,
  digest          BLOB    NOT NULL,
  length          INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  created_by      TEXT    NOT NULL,
  override_reason TEXT,
  entries         TEXT    NOT NULL, -- JSON
  PRIMARY KEY (case_number, version)
);
CREATE INDEX package_digest ON package (digest);

CREATE TABLE token (
  id         TEXT    PRIMARY KEY,
  name       TEXT    NOT NULL,
  role       TEXT    NOT NULL,
  hash       BLOB    NOT NULL UNIQUE,
  cases      TEXT    NOT NULL, -- JSON
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
);

-- What is to be done. Asking again while it waits raises the generation.
CREATE TABLE outbox (
  seq          INTEGER PRIMARY KEY,
  topic        TEXT    NOT NULL,
  key          TEXT    NOT NULL,
  generation   INTEGER NOT NULL,
  attempts     INTEGER NOT NULL,
  due_at       INTEGER NOT NULL,
  leased_until INTEGER NOT NULL, -- 0: not handed out
  last_error   TEXT
);
CREATE UNIQUE INDEX outbox_key ON outbox (topic, key);
CREATE INDEX outbox_due ON outbox (due_at);
CREATE INDEX outbox_lease ON outbox (leased_until) WHERE leased_until > 0;

-- Blobs that a receipt found superfluous. Removed later, when nothing names them.
CREATE TABLE spare_blob (
  blob  BLOB    PRIMARY KEY,
  since INTEGER NOT NULL
) WITHOUT ROWID;
