/** Data of a message from a channel's iframe; the fields depend on the action. */
export interface FrameData {
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
  custom?: ScriptOptions
  sdk?: string
  [name: string]: unknown
}

/** Options of a gateway's script. */
export interface ScriptOptions {
  sdk: string
  mode?: unknown
  bridge?: unknown
  channel?: unknown
  popup?: unknown
  requestId?: string
  merchantUid?: string
  impUid?: string
}

export interface FrameMessage {
  action?: string
  data?: FrameData
}

/** Returns {} for a message that cannot be parsed; as upstream, it ends the payment. */
export function parseMessage(text: unknown): FrameMessage {
  try {
    return JSON.parse(text as string) ?? {}
  } catch {
    return {}
  }
}
