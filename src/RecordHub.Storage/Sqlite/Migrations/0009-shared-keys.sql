-- Random keys that all processes share, such as the one that page links are sealed with.
CREATE TABLE shared_key (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;
