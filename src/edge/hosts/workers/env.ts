// Reads Cloudflare's bindings: settings as text, the database as an object. Each problem is one line naming a binding.
import { type Env, parseSettings, type Settings } from '../../config/settings.ts'
import type { D1 } from './d1.ts'

export type Bindings = Record<string, unknown>

export type ReadBindingsResult = { ok: true; settings: Settings; d1: D1 } | { ok: false; problems: string[] }

/** @param sandbox allows a worker without a merchant, which uses the sandbox's i'mport */
export function readBindings(bindings: Bindings, sandbox: boolean): ReadBindingsResult {
  const texts: Env = Object.fromEntries(
    Object.entries(bindings).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
  const problems: string[] = []
  const d1 = bindings.DB
  if (!isD1(d1)) problems.push('DB is missing: the worker needs a D1 database bound by this name')
  if (texts.MERCHANTS_FILE)
    problems.push('MERCHANTS_FILE: there are no files here; MERCHANTS takes the same JSON as text')
  const { MERCHANTS_FILE: _, ...rest } = texts
  const parsed = parseSettings(rest, { randomSecret: '', hasSandbox: sandbox })
  if (!parsed.ok) problems.push(...parsed.problems)
  else problems.push(...checkSettings(parsed.settings, texts, sandbox))
  if (problems.length > 0 || !parsed.ok || !isD1(d1)) return { ok: false, problems }
  return { ok: true, settings: parsed.settings, d1 }
}

function checkSettings({ messages }: Settings, texts: Env, sandbox: boolean): string[] {
  const problems: string[] = []
  if (!sandbox && !texts.PUBLIC_URL)
    problems.push('PUBLIC_URL is missing: the address that customers open, like https://pay.example.com')
  if (messages.mail?.by === 'smtp')
    problems.push('SMTP_URL: there is no SMTP here; e-mail goes out by MAIL_API_KEY')
  return problems
}

function isD1(value: unknown): value is D1 {
  return typeof (value as Partial<D1> | undefined)?.prepare === 'function'
}
