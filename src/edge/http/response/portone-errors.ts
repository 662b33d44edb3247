/** The codes of upstream's "Error Codes" that the link API uses. */
export const reasons = {
  4001: 'INVALID_REQUEST_DATA',
  4002: 'DUPLICATE_TRANSACTION_ERROR',
  4010: 'INVALID_UNAUTHORISED_TRANSACTION_IAMPORTKEY_ERROR',
  4011: 'INVALID_UNAUTHORISED_TRANSACTION_SIGNATURE_ERROR',
  4034: 'INVALID_ENVIRONMENT',
  4041: 'INVALID_AMOUNT',
  4046: 'INVALID_PAYMENT_CHANNEL_KEY',
  4050: 'INVALID_LINK_MERCHANT_ORDER_REF',
  4054: 'INVALID_UNAUTHORIZED_JWT_TOKEN_ERROR',
  4075: 'INVALID_CURRENCY',
  4083: 'INVALID_PAYMENT_LINK_REF',
  4088: 'MAX_RETRY_LIMIT_EXCEED',
  5000: 'PAYMENT_SYSTEM_ERROR',
} as const

export type PortoneCode = `${keyof typeof reasons}`

/** `path`: the field's name in the request. */
export interface PortoneFieldError {
  path: string
  message: string
  code: PortoneCode
}

const codes: Record<string, PortoneCode> = {
  amount: '4041',
  currency: '4075',
  merchant_order_id: '4050',
  custom_link_ref: '4083',
  chosen_payment_methods: '4046',
  environment: '4034',
}

/** Error code for a field's name or path. */
export function codeOf(path: string): PortoneCode {
  const [field = ''] = path.split('.')
  return (Object.hasOwn(codes, field) && codes[field]) || '4001'
}
