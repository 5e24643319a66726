-- Links by which files are sent for a case without a token.
CREATE TABLE upload_link (
  id          TEXT    PRIMARY KEY,
  case_number INTEGER NOT NULL,
  hash        BLOB    NOT NULL UNIQUE, -- SHA-256 of the secret, which is kept nowhere
  label       TEXT    NOT NULL,
  created_by  TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  ended_at    INTEGER,                 -- revoked, or its case closed; NULL while neither
  files       INTEGER NOT NULL,        -- kept of what came by it, and what is on its way
  bytes       INTEGER NOT NULL
);
CREATE INDEX upload_link_case ON upload_link (case_number);
