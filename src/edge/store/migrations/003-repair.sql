-- Periodic work: expiry, payments without a notification, outstanding refunds, retention.

-- When the link or its virtual account expires; the sweep then records it and queues its event once.
ALTER TABLE links ADD COLUMN sweep_at INTEGER;
ALTER TABLE links ADD COLUMN erased_at INTEGER;

-- No events for links that expired before this migration.
UPDATE links SET sweep_at = expires_at WHERE status = 'open' AND expires_at > unixepoch() * 1000;
UPDATE links SET sweep_at = 3600000 + coalesce((SELECT due_at FROM payments WHERE imp_uid = links.imp_uid), expires_at)
WHERE status = 'awaiting_deposit';

CREATE INDEX links_to_sweep ON links (sweep_at) WHERE sweep_at IS NOT NULL;
CREATE INDEX links_to_erase ON links (created_at) WHERE erased_at IS NULL;

ALTER TABLE checkouts ADD COLUMN visitor TEXT CHECK (length(visitor) BETWEEN 1 AND 64);
-- When the page reported that it opens the window.
ALTER TABLE checkouts ADD COLUMN opened_at INTEGER;
-- When the result was known, or no payment could come through it any more.
ALTER TABLE checkouts ADD COLUMN ended_at INTEGER;
CREATE INDEX checkouts_ended ON checkouts (ended_at) WHERE ended_at IS NOT NULL;

-- Links to ask i'mport about.
CREATE TABLE inquiries (
  link_id TEXT PRIMARY KEY REFERENCES links (id),
  since   INTEGER NOT NULL,
  -- The first answer after this is the last one needed.
  until   INTEGER NOT NULL CHECK (until >= since),
  ask_at  INTEGER NOT NULL,
  asks    INTEGER NOT NULL CHECK (asks >= 0)
) STRICT;

CREATE INDEX inquiries_due ON inquiries (ask_at);

INSERT INTO inquiries
SELECT link_id, max(granted_at), max(holds_until) + 3600000, max(granted_at), 0 FROM checkouts
WHERE granted_at > (unixepoch() - 86400) * 1000 GROUP BY link_id;
INSERT INTO inquiries SELECT id, created_at, sweep_at, created_at, 0 FROM links WHERE status = 'awaiting_deposit'
ON CONFLICT (link_id) DO UPDATE SET until = excluded.until;

-- Outstanding refunds of rejected payments.
CREATE TABLE returns (
  imp_uid TEXT PRIMARY KEY REFERENCES payments (imp_uid),
  link_id TEXT NOT NULL REFERENCES links (id),
  since   INTEGER NOT NULL,
  try_at  INTEGER NOT NULL,
  tries   INTEGER NOT NULL CHECK (tries >= 0)
) STRICT;

CREATE INDEX returns_due ON returns (try_at);

INSERT INTO returns SELECT imp_uid, link_id, seen_at, seen_at, 0 FROM payments
WHERE status = 'rejected' AND returned < amount;
