-- One more event type.
ALTER TABLE events DROP CONSTRAINT events_type_check;
ALTER TABLE events ADD CONSTRAINT events_type_check CHECK (type IN ('notice', 'link.paid', 'link.awaiting_deposit',
  'link.payment_failed', 'link.expired', 'link.disabled', 'link.refunded', 'link.payment_rejected',
  'link.payment_returned', 'link.payment_not_returned', 'link.payment_foreign', 'link.card_registered',
  'link.card_failed', 'link.window_failed'));
