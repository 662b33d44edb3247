// Pure: rejects live settings that expose traffic, or let strangers act for the merchant.
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
  // EDGE_URL defaults to PUBLIC_URL: report one problem, not two.
  const ownUrls = { PUBLIC_URL: publicUrl, ...(edgeUrl !== publicUrl && { EDGE_URL: edgeUrl }) }
  for (const [name, url] of Object.entries(ownUrls))
    if (!isEncrypted(url) && !isLocalHost(new URL(url).hostname))
      problems.push(`${name} must be https: http is for this computer and private networks`)
  const upstreamUrls = {
    IAMPORT_API_URL: iamportApiUrl,
    // A root-relative URL is as safe as the page.
    IAMPORT_SDK_URL: iamportSdkUrl.startsWith('/') ? undefined : iamportSdkUrl,
    MAIL_API_URL: messages.mail?.by === 'api' ? messages.mail.url : undefined,
    SOLAPI_API_URL: messages.sms?.url,
  }
  for (const [name, url] of Object.entries(upstreamUrls))
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
 * Page and API share a port, so LINK_AUTH=open lets anyone who can open a link also create one, or replace an order's
 * link by a cheaper one. With `card_form` strangers could also test stolen cards, so that combination is never allowed.
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
