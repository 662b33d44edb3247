import type { Party } from '../../contract/links/link-extras.ts'
import type { Bill } from '../../contract/links/link-view.ts'
import { Facts } from '../components/elements/facts.tsx'
import { useTranslateExtra } from './translate-extra.ts'

/** Order details, collapsed to keep the button near. */
export function Details({ bill }: { bill: Bill }) {
  const t = useTranslateExtra()
  const { customer, billing, shipping, notes = [] } = bill.extras ?? {}
  const same = billing && shipping && JSON.stringify(billing) === JSON.stringify(shipping)
  const parties: [heading: string, party: Party | undefined][] = [
    [t('details.customer'), customer],
    ...(same
      ? [[t('details.both'), billing] as [string, Party]]
      : [
          [t('details.billing'), billing] as [string, Party | undefined],
          [t('details.shipping'), shipping] as [string, Party | undefined],
        ]),
  ]
  const shownParties = parties.filter(([, party]) => party && Object.keys(party).length > 0)
  if (shownParties.length === 0 && notes.length === 0) return null
  return (
    <details class="details">
      <summary>{t('details.more')}</summary>
      {shownParties.map(
        ([heading, party]) => party && <PartyFacts key={heading} heading={heading} party={party} />,
      )}
      {notes.length > 0 && (
        <section>
          <h2>{t('details.notes')}</h2>
          <Facts facts={notes.map(({ key, value }) => [key, value])} />
        </section>
      )}
    </details>
  )
}

function PartyFacts({ heading, party }: { heading: string; party: Party }) {
  const t = useTranslateExtra()
  const { name, email, phone, address } = party
  return (
    <section>
      <h2>{heading}</h2>
      <Facts
        facts={[
          name !== undefined && [t('party.name'), name],
          phone !== undefined && [t('party.phone'), phone],
          email !== undefined && [t('party.email'), email],
          address !== undefined && [
            t('party.address'),
            address.map((line) => (
              <span key={line} class="line">
                {line}
              </span>
            )),
          ],
        ]}
      />
    </section>
  )
}
