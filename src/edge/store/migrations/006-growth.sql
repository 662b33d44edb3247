-- So that nothing grows with the number of links. Every list begins where its page begins.

-- It finds an order as well, whose tiers are few.
DROP INDEX links_by_order;
CREATE INDEX links_by_merchant_uid ON links (user_code, merchant_uid, created_at, id);
CREATE INDEX links_by_status ON links (user_code, status, created_at, id);
CREATE INDEX links_unfinished ON links (user_code, created_at, id) WHERE status IN ('open', 'awaiting_deposit');

-- Every foreign key can be followed from its other end: a row that comes after one that already names it (a payment
-- after its link, a newer link after the older one) is looked for in all tables that could have named it.

CREATE INDEX links_by_payment ON links (imp_uid) WHERE imp_uid IS NOT NULL;
CREATE INDEX links_by_successor ON links (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX events_of_link ON events (link_id);
CREATE INDEX returns_of_link ON returns (link_id);
