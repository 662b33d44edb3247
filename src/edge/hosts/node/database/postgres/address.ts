// DATABASE_URL for PostgreSQL: what it says, and in what words it may be spoken of.
import { Client } from 'pg'

export type PostgresAddress = { ok: true; url: string; spoken: string } | { ok: false; problem: string }

const shape = 'must be postgres://user:password@host:port/database'

const escapes = 'where / and @ in a password are %2F and %40'

/** @returns the URL as pg is to read it, and the server and database without the password */
export function readPostgresAddress(given: string): PostgresAddress {
  if (!/^postgres(ql)?:\/\/[^/?]*\/[^?]/.test(given)) return { ok: false, problem: shape }
  // A `/` in the password ends the host's part too early, and what is left of it would be spoken of as the database.
  if (/^[^?]*:\/\/[^/?]*\/[^?]*@/.test(given)) return { ok: false, problem: `${shape}, ${escapes}` }
  try {
    const url = given.includes('uselibpqcompat=true') ? given : checked(given)
    const { host, port, database } = new Client({ connectionString: url })
    const where = host.startsWith('/') ? `${host}, port ${port}` : `${host}:${port}`
    return { ok: true, url, spoken: `database "${database}" at ${where}` }
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    return { ok: false, problem: path ? `${path} cannot be read (${code})` : shape }
  }
}

/** pg holds these modes to verify-full today, and warns that it will not for ever. Here they always mean that. */
const checked = (url: string) =>
  url.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, '$1verify-full')
