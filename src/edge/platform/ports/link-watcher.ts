/** Notifies open event streams of changes to their link, made by any process. */
export interface LinkWatcher {
  /**
   * Subscribes a stream. `ended` is called once when the server closes its streams.
   * @returns unsubscribe, or undefined if too many streams are open
   */
  join(
    linkId: string,
    address: string,
    listener: { changed(): void; ended(): void },
  ): (() => void) | undefined
  /** Reports a change made by this process, so that its streams need not wait for the next poll. */
  moved(linkId: string): void
}

/** For hosts without long-lived streams; the page polls instead. */
export const noLinkWatcher: LinkWatcher = { join: () => undefined, moved() {} }
