-- Random keys that all processes share, such as the one that page links are sealed with.
CREATE TABLE shared_key (
  name  ctext PRIMARY KEY,
  value BYTEA NOT NULL
);
