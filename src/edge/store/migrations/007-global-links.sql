-- What a link of the global API carries beyond an ordinary one.

CREATE TABLE global_links (
  link_id TEXT PRIMARY KEY REFERENCES links (id),
  -- The merchant's own last part of the URL, as it was posted.
  ref     TEXT CHECK (length(ref) BETWEEN 20 AND 64),
  details TEXT NOT NULL CHECK (json_valid(details)),
  -- Null once it is erased.
  buyer   TEXT CHECK (json_valid(buyer))
) STRICT;

-- Whatever the case: a URL is read out, typed and changed by programs.
CREATE UNIQUE INDEX one_link_of_ref ON global_links (lower(ref));

-- Tells without a look into the other table that there is nothing in it.
ALTER TABLE links ADD COLUMN global INTEGER NOT NULL DEFAULT 0 CHECK (global IN (0, 1));
