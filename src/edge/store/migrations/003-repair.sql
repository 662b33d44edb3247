-- What has to be looked after without anybody asking: ends that time brings, payments that nobody told of,
-- money that is still to go back, data whose time is over.

-- When time ends the link, or its account: then the sweep writes that down and tells of it, once.
ALTER TABLE links ADD COLUMN sweep_at INTEGER;
ALTER TABLE links ADD COLUMN erased_at INTEGER;

-- What ended before this is not told of any more.
UPDATE links SET sweep_at = expires_at WHERE status = 'open' AND expires_at > unixepoch() * 1000;
UPDATE links SET sweep_at = 3600000 + coalesce((SELECT due_at FROM payments WHERE imp_uid = links.imp_uid), expires_at)
WHERE status = 'awaiting_deposit';

CREATE INDEX links_to_sweep ON links (sweep_at) WHERE sweep_at IS NOT NULL;
CREATE INDEX links_to_erase ON links (created_at) WHERE erased_at IS NULL;

ALTER TABLE checkouts ADD COLUMN visitor TEXT CHECK (length(visitor) BETWEEN 1 AND 64);
-- The page said that it opens the window.
ALTER TABLE checkouts ADD COLUMN opened_at INTEGER;
-- It is known how it ended, or that nothing can come of it.
ALTER TABLE checkouts ADD COLUMN ended_at INTEGER;
CREATE INDEX checkouts_ended ON checkouts (ended_at) WHERE ended_at IS NOT NULL;

-- Links that i'mport is to be asked about, and no others.
CREATE TABLE inquiries (
  link_id TEXT PRIMARY KEY REFERENCES links (id),
  since   INTEGER NOT NULL,
  -- An answer after this is the last one needed.
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

-- Rejected payments whose money is not known to be back.
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
