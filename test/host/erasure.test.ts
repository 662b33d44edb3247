// Searches the bytes of every file for erased data.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { expireLinks } from '../../src/edge/features/links/expire-links.ts'
import { deleteExpiredData } from '../../src/edge/features/links/retention.ts'
import { openSqlite } from '../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import { backupCommand } from '../../src/edge/hosts/node/operations/backup.ts'
import { formMerchant, inWindow } from '../edge/support/cards-shop.ts'
import { eventsUrl, secret } from '../edge/support/events-shop.ts'
import { openGlobalShop } from '../edge/support/portone-shop.ts'
import { start } from '../edge/support/shop.ts'

const dayMs = 86_400_000

/** Every column that the store's README marks as **Buyer**, with a text to search for. */
const personal = {
  'links.buyer_name': 'MARKLINKNAME',
  'links.buyer_tel': 'MARKLINKTEL',
  'links.buyer_addr': 'MARKLINKADDR',
  'links.buyer_email': 'marklinkmail',
  'links.buyer_postcode': 'MARKPOST',
  'links.custom_data': 'MARKDATA',
  'payments.receipt_url': 'MARKRECEIPT',
  'payments.bank': 'MARKBANK',
  'payments.account': 'MARKACCOUNT',
  'payments.holder': 'MARKHOLDER',
  'registrations.card_name': 'MARKCARD',
  'messages.address': 'markmessage',
  'global_links.buyer, customer': 'MARKCUSTOMER',
  'global_links.buyer, billing': 'MARKBILLING',
  'global_links.buyer, shipping': 'MARKSHIPPING',
  'global_links.buyer, notes': 'MARKNOTE',
}

function openMarkedShop(path: string) {
  const database = openSqlite(path)
  const merchant = { ...formMerchant, events_url: eventsUrl, events_secret: secret, embed_origins: [] }
  const shop = openGlobalShop({ database, merchant, env: { RETENTION_DAYS: '10' } })
  shop.iamport.receivers.set(eventsUrl, () => new Response())

  async function fill(orders: number): Promise<void> {
    for (let order = 0; order < orders; order++) {
      const merchant_uid = `order-${order}`
      const size = (most: number) => 'x'.repeat((order * 37) % most)
      const id = await shop.makeLink({
        merchant_uid,
        buyer_name: personal['links.buyer_name'],
        buyer_tel: `${personal['links.buyer_tel']}-${order}`,
        buyer_addr: `${personal['links.buyer_addr']} ${size(100)}`,
        buyer_email: `${personal['links.buyer_email']}@example.com`,
        buyer_postcode: personal['links.buyer_postcode'],
        custom_data: { note: `${personal['links.custom_data']} ${size(1500)}` },
      })
      // Rows that outgrow a full page are moved, which leaves copies behind.
      const payment = shop.iamport.pay({
        imp_uid: `imp_${order}`,
        merchant_uid,
        status: 'ready',
        pay_method: 'vbank',
        paid_at: 0,
        vbank_num: personal['payments.account'],
        vbank_name: personal['payments.bank'],
        vbank_holder: personal['payments.holder'],
        vbank_date: start / 1000 + 1800,
      })
      await shop.settle(id, payment.imp_uid)
      const receipt_url = `https://receipt.example/${personal['payments.receipt_url']}/${size(800)}`
      Object.assign(payment, { status: 'paid', paid_at: start / 1000 + 60, receipt_url })
      await shop.settle(id, payment.imp_uid)
    }
    for (let order = 0; order < orders; order++) {
      const party = (name: string) => ({
        name,
        email_address: 'markmessage@example.com',
        phone_number: '+66812345678',
      })
      const named = (kind: string, name: string) => ({ [`${kind}_name`]: name, [`${kind}_email`]: 'a@b.kr' })
      await shop.makeGlobal({
        merchant_order_id: `global-${order}`,
        customer_details: party(personal['global_links.buyer, customer']),
        billing_details: named('billing', personal['global_links.buyer, billing']),
        shipping_details: named('shipping', personal['global_links.buyer, shipping']),
        notes: [
          {
            key: 'note',
            value: `${personal['global_links.buyer, notes']} ${'x'.repeat((order * 29) % 200)}`,
          },
        ],
      })
    }
    const id = await shop.makeLink({ ...inWindow, merchant_uid: 'card' })
    await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })
    shop.iamport.issue('kim-1', { card_name: personal['registrations.card_name'] })
    await shop.settle(id)
  }

  async function erase(): Promise<void> {
    shop.clock.now += 20 * dayMs
    await expireLinks(shop.deps)
    while (await deleteExpiredData(shop.deps));
  }

  return { ...shop, fill, erase }
}

const found = (paths: string[]) => {
  const bytes = Buffer.concat(paths.map((path) => readFileSync(path)))
  return Object.entries(personal)
    .filter(([, mark]) => bytes.includes(mark))
    .map(([column]) => column)
}

test('data erased after RETENTION_DAYS is in no file and in no later backup', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dari-erasure-'))
  const path = join(folder, 'dari.db')
  const shop = openMarkedShop(path)
  const files = () => readdirSync(folder).map((name) => join(folder, name))
  await shop.fill(60)
  expect(found(files())).toEqual(Object.keys(personal))
  await shop.erase()
  expect(found(files())).toEqual([])
  expect((await shop.asMerchant('GET', '?limit=20')).json.items).toHaveLength(20)
  const backups = join(folder, 'backups')
  expect(await backupCommand(['--from', `file:${path}`, '--to', backups])).toBe(0)
  expect(found(readdirSync(backups).map((name) => join(backups, name)))).toEqual([])
})

test('erased data is overwritten at once, even if the file is not rewritten', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dari-erasure-'))
  const shop = openMarkedShop(join(folder, 'dari.db'))
  const files = () => readdirSync(folder).map((name) => join(folder, name))
  // The file is rewritten once a day at most.
  await deleteExpiredData(shop.deps)
  await shop.fill(1)
  expect(found(files())).toEqual(Object.keys(personal))
  await shop.erase()
  expect(found(files())).toEqual([])
})

test('a backup contains no data that an older version erased without overwriting it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dari-erasure-'))
  const path = join(folder, 'dari.db')
  const older = openMarkedShop(path)
  await older.fill(60)
  older.database.close()
  const database = new DatabaseSync(path)
  database.exec('PRAGMA secure_delete = OFF; UPDATE links SET buyer_name = NULL, custom_data = NULL')
  database.close()
  const columns = ['links.buyer_name', 'links.custom_data']
  expect(found([path])).toEqual(expect.arrayContaining(columns))
  const to = join(folder, 'backup.db')
  expect(await backupCommand(['--from', `file:${path}`, '--to', to])).toBe(0)
  expect(found([to]).filter((column) => columns.includes(column))).toEqual([])
})
