-- One more event type. No table references events.
CREATE TABLE events_012 (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  link_id       TEXT NOT NULL REFERENCES links (id),
  user_code     TEXT NOT NULL,
  tier          TEXT NOT NULL,
  type          TEXT NOT NULL CHECK (type IN ('notice', 'link.paid', 'link.awaiting_deposit', 'link.payment_failed',
    'link.expired', 'link.disabled', 'link.refunded', 'link.payment_rejected', 'link.payment_returned',
    'link.payment_not_returned', 'link.payment_foreign', 'link.card_registered', 'link.card_failed',
    'link.window_failed')),
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

INSERT INTO events_012 (seq, id, link_id, user_code, tier, type, lane, receiver, url, body, created_at, since, due_at,
  claimed_until, attempts, delivered_at, last_error)
SELECT seq, id, link_id, user_code, tier, type, lane, receiver, url, body, created_at, since, due_at, claimed_until,
  attempts, delivered_at, last_error
FROM events ORDER BY seq;

DROP TABLE events;
ALTER TABLE events_012 RENAME TO events;

CREATE INDEX events_due ON events (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX events_waiting ON events (lane, seq) WHERE due_at IS NOT NULL;
CREATE INDEX events_done ON events (created_at) WHERE due_at IS NULL;
CREATE INDEX events_by_link ON events (user_code, link_id, seq);
CREATE INDEX events_by_merchant ON events (user_code, seq);
CREATE INDEX events_of_link ON events (link_id);
