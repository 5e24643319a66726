-- The trace (W3C traceparent) that asked for something or brought it; NULL when nobody follows it.
ALTER TABLE outbox ADD COLUMN trace ctext;
ALTER TABLE item ADD COLUMN trace ctext;

-- Since when an item is in a case: what a package version is the first to hold. 0 is in no case.
ALTER TABLE item ADD COLUMN filed_case BIGINT NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN filed_at   BIGINT NOT NULL DEFAULT 0;
CREATE INDEX item_filed ON item (filed_case, filed_at) WHERE filed_case > 0;
