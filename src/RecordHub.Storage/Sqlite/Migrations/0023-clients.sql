-- Programs that get access tokens by their keys (SMART Backend Services).
CREATE TABLE client (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL,
  cases      TEXT NOT NULL, -- JSON
  tenant     TEXT NOT NULL,
  site       TEXT,
  scopes     TEXT NOT NULL,
  keys       TEXT NOT NULL, -- JSON Web Key Set, public keys
  created_at INTEGER NOT NULL,
  keys_at    INTEGER NOT NULL,
  revoked_at INTEGER
);

-- Access tokens, by the hash of their secret.
CREATE TABLE client_token (
  hash       BLOB PRIMARY KEY,
  client_id  TEXT NOT NULL,
  scopes     TEXT NOT NULL,
  issued_at  INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX client_token_end ON client_token (expires_at);
CREATE INDEX client_token_client ON client_token (client_id);

-- Assertions that were used, for as long as they could be used again.
CREATE TABLE client_assertion (
  client_id TEXT NOT NULL,
  token_id  BLOB NOT NULL, -- SHA-256 of the jti
  until     INTEGER NOT NULL,
  PRIMARY KEY (client_id, token_id)
);
CREATE INDEX client_assertion_end ON client_assertion (until);
