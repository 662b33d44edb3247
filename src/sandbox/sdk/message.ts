/** What comes from the sandbox's own windows. */
export interface Message {
  action?: string
  from?: string
  type?: string
  data?: {
    request_id?: string
    url?: string
    target?: string
    imp_uid?: string | null
    error_code?: string
    error_msg?: string
  }
  transactionResponse?: Record<string, unknown>
}

export function readMessage(text: unknown): Message | null {
  // Anything but text cannot be parsed either, and is no better than noise.
  const value: unknown = JSON.parse(text as string)
  return typeof value === 'object' ? value : null
}
