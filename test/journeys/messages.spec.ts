// The sandbox's page of messages with e-mails in it: both languages, both themes, no violation.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { previewRoute } from '../../src/edge/features/messages/preview-route.ts'
import { fillShelf } from '../messages/filled-preview.ts'
import { expect, phoneOnly, test } from './support/bridge.ts'

test(
  'the sandbox shows the messages it would have sent',
  phoneOnly('the same page on any screen'),
  async ({ bridge, page }) => {
    const door = new Hono().route('/messages', previewRoute(await fillShelf(Date.now(), ['link'])))
    const server = serve({
      fetch: async (request) => allowScripts(await door.fetch(request)),
      port: 0,
      hostname: '127.0.0.1',
    })
    await once(server, 'listening')
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`)
    await expect(page.getByRole('heading', { name: '보냈을 메시지' })).toBeVisible()
    const mail = page.frameLocator('iframe').first()
    await expect(mail.getByRole('link', { name: '확인하고 결제하기' })).toBeVisible()
    await bridge.isAccessible(['ko', 'en'], { frames: true })
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(beyond).toBe(0)
    server.close()
  },
)

/** axe looks into frames by a script, which an e-mail on the shelf may not run. */
async function allowScripts(response: Response): Promise<Response> {
  const headers = new Headers(response.headers)
  const policy = headers.get('content-security-policy')?.replace(/; sandbox.*/, '')
  if (policy) headers.set('content-security-policy', policy)
  return new Response((await response.text()).replace(/ sandbox="[^"]*"/g, ''), {
    status: response.status,
    headers,
  })
}
