/** Which messages about the link its customer is to get, as the merchant asked for them. */
export interface MessageWish {
  /** `notify_by_email`: where to. Null: none. */
  email: string | null
  /** `notify_by_phone`: where to. Null: none. */
  phone: string | null
  send_immediately: boolean
  /** `scheduled_date` in unix milliseconds. */
  scheduled_at: number | null
  /** `reminder_time` with its unit, in milliseconds before the link's expiry. */
  remind_before_ms: number | null
}
