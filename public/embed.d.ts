// Types of /embed.js, which puts Dari's payment page into a frame of your own page.
// Copy this file to your project, or leave it: the script works without it.

declare namespace Dari {
  /** What the customer sees in the frame. */
  type ResultStatus =
    | 'paid'
    | 'awaiting_deposit'
    | 'declined'
    | 'cancelled'
    | 'rejected'
    | 'refunded'
    | 'disabled'
    | 'expired'
    | 'paid_elsewhere'
    | 'unknown'
    | 'not_found'

  interface OpenOptions {
    /** The link's URL, of a link that was made with `is_checkout_embed`. */
    link: string
    /** What the frame is put into: an element, or a selector of one. */
    into: Element | string
    language?: 'ko' | 'en'
    /**
     * What the customer sees now; may be told more than once. A hint and no proof, because it came through a
     * browser: ask your server for the link's status before anything leaves the house.
     */
    onResult?: (result: { link: string; status: ResultStatus }) => void
    /** Lets the frame show the way on to `success_url`, in the whole tab. Without: your page moves on itself. */
    onward?: boolean
  }

  interface Opened {
    frame: HTMLIFrameElement
    close: () => void
  }
}

declare const Dari: {
  /** @throws when there is nowhere to put the frame, or the link is none */
  open: (options: Dari.OpenOptions) => Dari.Opened
}
