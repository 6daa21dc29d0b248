import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../main/core/errors.ts'
import { type RemoteId, remoteId } from '../../../../main/core/ids.ts'
import {
  definitionIdOf,
  definitionPath,
  jobIdOf,
  jobPath,
} from '../../../../main/core/systems/concur/addresses.ts'
import {
  readDefinition,
  readDefinitions,
  readJob,
  readJobs,
  readStartedJob,
  readTime,
} from '../../../../main/core/systems/concur/transform.ts'
import { saidIn } from '../../../../main/core/systems/said.ts'

const runs = { numRuns: 2500 }

const names = fc.constantFrom(
  'definitions',
  'definition',
  'jobs',
  'job',
  'id',
  'status',
  'start-time',
  'file-link',
  'Error',
  'x',
)
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '&amp;',
    '&#0;',
    '&#x110000;',
    ']]>',
    '<![CDATA[',
    '<!--',
    '<!DOCTYPE',
    '\u00a0',
    '\u00c2 ',
    '>',
    '__proto__',
  ),
  fc.constant('https://www.concursolutions.com:443/api/expense/extract/v1.0/a$b/job/c$d'),
)
/** Something like an answer: elements nested and closed as they should be, or almost. */
const markup = fc.letrec<{ node: string }>(tie => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc
      .tuple(
        names,
        fc.array(tie('node'), { maxLength: 4 }),
        fc.constantFrom('', ' xmlns="..."', ' i:nil="true"'),
        fc.boolean(),
      )
      .map(
        ([name, inside, attributes, closed]) =>
          `<${name}${attributes}>${inside.join('')}${closed ? `</${name}>` : ''}`,
      ),
  ),
})).node
const json = fc.oneof(
  fc.json(),
  fc
    .array(
      fc.dictionary(
        fc.oneof(names, fc.constant('__proto__')),
        fc.oneof(text, fc.integer(), fc.constant(null)),
        { noNullPrototype: true },
      ),
    )
    .map(value => JSON.stringify(value)),
)
const anything = fc.oneof(
  text,
  markup,
  json,
  fc.tuple(markup, markup).map(parts => parts.join('')),
)

const readers = {
  readDefinitions,
  readDefinition,
  readJobs,
  readJob: (answer: string) => readJob(answer, remoteId('a')),
  readStartedJob: (answer: string) => readStartedJob(answer, answer),
}

describe('whatever comes, a reader answers or throws an error with a known code', () => {
  test.each(Object.entries(readers))('%s', (_name, read) => {
    fc.assert(
      fc.property(anything, answer => {
        try {
          read(answer)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          expect(error).toMatchObject({ code: 'answer-not-understood' })
        }
      }),
      runs,
    )
  })

  test('[concur:1.6.html] words are found in any body, or none', () => {
    fc.assert(
      fc.property(anything, body => {
        expect(saidIn(body)).not.toMatch(/\p{Cc}/u)
      }),
      runs,
    )
  })
})

const id = fc
  .string({ unit: fc.constantFrom(..."abcXYZ019$_-~!*'()+,;=@."), minLength: 1, maxLength: 40 })
  .filter(one => !/^\.+$/.test(one))
const host = fc.constantFrom(
  'www.concursolutions.com',
  'www.concursolutions.com:443',
  'eu2.api.concursolutions.com',
  'evil.example',
)
const root = fc.constantFrom('/api/expense/extract/v1.0', '/api/extract/v1.0')
const around = fc
  .array(fc.constantFrom(' ', '\n', '\u00a0', '\u00c2\u00a0', '\u00c2 '), { maxLength: 3 })
  .map(all => all.join(''))
const tail = fc.constantFrom('', '/status', '/file', '/', '?a=b', '>', '/status>')

test('an id is the same in every spelling, and its own address leads back to it', () => {
  fc.assert(
    fc.property(
      id,
      id,
      host,
      root,
      around,
      around,
      tail,
      fc.boolean(),
      (definition, job, at, path, before, after, end, encoded) => {
        const spelled = (one: string) => (encoded ? encodeURIComponent(one) : one)
        const uri = `${before}https://${at}${path}/${spelled(definition)}/job/${spelled(job)}${end}${after}`
        expect(definitionIdOf(uri)).toBe(definition)
        expect(jobIdOf(uri)).toBe(job)
        const own = `https://www-us2.api.concursolutions.com${jobPath(remoteId(definition), remoteId(job))}`
        expect(definitionIdOf(own)).toBe(definition)
        expect(jobIdOf(own)).toBe(job)
      },
    ),
    runs,
  )
})

test('no id leaves the path of the service', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), any => {
      let path: string
      try {
        path = definitionPath(any as RemoteId)
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad-input' })
        return
      }
      expect(new URL(path, 'https://host.example').pathname).toMatch(
        /^\/api\/expense\/extract\/v1\.0\/[^/]+$/,
      )
    }),
    runs,
  )
})

test('a time with a zone or without is the instant that it names', () => {
  const instants = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(instants, fc.constantFrom('', 'Z'), fc.constantFrom(0, 2, 3), (date, zone, digits) => {
      const iso = date.toISOString()
      const raw = iso.slice(0, digits === 0 ? 19 : 20 + digits) + zone
      const at = Date.parse(`${raw.replace('Z', '')}Z`)
      expect(readTime(raw)).toEqual({ raw, at, zoneAssumed: zone === '' })
    }),
    runs,
  )
})
