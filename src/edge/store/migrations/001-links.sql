-- Amounts are INTEGER in the currency's minor unit, times INTEGER unix milliseconds.
-- Retention of the columns: ../README.md

CREATE TABLE links (
  id               TEXT PRIMARY KEY CHECK (length(id) = 18),
  user_code        TEXT NOT NULL CHECK (user_code <> ''),
  tier             TEXT NOT NULL,
  merchant_uid     TEXT NOT NULL CHECK (length(merchant_uid) BETWEEN 1 AND 40),
  content_hash     TEXT NOT NULL,
  status           TEXT NOT NULL CHECK (status IN ('open', 'awaiting_deposit', 'paid', 'refunded', 'disabled')),
  move_id          TEXT NOT NULL,
  -- Deferred: the older link is updated before the newer one is inserted.
  superseded_by    TEXT REFERENCES links (id) DEFERRABLE INITIALLY DEFERRED,
  title            TEXT NOT NULL,
  name             TEXT NOT NULL,
  amount           INTEGER NOT NULL CHECK (amount > 0),
  currency         TEXT NOT NULL CHECK (length(currency) = 3),
  tax_free         INTEGER CHECK (tax_free BETWEEN 0 AND amount),
  language         TEXT CHECK (language IN ('ko', 'en', 'zh')),
  display_language TEXT CHECK (display_language IN ('ko', 'en')),
  buyer_name       TEXT,
  buyer_tel        TEXT,
  buyer_addr       TEXT,
  buyer_email      TEXT,
  buyer_postcode   TEXT,
  custom_data      TEXT CHECK (json_valid(custom_data)),
  notice_url       TEXT,
  methods          TEXT NOT NULL CHECK (json_array_length(methods) BETWEEN 1 AND 20),
  direct           INTEGER NOT NULL CHECK (direct IN (0, 1)),
  created_at       INTEGER NOT NULL CHECK (created_at > 0),
  expires_at       INTEGER NOT NULL CHECK (expires_at > created_at),
  ended_at         INTEGER,
  imp_uid          TEXT REFERENCES payments (imp_uid) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((status IN ('refunded', 'disabled')) = (ended_at IS NOT NULL)),
  CHECK (status NOT IN ('paid', 'refunded', 'awaiting_deposit') OR imp_uid IS NOT NULL)
) STRICT;

-- An order has one current link and at most one paid link.
CREATE UNIQUE INDEX one_current_link ON links (user_code, tier, merchant_uid) WHERE superseded_by IS NULL;
CREATE UNIQUE INDEX one_paid_link ON links (user_code, tier, merchant_uid) WHERE status = 'paid';
CREATE INDEX links_by_order ON links (user_code, tier, merchant_uid);
CREATE INDEX links_by_age ON links (user_code, created_at, id);

CREATE TABLE payments (
  imp_uid     TEXT PRIMARY KEY,
  link_id     TEXT NOT NULL REFERENCES links (id),
  status      TEXT NOT NULL CHECK (status IN ('ready', 'paid', 'failed', 'cancelled', 'rejected')),
  kept        INTEGER NOT NULL CHECK (kept IN (0, 1)),
  why         TEXT CHECK (why IN ('amount', 'currency', 'second_payment', 'late')),
  amount      INTEGER NOT NULL CHECK (amount >= 0),
  currency    TEXT NOT NULL,
  returned    INTEGER NOT NULL CHECK (returned >= 0),
  pay_method  TEXT,
  method_key  TEXT,
  gateway     TEXT NOT NULL CHECK (gateway IN ('listed', 'unlisted', 'unknown')),
  late        INTEGER NOT NULL CHECK (late IN (0, 1)),
  paid_at     INTEGER,
  receipt_url TEXT,
  bank        TEXT,
  account     TEXT,
  holder      TEXT,
  due_at      INTEGER,
  seen_at     INTEGER NOT NULL,
  CHECK ((status = 'rejected') = (why IS NOT NULL)),
  CHECK (kept = 0 OR status IN ('paid', 'cancelled'))
) STRICT;

CREATE UNIQUE INDEX one_kept_payment ON payments (link_id) WHERE kept = 1;
CREATE INDEX payments_by_link ON payments (link_id);

CREATE TABLE history (
  -- Orders transitions of the same millisecond.
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  link_id     TEXT NOT NULL REFERENCES links (id),
  at          INTEGER NOT NULL,
  from_status TEXT,
  to_status   TEXT NOT NULL,
  imp_uid     TEXT,
  why         TEXT NOT NULL
) STRICT;

CREATE INDEX history_by_link ON history (link_id, seq);

CREATE TABLE checkouts (
  id          TEXT PRIMARY KEY,
  link_id     TEXT NOT NULL REFERENCES links (id),
  method_key  TEXT NOT NULL,
  granted_at  INTEGER NOT NULL,
  holds_until INTEGER NOT NULL CHECK (holds_until > granted_at)
) STRICT;

CREATE INDEX checkouts_by_link ON checkouts (link_id, granted_at);

CREATE TABLE events (
  id           TEXT PRIMARY KEY,
  link_id      TEXT NOT NULL REFERENCES links (id),
  url          TEXT NOT NULL,
  body         TEXT NOT NULL CHECK (json_valid(body)),
  created_at   INTEGER NOT NULL,
  -- Next attempt; null once delivered or abandoned.
  due_at       INTEGER,
  attempts     INTEGER NOT NULL CHECK (attempts >= 0),
  delivered_at INTEGER
) STRICT;

CREATE INDEX events_due ON events (due_at) WHERE due_at IS NOT NULL;
