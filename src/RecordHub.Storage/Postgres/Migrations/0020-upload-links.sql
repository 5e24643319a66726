-- Links by which files are sent for a case without a token.
CREATE TABLE upload_link (
  id          ctext  PRIMARY KEY,
  case_number BIGINT NOT NULL,
  hash        BYTEA  NOT NULL UNIQUE, -- SHA-256 of the secret, which is kept nowhere
  label       ctext  NOT NULL,
  created_by  ctext  NOT NULL,
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  ended_at    BIGINT,                 -- revoked, or its case closed; NULL while neither
  files       BIGINT NOT NULL,        -- kept of what came by it, and what is on its way
  bytes       BIGINT NOT NULL
);
CREATE INDEX upload_link_case ON upload_link (case_number);
