-- Payments with an order's number that came through none of its windows: recorded, announced once, never refunded.

CREATE TABLE foreign_payments (
  imp_uid  TEXT PRIMARY KEY,
  -- The order's latest link when the payment was first seen.
  link_id  TEXT NOT NULL REFERENCES links (id),
  amount   INTEGER NOT NULL CHECK (amount >= 0),
  currency TEXT NOT NULL,
  -- Refunded so far.
  returned INTEGER NOT NULL CHECK (returned >= 0),
  paid_at  INTEGER,
  seen_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX foreign_payments_by_link ON foreign_payments (link_id);

-- 1: a foreign payment has exactly this link's amount and currency and is not fully refunded.
ALTER TABLE links ADD COLUMN paid_elsewhere INTEGER NOT NULL DEFAULT 0 CHECK (paid_elsewhere IN (0, 1));

-- Three more event types. No table references events.
CREATE TABLE events_011 (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  link_id       TEXT NOT NULL REFERENCES links (id),
  user_code     TEXT NOT NULL,
  tier          TEXT NOT NULL,
  type          TEXT NOT NULL CHECK (type IN ('notice', 'link.paid', 'link.awaiting_deposit', 'link.payment_failed',
    'link.expired', 'link.disabled', 'link.refunded', 'link.payment_rejected', 'link.payment_returned',
    'link.payment_not_returned', 'link.payment_foreign', 'link.card_registered', 'link.card_failed')),
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

INSERT INTO events_011 (seq, id, link_id, user_code, tier, type, lane, receiver, url, body, created_at, since, due_at,
  claimed_until, attempts, delivered_at, last_error)
SELECT seq, id, link_id, user_code, tier, type, lane, receiver, url, body, created_at, since, due_at, claimed_until,
  attempts, delivered_at, last_error
FROM events ORDER BY seq;

DROP TABLE events;
ALTER TABLE events_011 RENAME TO events;

CREATE INDEX events_due ON events (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX events_waiting ON events (lane, seq) WHERE due_at IS NOT NULL;
CREATE INDEX events_done ON events (created_at) WHERE due_at IS NULL;
CREATE INDEX events_by_link ON events (user_code, link_id, seq);
CREATE INDEX events_by_merchant ON events (user_code, seq);
CREATE INDEX events_of_link ON events (link_id);
