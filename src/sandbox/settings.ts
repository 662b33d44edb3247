/** What a test or a demo can bend. */
export interface Settings {
  /** when notices leave, relative to the browser's return */
  notice: 'before' | 'after' | 'never' | 'twice'
  rest: 'up' | 'down' | 'slow' | 'broken'
  sdk: 'up' | 'down'
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
  confirm: 'on',
  amount: null,
  channels: null,
}
