// Pure: makes a gateway's error message safe to show to a customer.
const maxLength = 120

// Four or more digits (any script or width) or asterisks, with non-letters or invisible characters in between.
const digits = /[\p{N}*](?:[[^\p{L}\p{N}*]\p{Default_Ignorable_Code_Point}]*[\p{N}*]){3,}/gv

/**
 * Masks runs of digits, because some gateways echo card or phone numbers.
 * @returns undefined if no two letters in a row remain
 */
export function cleanGatewayMessage(message: string): string | undefined {
  const cleaned = message.replace(digits, '…').replace(/\s+/g, ' ').trim()
  return /\p{L}{2}/u.test(cleaned) ? [...cleaned].slice(0, maxLength).join('') : undefined
}
