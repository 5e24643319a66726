-- The whole schema. Times are Unix milliseconds; hashes are the 32 bytes of a SHA-256; item ids are 16 bytes, big endian,
-- and sort by time of receipt. Holds names and claims: it is as confidential as the records themselves.

-- Text that is compared byte by byte, whatever the database's collation is, as SQLite compares it.
CREATE DOMAIN ctext AS TEXT COLLATE "C";

-- What came in, one row for each content and each case that a sender named for it (0: none).
CREATE TABLE item (
  seq              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id               BYTEA  NOT NULL,
  received_at      BIGINT NOT NULL,
  kind             ctext  NOT NULL,
  blob             BYTEA  NOT NULL,
  length           BIGINT NOT NULL,
  content          BYTEA  NOT NULL,
  sop_instance_uid ctext  NOT NULL, -- '' when it is no DICOM instance
  data_set_offset  BIGINT NOT NULL,
  case_number      BIGINT NOT NULL,
  source           ctext  NOT NULL, -- JSON
  conflicts_with   BYTEA,
  revision         BIGINT NOT NULL
);
CREATE UNIQUE INDEX item_id ON item (id);
CREATE UNIQUE INDEX item_content ON item (content, sop_instance_uid, case_number);
CREATE INDEX item_sop ON item (sop_instance_uid) WHERE sop_instance_uid <> '';
CREATE INDEX item_blob ON item (blob);

-- What became of each patient's share of an item.
CREATE TABLE record (
  item_id     BYTEA  NOT NULL,
  part        BIGINT NOT NULL,
  state       ctext  NOT NULL,
  reason      ctext  NOT NULL,
  explanation ctext  NOT NULL,
  evidence    ctext  NOT NULL, -- JSON
  case_number BIGINT NOT NULL,
  suggested   ctext  NOT NULL, -- JSON
  title       ctext  NOT NULL,
  claim       ctext  NOT NULL, -- JSON
  study_uid   ctext,
  PRIMARY KEY (item_id, part)
);
CREATE INDEX record_state ON record (state, item_id, part);

-- What people decided on records; all of it is kept, the latest counts.
CREATE TABLE decision (
  seq         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  item_id     BYTEA  NOT NULL,
  part        BIGINT NOT NULL,
  revision    BIGINT NOT NULL, -- the one that the person saw
  verdict     ctext  NOT NULL,
  case_number BIGINT NOT NULL,
  reason      ctext,
  decided_by  ctext  NOT NULL,
  decided_at  BIGINT NOT NULL
);
CREATE INDEX decision_item ON decision (item_id, seq);

-- What each item has put into cases: it is taken out again when the item no longer says it and no other item does.
CREATE TABLE filed (
  item_id BYTEA NOT NULL,
  kind    ctext NOT NULL, -- resource, binary, instance, link
  key     ctext NOT NULL, -- Type/id, id, or case/study/series/sop/hash
  PRIMARY KEY (item_id, kind, key)
);
CREATE INDEX filed_key ON filed (kind, key);

-- Current versions of FHIR resources, deletions included. seq is the order of changes.
CREATE TABLE resource (
  key          BIGINT PRIMARY KEY,
  seq          BIGINT NOT NULL,
  type         ctext  NOT NULL,
  id           ctext  NOT NULL,
  version      BIGINT NOT NULL,
  last_updated BIGINT NOT NULL,
  deleted      BIGINT NOT NULL,
  case_number  BIGINT NOT NULL,
  patient_id   ctext,
  record_id    ctext,
  json         BYTEA  NOT NULL
);
CREATE UNIQUE INDEX resource_id ON resource (type, id);
CREATE UNIQUE INDEX resource_seq ON resource (seq);
CREATE INDEX resource_type ON resource (type, seq) WHERE deleted = 0;
CREATE INDEX resource_case ON resource (case_number, type, id) WHERE deleted = 0;
CREATE INDEX resource_patient ON resource (patient_id, seq) WHERE deleted = 0;

-- The number of the last change to a resource. Taking the next keeps others from taking theirs until the commit.
CREATE TABLE change_counter (last BIGINT NOT NULL);
INSERT INTO change_counter (last) VALUES (0);

-- Earlier versions.
CREATE TABLE resource_history (
  type         ctext  NOT NULL,
  id           ctext  NOT NULL,
  version      BIGINT NOT NULL,
  last_updated BIGINT NOT NULL,
  deleted      BIGINT NOT NULL,
  case_number  BIGINT NOT NULL,
  patient_id   ctext,
  record_id    ctext,
  json         BYTEA  NOT NULL,
  PRIMARY KEY (type, id, version)
);

-- Search values of current, undeleted versions.
CREATE TABLE resource_index (
  resource  BIGINT  NOT NULL,
  type      ctext   NOT NULL,
  parameter ctext   NOT NULL,
  kind      BIGINT  NOT NULL,
  system    ctext,
  value     ctext,
  low       BIGINT,
  high      BIGINT
);
CREATE INDEX resource_index_resource ON resource_index (resource);
CREATE INDEX resource_index_value ON resource_index (type, parameter, value, resource);
CREATE INDEX resource_index_date ON resource_index (type, parameter, low, high, resource) WHERE low IS NOT NULL;

-- Ranges of blobs that are served as Binary.
CREATE TABLE "binary" (
  id           ctext  PRIMARY KEY,
  case_number  BIGINT NOT NULL,
  record_id    ctext  NOT NULL,
  content_type ctext  NOT NULL,
  blob         BYTEA  NOT NULL,
  start        BIGINT NOT NULL,
  length       BIGINT NOT NULL
);
CREATE INDEX binary_case ON "binary" (case_number, id);
CREATE INDEX binary_blob ON "binary" (blob);

-- DICOM instances of cases.
CREATE TABLE instance (
  seq                  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_number          BIGINT  NOT NULL,
  study_uid            ctext   NOT NULL,
  series_uid           ctext   NOT NULL,
  sop_uid              ctext   NOT NULL,
  data_set             BYTEA   NOT NULL,
  patient              ctext   NOT NULL, -- our Patient
  record_id            ctext   NOT NULL,
  blob                 BYTEA   NOT NULL,
  length               BIGINT  NOT NULL,
  sop_class_uid        ctext   NOT NULL,
  transfer_syntax_uid  ctext   NOT NULL,
  data_set_offset      BIGINT  NOT NULL,
  patient_name         ctext,
  patient_name_folded  ctext,  -- its groups, each between '='
  patient_name_words   ctext,  -- its words, each between blanks
  patient_id           ctext,
  issuer_of_patient_id ctext,
  patient_birth_date   ctext,
  patient_sex          ctext,
  study_date           ctext,
  study_time           ctext,
  timezone             ctext,
  accession_number     ctext,
  study_id             ctext,
  study_description    ctext,
  referring_physician  ctext,
  institution          ctext,
  modality             ctext,
  series_date          ctext,
  series_time          ctext,
  series_description   ctext,
  series_number        BIGINT,
  body_part            ctext,
  laterality           ctext,
  procedure_start_date ctext,
  procedure_start_time ctext,
  instance_number      BIGINT,
  rows                 BIGINT,
  columns              BIGINT,
  frames               BIGINT,
  title                ctext,
  metadata             BYTEA   NOT NULL,  -- Brotli
  metadata_length      BIGINT  NOT NULL
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
  id         ctext  PRIMARY KEY,
  family     ctext  NOT NULL,
  given      ctext  NOT NULL,
  prefix     ctext,
  suffix     ctext,
  birth_date ctext  NOT NULL,
  sex        ctext  NOT NULL
);

-- Whose identifier is whose. One without an issuer says nothing by itself, so it may be several people's.
CREATE TABLE identifier (
  issuer     ctext NOT NULL,
  value      ctext NOT NULL,
  patient_id ctext NOT NULL,
  because    ctext NOT NULL,
  PRIMARY KEY (issuer, value, patient_id)
);
CREATE UNIQUE INDEX identifier_owner ON identifier (issuer, value) WHERE issuer <> '';
CREATE INDEX identifier_patient ON identifier (patient_id);

CREATE TABLE case_file (
  number     BIGINT PRIMARY KEY,
  specialty  ctext  NOT NULL,
  status     ctext  NOT NULL,
  patient_id ctext  NOT NULL,
  question   ctext  NOT NULL,
  created_at BIGINT NOT NULL,
  revision   BIGINT NOT NULL
);
CREATE INDEX case_patient ON case_file (patient_id);

CREATE TABLE case_counter (last BIGINT NOT NULL);
INSERT INTO case_counter (last) VALUES (0);

CREATE TABLE package (
  case_number     BIGINT NOT NULL,
  version         BIGINT NOT NULL,
  digest          BYTEA  NOT NULL,
  length          BIGINT NOT NULL,
  created_at      BIGINT NOT NULL,
  created_by      ctext  NOT NULL,
  override_reason ctext,
  entries         ctext  NOT NULL, -- JSON
  PRIMARY KEY (case_number, version)
);
CREATE INDEX package_digest ON package (digest);

CREATE TABLE token (
  id         ctext  PRIMARY KEY,
  name       ctext  NOT NULL,
  role       ctext  NOT NULL,
  hash       BYTEA  NOT NULL UNIQUE,
  cases      ctext  NOT NULL, -- JSON
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);

-- What is to be done. Asking again while it waits raises the generation.
CREATE TABLE outbox (
  seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic        ctext  NOT NULL,
  key          ctext  NOT NULL,
  generation   BIGINT NOT NULL,
  attempts     BIGINT NOT NULL,
  due_at       BIGINT NOT NULL,
  leased_until BIGINT NOT NULL, -- 0: not handed out
  last_error   ctext
);
CREATE UNIQUE INDEX outbox_key ON outbox (topic, key);
CREATE INDEX outbox_due ON outbox (due_at);
CREATE INDEX outbox_lease ON outbox (leased_until) WHERE leased_until > 0;

-- Blobs that a receipt found superfluous. Removed later, when nothing names them.
CREATE TABLE spare_blob (
  blob  BYTEA  PRIMARY KEY,
  since BIGINT NOT NULL
);

-- Requests for storage commitment, one row for each sender, Transaction UID and set of references. A row leaves Waiting when
-- the sender has confirmed our report, or when the time for that is over.
CREATE TABLE commitment (
  seq             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site            ctext  NOT NULL, -- '' when the sender is no known one
  calling         ctext  NOT NULL,
  called          ctext  NOT NULL,
  transaction_uid ctext  NOT NULL,
  digest          BYTEA  NOT NULL, -- SHA-256 of the references in order
  instances       ctext  NOT NULL, -- JSON: class, instance, class, instance…
  count           BIGINT NOT NULL,
  state           ctext  NOT NULL,
  requested_at    BIGINT NOT NULL,
  revision        BIGINT NOT NULL,
  attempts        BIGINT NOT NULL,
  due_at          BIGINT NOT NULL,
  leased_until    BIGINT NOT NULL, -- 0: not handed out
  detail          ctext  NOT NULL
);
CREATE UNIQUE INDEX commitment_order ON commitment (calling, transaction_uid, digest);
CREATE INDEX commitment_due ON commitment (due_at) WHERE state = 'Waiting';
CREATE INDEX commitment_state ON commitment (state, requested_at);
