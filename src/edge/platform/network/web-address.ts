/** URLs with a user name or password are refused: they leak credentials and can imitate another host. */
export const holdsCredentials = ({ username, password }: URL): boolean => username !== '' || password !== ''

/** True for an http(s) URL without credentials. */
export function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) && !holdsCredentials(url)
}
