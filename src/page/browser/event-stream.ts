import { type LinkView, parseLinkView } from '../../contract/links/link-view.ts'

/**
 * Subscribes to the edge's server-sent events for a link. The browser reconnects by itself.
 * @param onView also proves that no proxy buffers the stream
 * @param onError `final` if the browser has given up
 * @returns a function that closes the stream
 */
export function openStream(
  url: string,
  onView: (view: LinkView) => void,
  onError: (final: boolean) => void,
  parse: (data: unknown) => LinkView | undefined = parseLinkView,
): () => void {
  const source = new EventSource(url)
  source.addEventListener('view', ({ data }) => {
    const view = parse(JSON.parse(data))
    if (view) onView(view)
  })
  source.onerror = () => onError(source.readyState === 2)
  return () => source.close()
}
