// What existing clients send is not only taken: it can be paid.
import { desktopOnly, expect, phoneOnly, test } from './support/bridge.ts'

/** As upstream's samples leave them. */
const placeholders = {
  tax_free: '면세공급가액',
  language: 'ko',
  buyer_name: '',
  buyer_tel: '',
  custom_data: 'json_object',
  notice_url: '결제 결과를 받을 url',
}

test(
  'upstream’s sample with direct is paid without a buyer’s name',
  desktopOnly('on a phone the gateway takes the whole tab'),
  async ({ bridge, merchant, page }) => {
    const direct = { pg: 'tosspayments', pay_method: 'card' }
    const link = await merchant.create({ ...placeholders, pay_methods: undefined, direct })
    await page.goto(link.url)
    const frames = page.frameLocator('.imp-dialog iframe:visible, #imp-iframe')
    await frames.getByRole('button', { name: '승인' }).click()
    await bridge.isAt('paid')
  },
)

test(
  'a method without label and gateway is paid through the store’s first channel',
  phoneOnly('the handing over is the same'),
  async ({ bridge, merchant }) => {
    const pay_methods = [{ pay_method: 'trans' }, {}]
    const link = await merchant.create({ ...placeholders, pay_methods })
    await bridge.open(link)
    await bridge.choose('신용카드')
    await bridge.payBy('approve')
    await bridge.isAt('paid')
    expect(await merchant.read(link.id)).toMatchObject({
      status: 'paid',
      method: { key: 'm2' },
      gateway: 'unknown',
    })
  },
)
