-- Additional data of links made through the global API.

CREATE TABLE global_links (
  link_id TEXT PRIMARY KEY REFERENCES links (id),
  -- The merchant's own reference in the URL, as posted.
  ref     TEXT CHECK (length(ref) BETWEEN 20 AND 64),
  details TEXT NOT NULL CHECK (json_valid(details)),
  -- Null once erased.
  buyer   TEXT CHECK (json_valid(buyer))
) STRICT;

-- Case-insensitive: URLs are read out, typed and changed by programs.
CREATE UNIQUE INDEX one_link_of_ref ON global_links (lower(ref));

-- Avoids a query on global_links for other links.
ALTER TABLE links ADD COLUMN global INTEGER NOT NULL DEFAULT 0 CHECK (global IN (0, 1));
