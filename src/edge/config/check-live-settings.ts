// Pure: what a live server refuses to start with, because strangers could read along or act for the merchant.
import { isLocalHost, isLoopbackHost } from '../platform/network/local-host.ts'

export interface LiveSettings {
  publicUrl: string
  edgeUrl: string
  iamportApiUrl: string
  iamportSdkUrl: string
  messages: { mail: { by: 'smtp' } | { by: 'api'; url: string } | null; sms: { url: string } | null }
  linkAuth: 'required' | 'open'
  merchants: readonly { card_form?: boolean | undefined }[]
}

/** @param openToAll the setting LINK_AUTH_OPEN_TO_ALL */
export function checkLiveSettings(settings: LiveSettings, openToAll: boolean): string[] {
  return [...checkEncryption(settings), ...checkLinkAuth(settings, openToAll)]
}

function checkEncryption({ publicUrl, edgeUrl, iamportApiUrl, iamportSdkUrl, ...rest }: LiveSettings) {
  const { messages, merchants } = rest
  const problems: string[] = []
  // EDGE_URL is PUBLIC_URL where it is not set.
  const ours = { PUBLIC_URL: publicUrl, ...(edgeUrl !== publicUrl && { EDGE_URL: edgeUrl }) }
  for (const [name, url] of Object.entries(ours))
    if (!isEncrypted(url) && !isLocalHost(new URL(url).hostname))
      problems.push(`${name} must be https: http is for this computer and private networks`)
  const theirs = {
    IAMPORT_API_URL: iamportApiUrl,
    // Root-relative: as safe as the page.
    IAMPORT_SDK_URL: iamportSdkUrl.startsWith('/') ? undefined : iamportSdkUrl,
    MAIL_API_URL: messages.mail?.by === 'api' ? messages.mail.url : undefined,
    SOLAPI_API_URL: messages.sms?.url,
  }
  for (const [name, url] of Object.entries(theirs))
    if (url && !isEncrypted(url) && !isLoopbackHost(new URL(url).hostname))
      problems.push(`${name} must be https: http is for this computer alone`)
  const isTyped = merchants.some(({ card_form }) => card_form)
  if (
    isTyped &&
    problems.length === 0 &&
    !isEncrypted(publicUrl) &&
    !isLoopbackHost(new URL(publicUrl).hostname)
  )
    problems.push('PUBLIC_URL must be https: card_form has cards typed into its pages')
  return problems
}

/**
 * Page and API share one port: whoever opens a link can make one, too, and replace the link of an order by a cheaper
 * one. With `card_form` they could also try stolen cards in the merchant's name, for which there is no honest use.
 */
function checkLinkAuth({ linkAuth, merchants, publicUrl, edgeUrl }: LiveSettings, openToAll: boolean) {
  if (linkAuth !== 'open') return []
  if (merchants.some(({ card_form }) => card_form))
    return ['LINK_AUTH must be required where a merchant has card_form: anybody could try out cards']
  if (openToAll || [publicUrl, edgeUrl].every((url) => isLocalHost(new URL(url).hostname))) return []
  return [
    'LINK_AUTH=open lets everybody who reaches the page make links, and replace one by a cheaper one: remove it; if that is meant, or the proxy in front keeps strangers from /api/, set LINK_AUTH_OPEN_TO_ALL=true',
  ]
}

const isEncrypted = (url: string) => url.startsWith('https:')
