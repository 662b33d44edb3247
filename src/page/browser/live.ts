import { type LinkView, parseLinkView } from '../../contract/links/link-view.ts'

/**
 * The edge's stream of a link. The browser connects anew by itself after the pause that the edge names.
 * @param told with the view; that it comes at all says that no proxy holds the stream back
 * @param cut with true where the browser has given up
 * @param read understands what is told
 * @returns how to close it
 */
export function openStream(
  url: string,
  told: (view: LinkView) => void,
  cut: (final: boolean) => void,
  read: (data: unknown) => LinkView | undefined = parseLinkView,
): () => void {
  const source = new EventSource(url)
  source.addEventListener('view', ({ data }) => {
    const view = read(JSON.parse(data))
    if (view) told(view)
  })
  source.onerror = () => cut(source.readyState === 2)
  return () => source.close()
}
