/** Whether a scheduled job may start another item; false when the host shuts down or runs out of time. */
export type ShouldContinue = () => boolean

export const always: ShouldContinue = () => true
