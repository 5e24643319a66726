-- A dataset is looked for by its instance first, which keeps what belongs together in few pages; so no index of
-- instances alone is needed.
DROP INDEX item_sop;
DROP INDEX item_content;
CREATE UNIQUE INDEX item_content ON item (sop_instance_uid, content, case_number, tenant);
