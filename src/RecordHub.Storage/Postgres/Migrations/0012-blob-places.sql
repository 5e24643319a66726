-- Where small blobs lie: several share a file (a volume).
CREATE TABLE blob_place (
  blob     BYTEA PRIMARY KEY,
  volume   BYTEA NOT NULL,
  position BIGINT NOT NULL,
  length   BIGINT NOT NULL
);

CREATE INDEX blob_place_volume ON blob_place (volume, position);
