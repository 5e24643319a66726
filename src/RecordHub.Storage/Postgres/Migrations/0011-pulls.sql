-- Sites that are asked at intervals: when next, and how it went.
CREATE TABLE site_pull (
  site     ctext  PRIMARY KEY,
  next_at  BIGINT NOT NULL,
  failures INTEGER NOT NULL, -- in a row; 0 when it answered
  trouble  ctext  NOT NULL   -- a word of ours; '' when it answered
);

-- What a site had of a study when it was fetched for a case last: it is not asked for again before it has more.
CREATE TABLE study_pull (
  case_number BIGINT NOT NULL,
  study_uid   ctext  NOT NULL,
  site        ctext  NOT NULL,
  evidence    ctext  NOT NULL,
  next_at     BIGINT NOT NULL,
  failures    INTEGER NOT NULL,
  PRIMARY KEY (case_number, study_uid, site)
);

-- The configured site whose sender holds the token; NULL when it is no site's.
ALTER TABLE token ADD COLUMN site ctext;
