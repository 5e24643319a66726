-- The trace (W3C traceparent) that asked for something or brought it; NULL when nobody follows it.
ALTER TABLE outbox ADD COLUMN trace TEXT;
ALTER TABLE item ADD COLUMN trace TEXT;

-- Since when an item is in a case: what a package version is the first to hold. 0 is in no case.
ALTER TABLE item ADD COLUMN filed_case INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN filed_at   INTEGER NOT NULL DEFAULT 0;
CREATE INDEX item_filed ON item (filed_case, filed_at) WHERE filed_case > 0;
