/** Tells open streams that their link has changed, whichever process changed it. */
export interface LinkWatcher {
  /**
   * Calls `changed` after the link has changed, and `ended` once when the streams have to go.
   * @returns how to leave, or nothing when there is no place left
   */
  join(linkId: string, address: string, told: { changed(): void; ended(): void }): (() => void) | undefined
  /** A link has changed here: its streams need not wait until somebody looks. */
  moved(linkId: string): void
}

/** For hosts that cannot hold a stream: the page polls. */
export const noLinkWatcher: LinkWatcher = { join: () => undefined, moved() {} }
