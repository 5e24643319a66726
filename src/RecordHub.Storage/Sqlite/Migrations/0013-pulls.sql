-- Sites that are asked at intervals: when next, and how it went.
CREATE TABLE site_pull (
  site     TEXT    PRIMARY KEY,
  next_at  INTEGER NOT NULL,
  failures INTEGER NOT NULL, -- in a row; 0 when it answered
  trouble  TEXT    NOT NULL  -- a word of ours; '' when it answered
) WITHOUT ROWID;

-- What a site had of a study when it was fetched for a case last: it is not asked for again before it has more.
CREATE TABLE study_pull (
  case_number INTEGER NOT NULL,
  study_uid   TEXT    NOT NULL,
  site        TEXT    NOT NULL,
  evidence    TEXT    NOT NULL,
  next_at     INTEGER NOT NULL,
  failures    INTEGER NOT NULL,
  PRIMARY KEY (case_number, study_uid, site)
) WITHOUT ROWID;

-- The configured site whose sender holds the token; NULL when it is no site's.
ALTER TABLE token ADD COLUMN site TEXT;
