// Several processes on one database, with concurrent requests.
import { expect } from 'vitest'
import { brokenChains, readBooks } from '../support/books.ts'
import { customerAt } from '../support/customer.ts'
import { chanceOf, seedOf } from '../support/random.ts'
import { openReceiver, type Receiver, type Told } from '../support/receiver.ts'
import { raiseStage, type Stage } from '../support/stage.ts'

const idsOf = (told: Told[]) => new Set(told.map(({ id }) => id))

/** 200 concurrent settles over 20 links, each paid twice: keeps 20, refunds 20 and reports each once. */
export async function race(options: { edges: number; database?: string }): Promise<void> {
  const receiver = await openReceiver()
  const stage = await raiseStage({ ...options, eventsUrl: `${receiver.url}/events` })
  try {
    await raceOn(stage, receiver)
  } finally {
    await stage.close()
    await receiver.close()
  }
}

async function raceOn({ gateway, merchant, edges, database }: Stage, receiver: Receiver): Promise<void> {
  const { next, pick } = chanceOf(seedOf('races'))
  const { told } = receiver
  await gateway.control({ notice: 'never' })

  const links = await Promise.all(
    Array.from({ length: 20 }, () => merchant.create({ notice_url: `${receiver.url}/notice` })),
  )
  const settlesPerLink = await Promise.all(
    links.map(async (link) => {
      const { body } = await customerAt(pick(edges).url).checkout(link.id)
      // Both windows were opened before either was approved.
      const keys = [await gateway.open(body.params), await gateway.open(body.params)]
      const paid = await Promise.all(keys.map((key) => gateway.press(key, 'approve')))
      const impUids = [...paid.map(({ imp_uid }) => imp_uid), undefined]
      return Array.from({ length: 10 }, (_, at) => ({ link, imp_uid: impUids[at % impUids.length] }))
    }),
  )
  const settles = settlesPerLink.flat().sort(() => next() - 0.5)
  const answers = await Promise.all(
    settles.map(({ link, imp_uid }, at) =>
      customerAt(edges[at % edges.length]?.url ?? '').settle(link.id, imp_uid),
    ),
  )
  expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  expect(new Set(answers.map(({ body }) => body.status))).toEqual(new Set(['paid']))

  const truth = (await Promise.all(links.map(({ merchant_uid }) => gateway.payments(merchant_uid)))).flat()
  expect(truth.filter(({ status }) => status === 'paid')).toHaveLength(20)
  const returned = truth.filter(({ status }) => status === 'cancelled')
  expect(returned).toHaveLength(20)
  for (const { amount, cancel_amount } of returned) expect(cancel_amount).toBe(amount)

  // Events are sent after the responses; a graceful stop sends the rest.
  const { paths } = (await (await fetch(`${edges[0]?.url}/openapi.json`)).json()) as { paths: object }
  const eventsWanted = Object.keys(paths).some((path) => path.includes('event')) ? 60 : 0
  const notices = () => told.filter(({ path }) => path === '/notice')
  const events = () => told.filter(({ path }) => path === '/events')
  await expect
    .poll(() => [idsOf(notices()).size, idsOf(events()).size], { timeout: 30_000 })
    .toEqual([20, eventsWanted])
  await Promise.all(edges.map((edge) => edge.stop('SIGTERM')))

  const books = await readBooks(database)
  expect(brokenChains(books)).toEqual([])
  expect(books.moves.filter(({ to_status }) => to_status === 'paid')).toHaveLength(20)
  expect(books.payments.filter(({ kept }) => kept === 1)).toHaveLength(20)
  const rejected = books.payments.filter(({ status }) => status === 'rejected')
  expect(rejected.map(({ returned, amount }) => amount - returned)).toEqual(Array(20).fill(0))
  const kept = truth.filter(({ status }) => status === 'paid').map(({ imp_uid }) => imp_uid)
  expect(books.links.map(({ imp_uid }) => imp_uid).sort()).toEqual(kept.sort())

  expect([idsOf(notices()).size, idsOf(events()).size]).toEqual([20, eventsWanted])
  expect(new Set(notices().map(({ body }) => body.imp_uid))).toEqual(new Set(kept))
  expect(notices().every(({ body }) => body.status === 'paid')).toBe(true)
  if (eventsWanted > 0)
    for (const type of ['link.paid', 'link.payment_rejected', 'link.payment_returned'])
      expect(idsOf(events().filter(({ body }) => body.type === type)).size, type).toBe(20)
}
