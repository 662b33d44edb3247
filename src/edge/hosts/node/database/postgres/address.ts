// Parses DATABASE_URL for PostgreSQL, and names the database without its password.
import { Client } from 'pg'

export type PostgresAddress = { ok: true; url: string; name: string } | { ok: false; problem: string }

const shape = 'must be postgres://user:password@host:port/database'

const escapes = 'where / and @ in a password are %2F and %40'

/** @returns the URL for pg, and a name of server and database without the password */
export function readPostgresAddress(text: string): PostgresAddress {
  if (!/^postgres(ql)?:\/\/[^/?]*\/[^?]/.test(text)) return { ok: false, problem: shape }
  // An unescaped `/` in the password would end the host early, and the rest of the password would be logged as the
  // database's name.
  if (/^[^?]*:\/\/[^/?]*\/[^?]*@/.test(text)) return { ok: false, problem: `${shape}, ${escapes}` }
  try {
    const url = text.includes('uselibpqcompat=true') ? text : withFullVerification(text)
    const { host, port, database } = new Client({ connectionString: url })
    const where = host.startsWith('/') ? `${host}, port ${port}` : `${host}:${port}`
    return { ok: true, url, name: `database "${database}" at ${where}` }
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    return { ok: false, problem: path ? `${path} cannot be read (${code})` : shape }
  }
}

/** pg treats these modes as verify-full but warns that this will change; here they always mean verify-full. */
const withFullVerification = (url: string) =>
  url.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, '$1verify-full')
