-- Who opened package versions: one row for each version, token, kind of reading and day. Names no patient.
CREATE TABLE package_reading (
  case_number INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  reader      TEXT    NOT NULL, -- the token's id
  kind        TEXT    NOT NULL,
  day         TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  role        TEXT    NOT NULL,
  first_at    INTEGER NOT NULL,
  last_at     INTEGER NOT NULL,
  PRIMARY KEY (case_number, version, reader, kind, day)
);

-- Versions that hold what was taken out of the case later.
CREATE TABLE package_withdrawal (
  case_number INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  decided_by  TEXT    NOT NULL,
  PRIMARY KEY (case_number, version, at)
);

-- Series that a person moved to another case: what comes late of them does not go where the rest was taken from.
CREATE TABLE series_move (
  from_case  INTEGER NOT NULL,
  study_uid  TEXT    NOT NULL,
  series_uid TEXT    NOT NULL,
  to_case    INTEGER NOT NULL,
  decided_by TEXT    NOT NULL,
  decided_at INTEGER NOT NULL,
  PRIMARY KEY (from_case, study_uid, series_uid)
);

-- What is decided about a study finds all of it.
CREATE INDEX record_study ON record (study_uid) WHERE study_uid IS NOT NULL;
