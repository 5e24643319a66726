-- Keys by which whom to compare with a Patient is found. The service writes them with each Patient; of those that are here
-- already the identifiers and birth dates give theirs now, the names when the Patient is saved again.
INSERT INTO resource_index (resource, type, parameter, kind, system, value)
SELECT resource, type, '_match', kind, '',
  'i:' || CASE WHEN system LIKE 'urn:oid:%' THEN substr(system, 9) ELSE system END || '|' || value
FROM resource_index
WHERE type = 'Patient' AND parameter = 'identifier' AND system <> '' AND value IS NOT NULL;

INSERT INTO resource_index (resource, type, parameter, kind, system, value)
SELECT resource, type, '_match', 0, '',
  'd:' || to_char(born, 'YYYY') || '|' || least(to_char(born, 'MM'), to_char(born, 'DD')) || '|'
    || greatest(to_char(born, 'MM'), to_char(born, 'DD'))
FROM (
  SELECT resource, type, to_timestamp(low / 1000) AT TIME ZONE 'UTC' AS born FROM resource_index
  WHERE type = 'Patient' AND parameter = 'birthdate' AND high - low < 86400000
) dated;
