import { globalMerchantAt } from '../support/global-merchant.ts'
import { desktopOnly, expect, test } from './support/bridge.ts'

test(
  'a link of the global API opens by its own reference, and is paid',
  desktopOnly('both devices pay alike'),
  async ({ bridge, page, server }) => {
    const merchant = globalMerchantAt(server.url)
    const ref = crypto.randomUUID()
    const link = await merchant.create({ custom_link_ref: ref })
    expect(link.url.endsWith(`/${ref}`)).toBe(true)
    await bridge.open(link, '?lang=en')
    await expect(bridge.main).toContainText('฿2,500.00')
    await expect(page.getByRole('heading', { name: 'PortOne Demo Account' })).toBeVisible()
    await bridge.choose('TrueMoney')
    await bridge.payBy('approve')
    await bridge.isAt('paid')
    await expect(bridge.main).toContainText('฿2,500.00')
    await expect(bridge.main).toContainText('TrueMoney')
    expect(await merchant.read(ref)).toMatchObject({
      status: 'Success',
      payment_method: 'GBPRIMEPAY_TRUEMONEY_WALLET',
    })
  },
)
