/** Enough for `payment_info.pay_methods[].label.ko`. */
const maxDepth = 6

/** Upstream's samples send empty strings and nulls for absent fields: removes them, except inside `custom_data`. */
export function dropEmpty(value: unknown, levels: number = maxDepth): unknown {
  if (levels === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => dropEmpty(item, levels - 1))
  const present = Object.entries(value).filter(([, field]) => !isEmpty(field))
  return Object.fromEntries(
    present.map(([key, field]) => [key, key === 'custom_data' ? field : dropEmpty(field, levels - 1)]),
  )
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}
