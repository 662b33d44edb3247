/** Whether a round of work that is done by the clock may begin one thing more. */
export type GoOn = () => boolean

export const always: GoOn = () => true
