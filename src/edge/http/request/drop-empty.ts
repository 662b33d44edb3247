/** Deep enough for `payment_info.pay_methods[].label.ko`; beyond it nothing is ours to read. */
const deepest = 6

/** Upstream's samples send empty strings and nulls for what they do not say: absent. `custom_data` stays as it is. */
export function dropEmpty(value: unknown, levels: number = deepest): unknown {
  if (levels === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => dropEmpty(item, levels - 1))
  const said = Object.entries(value).filter(([, field]) => !isEmpty(field))
  return Object.fromEntries(
    said.map(([key, field]) => [key, key === 'custom_data' ? field : dropEmpty(field, levels - 1)]),
  )
}

/** Says nothing. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}
