// Pure: what an address must be before anything of ours leads there.

/** A name or password would go wherever the address goes, and may look like another host. */
export const holdsCredentials = ({ username, password }: URL): boolean => username !== '' || password !== ''

export function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) && !holdsCredentials(url)
}
