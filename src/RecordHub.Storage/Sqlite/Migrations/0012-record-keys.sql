-- Whose each record says it is, as keys: who carries an identifier or a birth date is found without looking at all records.
CREATE TABLE record_key (
  item_id BLOB    NOT NULL,
  part    INTEGER NOT NULL,
  key     TEXT    NOT NULL,
  PRIMARY KEY (item_id, part, key)
) WITHOUT ROWID;
CREATE INDEX record_key_key ON record_key (key, item_id, part);

INSERT OR IGNORE INTO record_key (item_id, part, key)
SELECT r.item_id, r.part, substr(
  'i:' || CASE WHEN one.value ->> 'Issuer' LIKE 'urn:oid:%' THEN substr(one.value ->> 'Issuer', 9) ELSE one.value ->> 'Issuer' END
    || '|' || (one.value ->> 'Value'), 1, 500)
FROM record r, json_each(r.claim, '$.Identifiers') one
WHERE one.value ->> 'Issuer' <> '';

INSERT OR IGNORE INTO record_key (item_id, part, key)
SELECT item_id, part, printf('d:%04d|%02d|%02d', claim ->> '$.BirthDate.Year',
  min(claim ->> '$.BirthDate.Month', claim ->> '$.BirthDate.Day'), max(claim ->> '$.BirthDate.Month', claim ->> '$.BirthDate.Day'))
FROM record WHERE claim ->> '$.BirthDate.Day' > 0;

-- Whether a record of a case was taken out of it.
CREATE INDEX record_held ON record (reason, suggested) WHERE state = 'Held';

-- What people decided on links between identifiers and patients; all of it is kept, the latest counts.
CREATE TABLE link_decision (
  seq        INTEGER PRIMARY KEY,
  tenant     TEXT    NOT NULL,
  issuer     TEXT    NOT NULL,
  value      TEXT    NOT NULL,
  patient_id TEXT    NOT NULL,
  because    TEXT    NOT NULL, -- how the link had come to be
  taken_back INTEGER NOT NULL, -- 0: it may be again
  reason     TEXT    NOT NULL,
  decided_by TEXT    NOT NULL,
  decided_at INTEGER NOT NULL
);
CREATE INDEX link_decision_identifier ON link_decision (tenant, issuer, value, patient_id, seq);
CREATE INDEX link_decision_patient ON link_decision (patient_id, seq);
