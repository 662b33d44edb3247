// The parts of the Workers host, one by one.
import { sql } from 'kysely'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { runJobs } from '../../src/edge/hosts/workers/cron.ts'
import { type D1, openD1 } from '../../src/edge/hosts/workers/d1.ts'
import { readBindings } from '../../src/edge/hosts/workers/env.ts'
import { createWorkersSafeFetch, plainFetch } from '../../src/edge/hosts/workers/safe-fetch.ts'
import { AddressRejected } from '../../src/edge/platform/network/safe-fetch.ts'
import { DatabaseUnavailable } from '../../src/edge/platform/ports/database.ts'
import { queries } from '../../src/edge/store/sql/tables.ts'
import { openEventsShop, paid } from '../edge/support/events-shop.ts'

const query = sql`select 1`.compile(queries)

function failing(message: string): D1 {
  const fail = () => Promise.reject(new Error(message))
  const statement = { bind: () => statement, all: fail }
  return { prepare: () => statement, batch: fail }
}

describe('an error of D1', () => {
  test.each([
    'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
    'D1_ERROR: D1 DB is overloaded. Too many requests queued.',
    'D1_ERROR: Network connection lost.',
    'D1_ERROR: D1 DB reset because its code was updated.',
    'D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.',
    'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.',
    'D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.',
    "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.",
    'Too many API requests by single worker invocation.',
  ])('that is transient counts as unavailable, without further details: %s', async (message) => {
    const database = openD1(failing(message))
    await expect(database.all(query)).rejects.toBeInstanceOf(DatabaseUnavailable)
    await expect(database.batch([query])).rejects.toBeInstanceOf(DatabaseUnavailable)
  })
  test.each([
    'D1_ERROR: UNIQUE constraint failed: links.id: SQLITE_CONSTRAINT',
    'D1_ERROR: no such column: overload: SQLITE_ERROR',
    'D1_TYPE_ERROR: Type undefined not supported for value undefined',
  ])('from a refused statement is a bug: %s', async (message) => {
    const failed = openD1(failing(message)).batch([query])
    await expect(failed).rejects.toThrow(message)
    await expect(failed).rejects.not.toBeInstanceOf(DatabaseUnavailable)
  })
})

describe('the bindings of a worker', () => {
  const d1 = failing('')
  const live = {
    DB: d1,
    PUBLIC_URL: 'https://pay.example',
    TOKEN_SECRET: 's'.repeat(32),
    IMP_USER_CODE: 'imp1',
    IMP_KEY: 'k',
    IMP_SECRET: 's',
  }
  test('parse as a live server’s settings', () => {
    expect(readBindings(live, false)).toMatchObject({ ok: true, settings: { sandbox: false }, d1 })
  })
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a database', { DB: undefined }, /^DB is missing/],
    ['a database that is text', { DB: 'postgres://db' }, /^DB is missing/],
    ['a file of merchants', { MERCHANTS_FILE: 'm.json' }, /^MERCHANTS_FILE: there are no files here/],
    ['SMTP', { SMTP_URL: 'smtp://mail:25', MAIL_FROM: 'a@b.kr' }, /^SMTP_URL: there is no SMTP here/],
    ['a merchant', { IMP_USER_CODE: '', IMP_KEY: '', IMP_SECRET: '' }, /^no merchant is set/],
    ['an address', { PUBLIC_URL: undefined }, /^PUBLIC_URL is missing/],
  ])('without or with an unsupported %s fail with one line that names it', (_, change, line) => {
    const read = readBindings({ ...live, ...change }, false)
    expect(read).toEqual({ ok: false, problems: [expect.stringMatching(line)] })
  })
})

describe('outgoing requests', () => {
  afterEach(() => vi.unstubAllGlobals())
  const answering = (answer: () => Response) => {
    const asked = vi.fn(async (_: unknown, _init?: RequestInit) => answer())
    vi.stubGlobal('fetch', asked)
    return asked
  }
  test.each([
    'http://10.0.0.1/',
    'http://[::1]/',
    'http://127.1/',
    'http://localhost:3000/',
    'ftp://shop.example/',
  ])('are not sent to a merchant’s URL with a private address: %s', async (address) => {
    const asked = answering(() => new Response())
    await expect(createWorkersSafeFetch({ allowPrivate: false })(address)).rejects.toBeInstanceOf(
      AddressRejected,
    )
    expect(asked).not.toHaveBeenCalled()
  })
  test('follow no redirect', async () => {
    const asked = answering(
      () => new Response(null, { status: 302, headers: { location: 'http://10.0.0.1/' } }),
    )
    const answer = await createWorkersSafeFetch({ allowPrivate: false })('https://shop.example/', {
      redirect: 'follow',
    })
    expect([answer.status, asked.mock.calls[0]?.[1]?.redirect]).toEqual([302, 'manual'])
  })
  test('with redirect = error fail on a redirect, which workerd does not support itself', async () => {
    const asked = answering(() => new Response(null, { status: 307 }))
    await expect(plainFetch('https://api.iamport.kr/', { redirect: 'error' })).rejects.toThrow('redirect')
    expect(asked.mock.calls[0]?.[1]?.redirect).toBe('manual')
  })
})

test('events found by a cron run are delivered within its limits, not by waitUntil', async () => {
  const shop = openEventsShop()
  const id = await shop.makeLink()
  await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })
  shop.iamport.pay(paid)
  shop.clock.now += 60_000
  const beside: Promise<unknown>[] = []
  await runJobs({ ...shop.deps, waitUntil: (work) => void beside.push(work) })
  expect(beside).toEqual([])
  expect(shop.types()).toEqual(['link.paid'])
})
