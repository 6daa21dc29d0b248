import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../../main/core/policy/redact.ts'

const redactor = createRedactor()

const charsOf = (alphabet: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map(chars => chars.join(''))
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Texts around a secret, as answers, headers, addresses and error messages have them. */
const places: readonly ((secret: string) => string)[] = [
  s => `Authorization: Bearer ${s}`,
  s => `authorization=OAuth ${s}`,
  s => `Cookie: icws=${s}; path=/`,
  s => `set-cookie: a=1, sid=${s}`,
  s => `{"access_token":"${s}","expires_in":3600}`,
  s => `{"refresh_token" : "${s}"}`,
  s => `client_secret=${s}&grant_type=refresh_token`,
  s => `<Refresh_Token>${s}</Refresh_Token>`,
  s => `<a:Password xml:lang="en">${s}</a:Password>`,
  s => `password: ${s}`,
  s => `the csrfToken is csrfToken="${s}"`,
  s => `GET https://host.example/path?code=${s}&x=1 failed`,
  s => `GET https://host.example/cb#access_token=${s}`,
  s => `https://user:${s}@host.example/`,
  s => `https://host.example:8019/icws/${s}/connection`,
]

describe('a secret nobody told it of', () => {
  test('is masked in every place where secrets stand', () => {
    fc.assert(
      fc.property(charsOf(alphanumeric, 8, 60), fc.constantFrom(...places), (secret, place) => {
        expect(redactor.text(place(secret))).not.toContain(secret)
      }),
    )
  })

  test('is masked by its shape anywhere', () => {
    const shaped = fc.oneof(
      charsOf(alphanumeric, 20, 80).map(s => `eyJ${s}.${s}.${s}`),
      charsOf(alphanumeric, 12, 60).map(s => `veeva-vault-${s}`),
      charsOf('0123456789ABCDEF', 40, 80).filter(s => /\d/.test(s)),
      charsOf(`${alphanumeric}-_`, 32, 90).filter(s => /\d/.test(s) && !/^[-_]|[-_]$/.test(s)),
      charsOf(alphanumeric, 48, 90).filter(s => /[a-z]/.test(s) && /[A-Z]/.test(s) && /\d/.test(s)),
    )
    fc.assert(
      fc.property(shaped, secret => {
        expect(redactor.text(`before ${secret} after`)).not.toContain(secret)
        expect(JSON.stringify(redactor.value({ note: [secret] }))).not.toContain(secret)
      }),
    )
  })

  test('is masked under a telling key, whatever it looks like, at any depth', () => {
    const keys = fc.constantFrom(
      'token',
      'refreshToken',
      'client_secret',
      'Password',
      'Set-Cookie',
      'sessionId',
      'iban',
      'pin',
      'userPin',
      'routingNumber',
      'X-ConsumerKey',
    )
    fc.assert(
      fc.property(
        keys,
        charsOf(alphanumeric, 3, 12).filter(s => !/mask/.test(s)),
        (key, secret) => {
          const planted = { a: [{ [key]: secret, [`x-${key}`]: { inner: secret } }] }
          expect(JSON.stringify(redactor.value(planted))).not.toContain(`"${secret}"`)
        },
      ),
    )
  })
})

describe('a secret it was told of', () => {
  test('is masked in every spelling, also inside other words', () => {
    const printable = fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 40 })
    fc.assert(
      fc.property(printable, secret => {
        fc.pre(!'[masked]'.includes(secret) && secret.trim() !== '')
        const knowing = createRedactor()
        knowing.learn(secret)
        const forms = [
          secret,
          encodeURIComponent(secret),
          JSON.stringify(secret).slice(1, -1),
          Buffer.from(secret).toString('base64').replace(/=+$/, ''),
        ]
        for (const form of forms) {
          const masked = knowing.text(`(${form})`)
          expect(masked.replaceAll('[masked]', '')).not.toContain(form)
        }
      }),
    )
  })

  test('is masked in any case, and whichever of its letters were escaped', () => {
    const hexOf = (letter: string) => letter.charCodeAt(0).toString(16)
    const escapes: readonly ((letter: string) => string)[] = [
      letter => letter,
      letter => letter.toUpperCase(),
      letter => letter.toLowerCase(),
      encodeURIComponent,
      letter => `&#${letter.charCodeAt(0)};`,
      letter => `&#x${hexOf(letter).toUpperCase()};`,
      letter => `\\u${hexOf(letter).padStart(4, '0')}`,
      letter =>
        ({ '"': '&quot;', '&': '&amp;', '<': '&lt;', "'": '&apos;', ö: '&ouml;', Ä: '&Auml;' })[letter] ??
        letter,
      letter => (letter === '"' ? '\\"' : letter === '\\' ? '\\\\' : letter),
    ]
    const special = fc.constantFrom(...'"&<\'\\/+=%öÄ漢 !')
    const secret = fc.array(fc.oneof(special, fc.constantFrom(...alphanumeric)), {
      minLength: 4,
      maxLength: 20,
    })
    const plain = (letter: string) => /[a-z0-9]/i.test(letter)
    fc.assert(
      fc.property(secret, fc.infiniteStream(fc.constantFrom(...escapes)), (letters, how) => {
        fc.pre(letters.join('').trim() !== '' && !letters.join('').includes('\\\\'))
        const knowing = createRedactor()
        knowing.learn(letters.join(''))
        // Letters and digits are escaped by nobody, but may come in another case.
        const written = letters.map(letter => {
          const [write = encodeURIComponent] = how.take(1)
          return plain(letter) && write(letter).length > 1 ? letter : write(letter)
        })
        expect(knowing.text(`<${written.join('')}>`)).toBe('<[masked]>')
      }),
    )
  })

  test.each([
    ['a token', 'aB3-_.'.repeat(100)],
    ['a key of several lines', `-----BEGIN KEY-----\n${'MII ö"'.repeat(80)}`],
  ])('%s is masked to its end, however long', (_, secret) => {
    const knowing = createRedactor()
    knowing.learn(secret)
    expect(knowing.text(`before ${secret}`)).toBe('before [masked]')
  })

  test('leaves no tail where another secret begins like it', () => {
    const knowing = createRedactor()
    knowing.learn('hunter2', 'hunter2-and-more')
    expect(knowing.text('x hunter2-and-more y')).toBe('x [masked] y')
  })
})

describe('bank and card data', () => {
  test('digit runs of 12 to 19 are masked, grouped or not, as text and as numbers', () => {
    fc.assert(
      fc.property(
        charsOf('123456789', 12, 19),
        fc.constantFrom('', ' ', '-', '\u00a0', '\u202f', '\u2013'),
        (run, mark) => {
          const grouped = run.replace(/(.{4})(?=.)/g, `$1${mark}`)
          fc.pre(!/^20/.test(run))
          expect(redactor.text(`card ${grouped} used`)).toBe('card [masked] used')
          if (run.length <= 15)
            expect(redactor.value({ account: Number(run) })).toEqual({ account: '[masked]' })
        },
      ),
    )
  })

  test.each(['4111.1111.1111.1111', '3782.822463.10005', '4111.1111.1111.1111.123'])('%s', card => {
    expect(redactor.text(`card ${card} used`)).toBe('card [masked] used')
  })

  test('an IBAN is masked in small letters too, in any groups, and takes no word with it', () => {
    const country = fc.constantFrom('de', 'at', 'Gb', 'fr')
    const account = charsOf('0123456789', 12, 24)
    const marks = fc.constantFrom('', ' ', '\u00a0', '-', '.')
    fc.assert(
      fc.property(country, account, marks, (land, bban, mark) => {
        const numbers = `${bban}${[...land].map(letter => Number.parseInt(letter, 36)).join('')}00`
        const check = String(98n - (BigInt(numbers) % 97n)).padStart(2, '0')
        const iban = `${land}${check}${bban}`.replace(/(.{4})(?=.)/g, `$1${mark}`)
        expect(redactor.text(`to ${iban}.`)).toBe('to [masked].')
      }),
    )
    expect(redactor.text('to de89370400440532013000 used')).toBe('to [masked] used')
    expect(redactor.text('to at61 1904 3002 3457 3201 used for')).toBe('to [masked] used for')
  })

  test.each(['routing 021000021', 'account no. 12345678', 'bankAccountNumber="12345678"', 'pin=1234'])(
    '%s',
    text => expect(redactor.text(text)).not.toMatch(/\d{4}/),
  )

  test('numbers under the keys of banks', () => {
    expect(redactor.value({ routing: 21_000_021, accountNumber: 12_345_678, pin: 1234 })).toEqual({
      routing: '[masked]',
      accountNumber: '[masked]',
      pin: '[masked]',
    })
  })

  test.each(['DE44500105175407324931', 'DE44 5001 0517 5407 3249 31', 'GB29NWBK60161331926819'])(
    '%s',
    iban => {
      expect(redactor.text(`to ${iban}.`)).toBe('to [masked].')
    },
  )
})

describe('facts stay readable', () => {
  test.each([
    'extract_CES_20261101183110.txt',
    'job-0123456789abcdef01234567 completed',
    '/srv/erp/in/2026/November/Standard Accounting Extract',
    'https://www.concursolutions.com/api/expense/extract/v1.0/gWqq$AbC9defGHijk/job',
    '2026-11-01T18:30:02.123Z',
    'Standard Accounting Extract 20261101',
    'proxy 192.168.100.200 at 10.0.0.1:8080',
    'shipping: 1234, mapping=5',
    'ab12 cd34 ef56 7890',
    '1.234.567.890.123,45',
    'start 2026-11-01 18:30:02 end 2026-11-01 18:31:10',
  ])('%s', text => expect(redactor.text(text)).toBe(text))

  test('digests, sizes and instants are no secrets', () => {
    const facts = { sha256: 'a1'.repeat(32), bytes: 123_456_789_012, startedAt: 1_793_557_800_000, rows: 12 }
    expect(redactor.value(facts)).toEqual(facts)
  })

  test('an error keeps its code and loses its secrets, cause included', () => {
    const error = new Error('outer', { cause: new Error('password=hunter2') })
    const masked = JSON.stringify(redactor.value({ error: Object.assign(error, { code: 'timed-out' }) }))
    expect(masked).toContain('timed-out')
    expect(masked).not.toContain('hunter2')
  })
})

test('it ends, whatever it is given', () => {
  const circle: Record<string, unknown> = {}
  circle.again = [circle, circle, circle]
  expect(JSON.stringify(redactor.value(circle)).length).toBeLessThan(100_000)
  const started = performance.now()
  redactor.value({ long: 'token'.repeat(400_000), words: 'a '.repeat(400_000), digits: '1 '.repeat(400_000) })
  expect(performance.now() - started).toBeLessThan(2000)
})
