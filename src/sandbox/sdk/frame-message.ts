/** What a channel's frame says. Which fields there are depends on the action. */
export interface Data {
  request_id?: string
  pg_provider?: string
  impUid?: string
  orderUrl?: string
  payUrl?: string
  redirectUrl?: string
  submitUrl?: string
  action?: string
  method?: string
  target?: string
  formId?: string
  popup?: boolean
  popupMode?: boolean
  pgProvider?: string
  frmData?: Record<string, unknown>
  formData?: Record<string, unknown>
  param?: Record<string, unknown>
  custom?: Custom
  sdk?: string
  [name: string]: unknown
}

/** For a gateway that brings a script of its own. */
export interface Custom {
  sdk: string
  mode?: unknown
  bridge?: unknown
  channel?: unknown
  popup?: unknown
  requestId?: string
  merchantUid?: string
  impUid?: string
}

export interface Message {
  action?: string
  data?: Data
}

/** What cannot be read counts as a message that says nothing, and that ends a payment. */
export function readMessage(text: unknown): Message {
  try {
    return JSON.parse(text as string) ?? {}
  } catch {
    return {}
  }
}
