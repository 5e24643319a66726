-- Whose each record says it is, as keys: who carries an identifier or a birth date is found without looking at all records.
CREATE TABLE record_key (
  item_id BYTEA  NOT NULL,
  part    BIGINT NOT NULL,
  key     ctext  NOT NULL,
  PRIMARY KEY (item_id, part, key)
);
CREATE INDEX record_key_key ON record_key (key, item_id, part);

INSERT INTO record_key (item_id, part, key)
SELECT r.item_id, r.part, left(
  'i:' || CASE WHEN one ->> 'Issuer' LIKE 'urn:oid:%' THEN substr(one ->> 'Issuer', 9) ELSE one ->> 'Issuer' END
    || '|' || (one ->> 'Value'), 500)
FROM record r, json_array_elements(COALESCE(r.claim::json -> 'Identifiers', '[]')) one
WHERE one ->> 'Issuer' <> ''
ON CONFLICT DO NOTHING;

INSERT INTO record_key (item_id, part, key)
SELECT item_id, part, 'd:' || lpad(born ->> 'Year', 4, '0') || '|'
  || lpad(least((born ->> 'Month')::int, (born ->> 'Day')::int)::text, 2, '0') || '|'
  || lpad(greatest((born ->> 'Month')::int, (born ->> 'Day')::int)::text, 2, '0')
FROM (SELECT item_id, part, claim::json -> 'BirthDate' AS born FROM record) dated
WHERE (born ->> 'Day')::int > 0
ON CONFLICT DO NOTHING;

-- Whether a record of a case was taken out of it.
CREATE INDEX record_held ON record (reason, suggested) WHERE state = 'Held';

-- What people decided on links between identifiers and patients; all of it is kept, the latest counts.
CREATE TABLE link_decision (
  seq        BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  tenant     ctext  NOT NULL,
  issuer     ctext  NOT NULL,
  value      ctext  NOT NULL,
  patient_id ctext  NOT NULL,
  because    ctext  NOT NULL, -- how the link had come to be
  taken_back BIGINT NOT NULL, -- 0: it may be again
  reason     ctext  NOT NULL,
  decided_by ctext  NOT NULL,
  decided_at BIGINT NOT NULL
);
CREATE INDEX link_decision_identifier ON link_decision (tenant, issuer, value, patient_id, seq);
CREATE INDEX link_decision_patient ON link_decision (patient_id, seq);
