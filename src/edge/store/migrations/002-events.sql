-- Events of all types, delivered in order per payment order and address, claimed by one process at a time.

CREATE TABLE events_002 (
  -- Order of creation.
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  link_id       TEXT NOT NULL REFERENCES links (id),
  user_code     TEXT NOT NULL,
  tier          TEXT NOT NULL,
  type          TEXT NOT NULL CHECK (type IN ('notice', 'link.paid', 'link.awaiting_deposit', 'link.payment_failed',
    'link.expired', 'link.disabled', 'link.refunded', 'link.payment_rejected')),
  -- Ordering key: events of one payment order and address are delivered one after the other.
  lane          TEXT NOT NULL,
  -- Limits concurrency per receiver, so that a slow one does not delay others.
  receiver      TEXT NOT NULL,
  -- For notices only. Other events go to the merchant's events_url at the time of sending.
  url           TEXT,
  body          TEXT NOT NULL CHECK (json_valid(body)),
  created_at    INTEGER NOT NULL,
  -- Start of delivery; a redelivery resets it.
  since         INTEGER NOT NULL,
  -- Next attempt; null once delivered or abandoned.
  due_at        INTEGER,
  -- End of the lease.
  claimed_until INTEGER,
  attempts      INTEGER NOT NULL CHECK (attempts >= 0),
  delivered_at  INTEGER,
  last_error    TEXT,
  CHECK ((type = 'notice') = (url IS NOT NULL))
) STRICT;

INSERT INTO events_002 (id, link_id, user_code, tier, type, lane, receiver, url, body, created_at, since, due_at,
  attempts, delivered_at)
SELECT events.id, link_id, user_code, tier, 'notice', json_array(user_code, tier, merchant_uid, url), url, url, body,
  events.created_at, events.created_at, due_at, attempts, delivered_at
FROM events JOIN links ON links.id = events.link_id ORDER BY events.created_at, events.rowid;

DROP TABLE events;
ALTER TABLE events_002 RENAME TO events;

CREATE INDEX events_due ON events (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX events_waiting ON events (lane, seq) WHERE due_at IS NOT NULL;
CREATE INDEX events_done ON events (created_at) WHERE due_at IS NULL;
CREATE INDEX events_by_link ON events (user_code, link_id, seq);
CREATE INDEX events_by_merchant ON events (user_code, seq);
