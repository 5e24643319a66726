-- Instances are found by their own UID or through the rows of series, which have what a search asks for; so these are
-- written no more.
DROP INDEX instance_study;
DROP INDEX instance_patient_id;
DROP INDEX instance_accession;
DROP INDEX instance_study_date;
DROP INDEX instance_name;
DROP INDEX instance_name_groups;
