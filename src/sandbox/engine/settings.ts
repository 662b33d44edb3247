/** What a test or a demo can bend. */
export interface Settings {
  /** when notices leave, relative to the browser's return */
  notice: 'before' | 'after' | 'never' | 'twice'
  rest: 'up' | 'down' | 'slow' | 'broken'
  sdk: 'up' | 'down'
  /** what the SDK hears when it asks for the store's channels */
  users_pg: 'up' | 'blocked' | 'broken' | 'html' | 'empty' | 'hanging' | 'refused'
  /** the page in a channel's frame */
  frames: 'up' | 'blank' | 'failing'
  /** what the newer path says before any window: a code of upstream's, or a driver that does not come */
  prepare: 'up' | 'F400' | 'F500' | 'F1001' | 'no driver'
  /** where gateways' own scripts come from; null: from here */
  script_origin: string | null
  /** what the next refusal in a window says */
  fail_reason: string | null
  /** whether confirm_url is asked, as upstream does only for stores it was enabled for */
  confirm: 'on' | 'off'
  /** the next approval is for this amount instead of the requested one */
  amount: number | null
  /** gateways whose channels the store has; null: all that there are */
  channels: string[] | null
}

export const ordinarySettings: Readonly<Settings> = {
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
