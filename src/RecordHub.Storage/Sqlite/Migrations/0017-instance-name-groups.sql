-- Names of several groups (alphabetic, ideographic, phonetic), of which a search by the beginning of a name means each.
CREATE INDEX instance_name_groups ON instance (patient_name_folded) WHERE patient_name_folded LIKE '=%=%=%';
