-- Links that register a card. A separate table, because the constraints of `links` on statuses and amounts could only be
-- changed by recreating it and every table that references it. A link whose card is registered is stored as `disabled`,
-- or as `paid` if it was charged.

CREATE TABLE registrations (
  link_id       TEXT PRIMARY KEY REFERENCES links (id),
  customer_uid  TEXT NOT NULL CHECK (length(customer_uid) BETWEEN 1 AND 80),
  customer_id   TEXT,
  -- The link's amount. If 0, links.amount is 1, because its constraint requires an amount above 0.
  charge        INTEGER NOT NULL CHECK (charge >= 0),
  replaces      INTEGER NOT NULL CHECK (replaces IN (0, 1)),
  form          INTEGER NOT NULL CHECK (form IN (0, 1)),
  -- Fingerprint of the billing key that i'mport held before the first checkout; '' if none, null if not asked yet.
  before        TEXT,
  -- Calls with card data since tries_since.
  tries         INTEGER NOT NULL CHECK (tries >= 0),
  tries_since   INTEGER,
  -- End of the lease for a call with card data.
  calling_until INTEGER,
  registered_at INTEGER,
  late          INTEGER NOT NULL CHECK (late IN (0, 1)),
  card_name     TEXT,
  deleted_at    INTEGER,
  CHECK (registered_at IS NOT NULL OR (late = 0 AND card_name IS NULL AND deleted_at IS NULL)),
  CHECK (registered_at IS NULL OR before IS NOT NULL)
) STRICT;

CREATE INDEX registrations_by_customer ON registrations (customer_uid);

-- Two more event types. No table references events.
CREATE TABLE events_010 (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  link_id       TEXT NOT NULL REFERENCES links (id),
  user_code     TEXT NOT NULL,
  tier          TEXT NOT NULL,
  type          TEXT NOT NULL CHECK (type IN ('notice', 'link.paid', 'link.awaiting_deposit', 'link.payment_failed',
    'link.expired', 'link.disabled', 'link.refunded', 'link.payment_rejected', 'link.card_registered',
    'link.card_failed')),
  lane          TEXT NOT NULL,
  receiver      TEXT NOT NULL,
  url           TEXT,
  body          TEXT NOT NULL CHECK (json_valid(body)),
  created_at    INTEGER NOT NULL,
  since         INTEGER NOT NULL,
  due_at        INTEGER,
  claimed_until INTEGER,
  attempts      INTEGER NOT NULL CHECK (attempts >= 0),
  delivered_at  INTEGER,
  last_error    TEXT,
  CHECK ((type = 'notice') = (url IS NOT NULL))
) STRICT;

INSERT INTO events_010 (seq, id, link_id, user_code, tier, type, lane, receiver, url, body, created_at, since, due_at,
  claimed_until, attempts, delivered_at, last_error)
SELECT seq, id, link_id, user_code, tier, type, lane, receiver, url, body, created_at, since, due_at, claimed_until,
  attempts, delivered_at, last_error
FROM events ORDER BY seq;

DROP TABLE events;
ALTER TABLE events_010 RENAME TO events;

CREATE INDEX events_due ON events (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX events_waiting ON events (lane, seq) WHERE due_at IS NOT NULL;
CREATE INDEX events_done ON events (created_at) WHERE due_at IS NULL;
CREATE INDEX events_by_link ON events (user_code, link_id, seq);
CREATE INDEX events_by_merchant ON events (user_code, seq);
CREATE INDEX events_of_link ON events (link_id);
