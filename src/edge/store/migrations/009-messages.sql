-- Messages to customers about their order, one row per message and address.

CREATE TABLE messages (
  id            TEXT PRIMARY KEY,
  link_id       TEXT NOT NULL REFERENCES links (id),
  kind          TEXT NOT NULL CHECK (kind IN ('link', 'reminder', 'receipt')),
  channel       TEXT NOT NULL CHECK (channel IN ('email', 'phone')),
  language      TEXT NOT NULL CHECK (language IN ('ko', 'en')),
  address       TEXT,
  recipient     TEXT,
  seller        TEXT,
  path          TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  -- When it became due, retried for a day from then; null while a receipt waits for the payment.
  since         INTEGER,
  -- Next attempt; null while a receipt waits and once the message has ended.
  due_at        INTEGER,
  -- End of the lease.
  claimed_until INTEGER,
  attempts      INTEGER NOT NULL CHECK (attempts >= 0),
  tried_at      INTEGER,
  ended_at      INTEGER,
  outcome       TEXT CHECK (outcome IN ('sent', 'failed', 'dropped')),
  last_error    TEXT,
  CHECK ((ended_at IS NULL) = (outcome IS NULL)),
  CHECK (due_at IS NULL OR (ended_at IS NULL AND since IS NOT NULL)),
  -- The address is erased when the message ends.
  CHECK ((ended_at IS NULL) = (address IS NOT NULL)),
  CHECK (kind = 'receipt' OR ended_at IS NOT NULL OR due_at IS NOT NULL)
) STRICT;

CREATE INDEX messages_due ON messages (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX messages_by_link ON messages (link_id);
CREATE INDEX messages_by_recipient ON messages (recipient, tried_at) WHERE recipient IS NOT NULL;
CREATE INDEX messages_done ON messages (ended_at) WHERE ended_at IS NOT NULL;
