import { expect, onTestFinished, test, vi } from 'vitest'
import { startTimers } from '../../src/edge/hosts/node/server/timers.ts'
import { openShop } from '../edge/support/shop.ts'

test('a stopping server sends i’mport no more inquiries, however many are due', async () => {
  const shop = openShop()
  for (let order = 0; order < 30; order++) {
    const id = await shop.makeLink({ merchant_uid: `order-${order}` })
    await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })
  }
  shop.clock.now += 60_000
  const held: (() => void)[] = []
  shop.iamport.state.instead = async ({ pathname }) => {
    if (pathname.startsWith('/payments/findAll'))
      await new Promise<void>((resolve) => void held.push(resolve))
    return undefined
  }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const timers = startTimers(shop.deps)
  vi.advanceTimersByTime(5_000)
  vi.useRealTimers()
  await vi.waitFor(() => expect(held).toHaveLength(1), { interval: 1 })
  const ended = timers.stop()
  held[0]?.()
  await ended
  expect(held).toHaveLength(1)
})
