-- Where small blobs lie: several share a file (a volume).
CREATE TABLE blob_place (
  blob     BLOB PRIMARY KEY,
  volume   BLOB NOT NULL,
  position INTEGER NOT NULL,
  length   INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX blob_place_volume ON blob_place (volume, position);
