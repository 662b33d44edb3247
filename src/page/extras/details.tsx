import type { Party } from '../../contract/links/link-extras.ts'
import type { Bill } from '../../contract/links/link-view.ts'
import { Facts } from '../components/elements/facts.tsx'
import { useSayExtra } from './say.ts'

/** The longer part of the order, folded: a press away, and out of the way of paying. */
export function Details({ bill }: { bill: Bill }) {
  const say = useSayExtra()
  const { customer, billing, shipping, notes = [] } = bill.extras ?? {}
  const same = billing && shipping && JSON.stringify(billing) === JSON.stringify(shipping)
  const parties: [heading: string, party: Party | undefined][] = [
    [say('details.customer'), customer],
    ...(same
      ? [[say('details.both'), billing] as [string, Party]]
      : [
          [say('details.billing'), billing] as [string, Party | undefined],
          [say('details.shipping'), shipping] as [string, Party | undefined],
        ]),
  ]
  const told = parties.filter(([, party]) => party && Object.keys(party).length > 0)
  if (told.length === 0 && notes.length === 0) return null
  return (
    <details class="details">
      <summary>{say('details.more')}</summary>
      {told.map(([heading, party]) => party && <PartyFacts key={heading} heading={heading} party={party} />)}
      {notes.length > 0 && (
        <section>
          <h2>{say('details.notes')}</h2>
          <Facts facts={notes.map(({ key, value }) => [key, value])} />
        </section>
      )}
    </details>
  )
}

function PartyFacts({ heading, party }: { heading: string; party: Party }) {
  const say = useSayExtra()
  const { name, email, phone, address } = party
  return (
    <section>
      <h2>{heading}</h2>
      <Facts
        facts={[
          name !== undefined && [say('party.name'), name],
          phone !== undefined && [say('party.phone'), phone],
          email !== undefined && [say('party.email'), email],
          address !== undefined && [
            say('party.address'),
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
