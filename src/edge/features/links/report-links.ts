import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import { type LinkReport, reportLink } from './report-link.ts'

/** Reports of links, in the given order. */
export async function reportLinks(
  { store, settings, now }: AppContext,
  links: Link[],
): Promise<LinkReport[]> {
  const ids = links.map(({ id }) => id)
  const history = Map.groupBy(await store.readHistory(ids), ({ link_id }) => link_id)
  const unkept = await store.readRejectedPayments(ids)
  const rejected = Map.groupBy(unkept.rejected, ({ link_id }) => link_id)
  const foreign = Map.groupBy(unkept.foreign, ({ link_id }) => link_id)
  const at = now()
  return links.map((link) => {
    const stored = {
      history: history.get(link.id) ?? [],
      rejected: rejected.get(link.id) ?? [],
      foreign: foreign.get(link.id) ?? [],
    }
    return reportLink(link, stored, settings.publicUrl, at)
  })
}
