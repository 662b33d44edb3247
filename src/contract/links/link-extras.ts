// Extra content of links created through the global API. Other views have none, and their pages load nothing for
// it. Readable by anyone who has the URL.

/** Lines add up to the bill's amount; discounts are subtracted. */
export interface SumLine {
  kind: 'items' | 'shipping' | 'discount'
  /** In the bill's minor unit, never negative. */
  amount: number
  /** Promo code of a discount. */
  code?: string
}

/** Contact data of one person on the bill. */
export interface Party {
  name?: string
  email?: string
  phone?: string
  /** Lines of the postal address. */
  address?: string[]
}

export interface LinkExtras {
  /** Replaces the operator's name of the merchant. */
  seller?: {
    name?: string
    /** Path of the edge's checked copy of the logo; ends in `-{width}x{height}` in pixels. */
    logo?: string
  }
  description?: string
  lines?: SumLine[]
  customer?: Party
  billing?: Party
  shipping?: Party
  notes?: { key: string; value: string }[]
  /** Back to the shop without paying. */
  back_url?: string
  /** Signed URL to continue at after paying, during a pending deposit, or after a refusal. */
  onward_url?: string
  /** The merchant's origins that may embed the page and receive its results. */
  embed?: readonly string[]
}
