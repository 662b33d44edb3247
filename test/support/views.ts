// Reads the live stream as a browser's event source does.
import type { LinkView } from '../../src/contract/links/link-view.ts'

export interface Views {
  /** The next view; rejects if the stream ends before it. */
  next(): Promise<LinkView>
  /** Resolves when the edge ends the stream; drops what still arrives. */
  ended(): Promise<void>
  close(): Promise<void>
}

export function viewsOf(response: Response): Views {
  if (!response.body) throw new Error('there is no stream')
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  return {
    async next() {
      for (;;) {
        const event = /event: view\ndata: (.*)\n\n/.exec(text)
        if (event?.[1]) {
          text = text.slice(event.index + event[0].length)
          return JSON.parse(event[1]) as LinkView
        }
        const { done, value } = await reader.read()
        if (done) throw new Error('the stream has ended')
        text += decoder.decode(value, { stream: true })
      }
    },
    async ended() {
      while (!(await reader.read()).done);
    },
    close: () => reader.cancel(),
  }
}
