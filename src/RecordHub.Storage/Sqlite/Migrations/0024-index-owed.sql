-- What is known to the index by more than before: quantities, numbers, and identifiers by their type. The service indexes these anew
-- when it opens the store, and takes their rows away.
CREATE TABLE index_owed (
  resource INTEGER PRIMARY KEY
);
INSERT INTO index_owed (resource)
SELECT key FROM resource
WHERE deleted = 0 AND (
  type IN ('ChargeItem', 'Condition', 'Encounter', 'Invoice', 'MolecularSequence', 'Observation', 'RiskAssessment', 'Substance')
  OR key IN (SELECT resource FROM resource_index WHERE parameter = 'identifier'));
