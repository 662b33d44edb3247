-- Payments with an order's number that came through none of its windows: recorded, announced once, never refunded.

CREATE TABLE foreign_payments (
  imp_uid  text COLLATE "C" PRIMARY KEY,
  -- The order's latest link when the payment was first seen.
  link_id  text COLLATE "C" NOT NULL REFERENCES links (id),
  amount   bigint NOT NULL CHECK (amount >= 0),
  currency text COLLATE "C" NOT NULL,
  -- Refunded so far.
  returned bigint NOT NULL CHECK (returned >= 0),
  paid_at  bigint,
  seen_at  bigint NOT NULL
);

CREATE INDEX foreign_payments_by_link ON foreign_payments (link_id);

-- 1: a foreign payment has exactly this link's amount and currency and is not fully refunded.
ALTER TABLE links ADD COLUMN paid_elsewhere bigint NOT NULL DEFAULT 0 CHECK (paid_elsewhere IN (0, 1));

ALTER TABLE events DROP CONSTRAINT events_type_check;
ALTER TABLE events ADD CONSTRAINT events_type_check CHECK (type IN ('notice', 'link.paid', 'link.awaiting_deposit',
  'link.payment_failed', 'link.expired', 'link.disabled', 'link.refunded', 'link.payment_rejected',
  'link.payment_returned', 'link.payment_not_returned', 'link.payment_foreign', 'link.card_registered',
  'link.card_failed'));
