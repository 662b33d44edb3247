-- Merchants' logos as they were when their links were created.

CREATE TABLE logos (
  -- SHA-256 of the image, in hexadecimal.
  hash   TEXT PRIMARY KEY CHECK (length(hash) = 64),
  type   TEXT NOT NULL CHECK (type IN ('image/png', 'image/jpeg', 'image/webp')),
  width  INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  -- Base64, because all databases return text alike.
  bytes  TEXT NOT NULL,
  -- The latest expiry of a link that shows it.
  until  INTEGER NOT NULL
) STRICT;

CREATE INDEX logos_until ON logos (until);

-- The logo last fetched from each URL.
CREATE TABLE logo_addresses (
  url        TEXT PRIMARY KEY,
  hash       TEXT NOT NULL REFERENCES logos (hash) ON DELETE CASCADE,
  fetched_at INTEGER NOT NULL
) STRICT;

CREATE INDEX logo_addresses_by_logo ON logo_addresses (hash);
