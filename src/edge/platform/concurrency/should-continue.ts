/** Whether a round of work that is done by the clock may begin one thing more. */
export type ShouldContinue = () => boolean

export const always: ShouldContinue = () => true
