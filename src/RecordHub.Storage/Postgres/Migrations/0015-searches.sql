-- Names of several groups (alphabetic, ideographic, phonetic), of which a search by the beginning of a name means each.
CREATE INDEX instance_name_groups ON instance (patient_name_folded) WHERE patient_name_folded LIKE '=%=%=%';

-- That a value is common among those of its parameter: taken one by one, type, parameter and value make it look rare.
CREATE STATISTICS resource_index_said (mcv, dependencies) ON type, parameter, value FROM resource_index;
