-- Whose records they are. Everything of before is the tenant's that is called default.

-- The same content for two tenants is two items.
ALTER TABLE item ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
DROP INDEX item_content;
CREATE UNIQUE INDEX item_content ON item (content, sop_instance_uid, case_number, tenant);

-- What is in a case is its tenant's.
ALTER TABLE case_file ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
CREATE INDEX case_tenant ON case_file (tenant, number);

-- The same identifier in two tenants is two people.
ALTER TABLE patient ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
ALTER TABLE identifier ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default'; -- its patient's
DROP INDEX identifier_owner;
CREATE UNIQUE INDEX identifier_owner ON identifier (tenant, issuer, value) WHERE issuer <> '';

-- NULL: an administrator's of all tenants.
ALTER TABLE token ADD COLUMN tenant TEXT;
UPDATE token SET tenant = 'default' WHERE role <> 'Administrator';

-- What a sender of one tenant asks for is looked for among that tenant's items.
ALTER TABLE commitment ADD COLUMN tenant TEXT NOT NULL DEFAULT 'default';
DROP INDEX commitment_order;
CREATE UNIQUE INDEX commitment_order ON commitment (site, calling, transaction_uid, digest, tenant);
