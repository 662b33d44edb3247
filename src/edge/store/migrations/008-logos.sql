-- Merchants' logos as they were when links were made.

CREATE TABLE logos (
  -- SHA-256 of the picture, in hexadecimal.
  hash   TEXT PRIMARY KEY CHECK (length(hash) = 64),
  type   TEXT NOT NULL CHECK (type IN ('image/png', 'image/jpeg', 'image/webp')),
  width  INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  -- In base64: every database hands text out as it was.
  bytes  TEXT NOT NULL,
  -- The latest end of a link that shows it.
  until  INTEGER NOT NULL
) STRICT;

CREATE INDEX logos_until ON logos (until);

-- What an address was found to hold.
CREATE TABLE logo_addresses (
  url        TEXT PRIMARY KEY,
  hash       TEXT NOT NULL REFERENCES logos (hash) ON DELETE CASCADE,
  fetched_at INTEGER NOT NULL
) STRICT;

CREATE INDEX logo_addresses_by_logo ON logo_addresses (hash);
