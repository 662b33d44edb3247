-- Indexes that keep the cost of every query independent of the number of links.

-- The next index finds orders as well, because an order has few tiers.
DROP INDEX links_by_order;
CREATE INDEX links_by_merchant_uid ON links (user_code, merchant_uid, created_at, id);
CREATE INDEX links_by_status ON links (user_code, status, created_at, id);
CREATE INDEX links_unfinished ON links (user_code, created_at, id) WHERE status IN ('open', 'awaiting_deposit');

-- Every foreign key has an index on the referencing column, because inserting a row that is already referenced (deferred
-- keys) searches all tables that may reference it.

CREATE INDEX links_by_payment ON links (imp_uid) WHERE imp_uid IS NOT NULL;
CREATE INDEX links_by_successor ON links (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX events_of_link ON events (link_id);
CREATE INDEX returns_of_link ON returns (link_id);
