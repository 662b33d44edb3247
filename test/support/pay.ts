// Pays like the sandbox's window, without a browser.
export async function payInSandbox(base: string, linkId: string): Promise<void> {
  const post = async (path: string, body: unknown) => {
    const response = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as Record<string, unknown>
  }
  const { params } = await post(`/links/${linkId}/checkout`, { method: 'm1', language: 'ko' })
  const { key } = await post('/sandbox/window/open', {
    user_code: 'imp00000000',
    provider: 'html5_inicis',
    pg_id: 'INIpayTest',
    origin: base,
    data: params,
  })
  const decided = await fetch(`${base}/sandbox/window/${String(key)}`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ act: 'approve' }),
  })
  if (!decided.ok) throw new Error(`the window answered ${decided.status}`)
  await post(`/links/${linkId}/settle`, {})
}
