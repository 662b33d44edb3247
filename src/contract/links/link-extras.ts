// What only some links show: those that the global API made. Any other link's view has none of it,
// and the page then loads nothing for it. As with the rest of a view, whoever holds the URL reads this.

/** One line of a sum. Lines add up to the bill's amount, discounts taken off. */
export interface SumLine {
  kind: 'items' | 'shipping' | 'discount'
  /** In the bill's minor unit, never negative; a discount is what is taken off. */
  amount: number
  /** The promo code of a discount. */
  code?: string
}

/** A person as far as a bill names them. */
export interface Party {
  name?: string
  email?: string
  phone?: string
  /** One entry for each line that an envelope would have. */
  address?: string[]
}

export interface LinkExtras {
  /** Stands for the operator's name of the merchant. */
  seller?: {
    name?: string
    /** Path of the logo on the edge, which keeps a checked copy; it ends in `-{width}x{height}`, in pixels. */
    logo?: string
  }
  description?: string
  lines?: SumLine[]
  customer?: Party
  billing?: Party
  shipping?: Party
  notes?: { key: string; value: string }[]
  /** Way back without paying. */
  back_url?: string
  /** Where the customer goes on to now, signed: after paying, while waiting for a deposit, after a refusal. */
  onward_url?: string
  /** Origins of the merchant's that may show the page in a frame, and that hear its results. */
  embed?: readonly string[]
}
