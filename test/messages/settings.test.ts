import { describe, expect, test } from 'vitest'
import { formatSender } from '../../src/edge/config/mail-sender.ts'
import { readMessageSettings } from '../../src/edge/config/message-settings.ts'
import { type Env, parseSettings } from '../../src/edge/config/settings.ts'

function read(env: Env) {
  const problems: string[] = []
  return { ...readMessageSettings((name) => env[name], problems), problems }
}

const from = { MAIL_FROM: 'Shop <pay@shop.kr>' }
const solapi = { SOLAPI_API_KEY: 'k', SOLAPI_API_SECRET: 's', SMS_FROM: '02-123-4567' }

test('message settings may be absent, and then nothing is sent', () => {
  expect(read({})).toEqual({ mail: null, sms: null, problems: [] })
})

test.each([
  [
    'smtp://user:p%40ss@mail.shop.kr',
    { host: 'mail.shop.kr', port: 587, secure: false, user: 'user', password: 'p@ss' },
  ],
  ['smtps://mail.shop.kr:2465', { host: 'mail.shop.kr', port: 2465, secure: true, user: '', password: '' }],
  ['smtp://[::1]:25/', { host: '::1', port: 25, secure: false, user: '', password: '' }],
])('SMTP_URL is parsed: %s', (SMTP_URL, server) => {
  const sender = { name: 'Shop', address: 'pay@shop.kr' }
  expect(read({ ...from, SMTP_URL })).toMatchObject({
    mail: { by: 'smtp', from: sender, ...server },
    problems: [],
  })
})

test.each([
  ['pay@shop.kr', 'pay@shop.kr'],
  ['다리 상점 <pay@shop.kr>', '"다리 상점" <pay@shop.kr>'],
  ['"Kim, Lee" <pay@shop.kr>', '"Kim, Lee" <pay@shop.kr>'],
])('MAIL_FROM is parsed: %s', (MAIL_FROM, written) => {
  const { mail } = read({ MAIL_API_KEY: 'k', MAIL_FROM })
  expect(mail && formatSender(mail.from)).toBe(written)
})

test.each([
  ['02-123-4567', '021234567'],
  ['+82 10-1234-5678', '01012345678'],
  ['1588-1234', '15881234'],
])('SMS_FROM is parsed: %s', (SMS_FROM, number) => {
  expect(read({ ...solapi, SMS_FROM })).toMatchObject({
    sms: { from: number, url: 'https://api.solapi.com' },
    problems: [],
  })
})

describe('an invalid message setting stops the start with one line that names it:', () => {
  const smtp = { SMTP_URL: 'smtp://mail.shop.kr' }
  test.each<[Env, RegExp]>([
    [smtp, /^MAIL_FROM must be/],
    [{ ...smtp, MAIL_FROM: 'Shop' }, /^MAIL_FROM must be/],
    [{ ...smtp, MAIL_FROM: 'a@b.kr, c@d.kr' }, /^MAIL_FROM must be/],
    [{ ...smtp, MAIL_FROM: 'Shop\nBcc: x <a@b.kr>' }, /^MAIL_FROM must be/],
    [from, /^MAIL_FROM needs SMTP_URL or MAIL_API_KEY$/],
    [{ ...from, ...smtp, MAIL_API_KEY: 'k' }, /^SMTP_URL and MAIL_API_KEY/],
    [{ ...from, SMTP_URL: 'mail.shop.kr:587' }, /^SMTP_URL must be/],
    [{ ...from, SMTP_URL: 'https://mail.shop.kr' }, /^SMTP_URL must be/],
    [{ ...from, SMTP_URL: 'smtp://u:S3CRET@mail.shop.kr/x' }, /^SMTP_URL must be/],
    [{ ...from, SMTP_URL: 'smtp://u:S3CRET%@mail.shop.kr' }, /^SMTP_URL must be/],
    [{ MAIL_API_URL: 'https://mail.example' }, /^MAIL_API_URL needs MAIL_API_KEY$/],
    [{ ...from, MAIL_API_KEY: 'k', MAIL_API_URL: 'ftp://x' }, /^MAIL_API_URL must be/],
    [{ SMS_FROM: '02-123-4567', SOLAPI_API_KEY: 'k' }, /^SOLAPI_API_SECRET is missing/],
    [{ ...solapi, SMS_FROM: '+1 202 555 0123' }, /^SMS_FROM must be/],
    [{ SOLAPI_API_URL: 'https://sms.example' }, /^SOLAPI_API_URL needs/],
  ])('%j', (env, line) => {
    const { problems } = read(env)
    expect(problems).toEqual([expect.stringMatching(line)])
    expect(problems.join()).not.toContain('S3CRET')
  })
})

test('a sandbox ignores all message settings, so that no message can leave it', () => {
  const parsed = parseSettings(
    { ...from, ...solapi, SMTP_URL: 'smtp://mail.shop.kr', SANDBOX: 'true' },
    { randomSecret: 'r'.repeat(32) },
  )
  expect(parsed.ok && parsed.settings.messages).toEqual({ mail: null, sms: null })
})
