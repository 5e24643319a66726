-- Who opened package versions: one row for each version, token, kind of reading and day. Names no patient.
CREATE TABLE package_reading (
  case_number BIGINT  NOT NULL,
  version     BIGINT  NOT NULL,
  reader      ctext   NOT NULL, -- the token's id
  kind        ctext   NOT NULL,
  day         ctext   NOT NULL,
  name        ctext   NOT NULL,
  role        ctext   NOT NULL,
  first_at    BIGINT  NOT NULL,
  last_at     BIGINT  NOT NULL,
  PRIMARY KEY (case_number, version, reader, kind, day)
);

-- Versions that hold what was taken out of the case later.
CREATE TABLE package_withdrawal (
  case_number BIGINT  NOT NULL,
  version     BIGINT  NOT NULL,
  at          BIGINT  NOT NULL,
  decided_by  ctext   NOT NULL,
  PRIMARY KEY (case_number, version, at)
);

-- Series that a person moved to another case: what comes late of them does not go where the rest was taken from.
CREATE TABLE series_move (
  from_case  BIGINT  NOT NULL,
  study_uid  ctext   NOT NULL,
  series_uid ctext   NOT NULL,
  to_case    BIGINT  NOT NULL,
  decided_by ctext   NOT NULL,
  decided_at BIGINT  NOT NULL,
  PRIMARY KEY (from_case, study_uid, series_uid)
);

-- What is decided about a study finds all of it.
CREATE INDEX record_study ON record (study_uid) WHERE study_uid IS NOT NULL;
