-- Programs that get access tokens by their keys (SMART Backend Services).
CREATE TABLE client (
  id         ctext PRIMARY KEY,
  name       ctext NOT NULL,
  role       ctext NOT NULL,
  cases      ctext NOT NULL, -- JSON
  tenant     ctext NOT NULL,
  site       ctext,
  scopes     ctext NOT NULL,
  keys       ctext NOT NULL, -- JSON Web Key Set, public keys
  created_at BIGINT NOT NULL,
  keys_at    BIGINT NOT NULL,
  revoked_at BIGINT
);

-- Access tokens, by the hash of their secret.
CREATE TABLE client_token (
  hash       BYTEA PRIMARY KEY,
  client_id  ctext NOT NULL,
  scopes     ctext NOT NULL,
  issued_at  BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX client_token_end ON client_token (expires_at);
CREATE INDEX client_token_client ON client_token (client_id);

-- Assertions that were used, for as long as they could be used again.
CREATE TABLE client_assertion (
  client_id ctext NOT NULL,
  token_id  BYTEA NOT NULL, -- SHA-256 of the jti
  until     BIGINT NOT NULL,
  PRIMARY KEY (client_id, token_id)
);
CREATE INDEX client_assertion_end ON client_assertion (until);
