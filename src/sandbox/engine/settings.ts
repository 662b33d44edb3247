/** Faults and behaviour that `/control` can change. */
export interface Settings {
  /** when notices are sent, relative to the browser's return */
  notice: 'before' | 'after' | 'never' | 'twice'
  rest: 'up' | 'down' | 'slow' | 'broken'
  sdk: 'up' | 'down'
  /** response to the SDK's request for the store's channels */
  users_pg: 'up' | 'blocked' | 'broken' | 'html' | 'empty' | 'hanging' | 'refused'
  /** page in a channel's iframe */
  frames: 'up' | 'blank' | 'failing'
  /** response of the checkout service's prepare call: one of upstream's error codes, or a driver that fails to load */
  prepare: 'up' | 'F400' | 'F500' | 'F1001' | 'no driver'
  /** origin of the gateways' scripts; null: this origin */
  script_origin: string | null
  /** message of the next declined or cancelled payment */
  fail_reason: string | null
  /** whether confirm_url is called; upstream enables it per store */
  confirm: 'on' | 'off'
  /** amount of the next approval, instead of the requested one */
  amount: number | null
  /** providers of the channels that the store has; null: all */
  channels: string[] | null
}

export const defaultSettings: Readonly<Settings> = {
  notice: 'before',
  rest: 'up',
  sdk: 'up',
  users_pg: 'up',
  frames: 'up',
  prepare: 'up',
  script_origin: null,
  fail_reason: null,
  confirm: 'on',
  amount: null,
  channels: null,
}
