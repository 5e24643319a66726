-- One tree in the order of hashes instead of three: an insert into such a tree goes to any of its pages, so with a million
-- rows each tree has a page of the log, and one of a checkpoint, for itself. Who names a blob is found by its instance.
CREATE TABLE blob (
  hash             BLOB    NOT NULL,
  sop_instance_uid TEXT    NOT NULL, -- what items have that name it; '' when it is no DICOM instance
  volume           BLOB,             -- NULL when it is a file or an object
  position         INTEGER,
  length           INTEGER,
  PRIMARY KEY (hash, sop_instance_uid)
) WITHOUT ROWID;

INSERT INTO blob (hash, sop_instance_uid, volume, position, length)
SELECT n.blob, n.uid, p.volume, p.position, p.length
FROM (SELECT blob, sop_instance_uid AS uid FROM item UNION SELECT blob, sop_uid FROM instance) n
LEFT JOIN blob_place p ON p.blob = n.blob;

INSERT INTO blob (hash, sop_instance_uid, volume, position, length)
SELECT blob, '', volume, position, length FROM blob_place p WHERE NOT EXISTS (SELECT 1 FROM blob b WHERE b.hash = p.blob);

-- What is no instance is its own content, as it is received since long; so it is found without an index of blobs.
UPDATE item SET content = blob
WHERE sop_instance_uid = '' AND content <> blob AND NOT EXISTS (
  SELECT 1 FROM item o
  WHERE o.blob = item.blob AND o.sop_instance_uid = '' AND o.case_number = item.case_number AND o.tenant = item.tenant
    AND (o.content = o.blob OR o.seq < item.seq));

CREATE INDEX blob_volume ON blob (volume, position) WHERE volume IS NOT NULL;

DROP TABLE blob_place;
DROP INDEX item_blob;
DROP INDEX instance_blob;
