-- The names that instances carry, each once: a search by name looks at these first.
CREATE INDEX instance_name ON instance (patient_name_folded);
