import type { Channel } from '../channels.ts'
import type { Account, Failure, Request } from './request.ts'
import { unreachable } from './words.ts'

interface Opened {
  windowType: 'IFRAME' | 'POPUP' | 'REDIRECTION'
  url: string
}

/** The newer gateways' way to a window, which passes the channels' frames by. */
export async function prepareNewer(
  base: URL,
  account: Account,
  request: Request,
  channel: Channel,
): Promise<Opened | Failure> {
  const { userCode, tier: tierCode } = account
  const data = { userCode, tierCode, sdkVersion: '1.5.0', ...request.params, channelKey: channel.channel_key }
  try {
    const answer = await fetch(new URL('checkout/api/prepare/v1', base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ data }),
    })
    return await answer.json()
  } catch {
    return { error_code: 'F500', error_msg: unreachable }
  }
}

export function showNewer(url: URL): HTMLIFrameElement {
  const wrapper = document.createElement('div')
  wrapper.id = 'imp-iframe-wrapper'
  const iframe = document.createElement('iframe')
  iframe.id = 'imp-iframe'
  iframe.src = url.href
  wrapper.append(iframe)
  document.body.append(wrapper)
  return iframe
}

export function hideNewer(): void {
  document.getElementById('imp-iframe-wrapper')?.remove()
}
