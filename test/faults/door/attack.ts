/** JSON schema of a call's arguments, as far as zod writes it. */
export type Shape = {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly prefixItems?: readonly Shape[]
  readonly items?: Shape | readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Shape
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

export type Attack = {
  readonly domain: string
  readonly call: string
  readonly shape: Shape
  /** Ids that exist, so that some payloads come as far as their handler. */
  readonly ids: readonly string[]
  /** What no answer may carry: secrets, and in errors paths of the computer. */
  readonly secrets: readonly string[]
  readonly paths: readonly string[]
  readonly codes: readonly string[]
  readonly seed: number
  readonly count: number
}

export type AttackReport = {
  readonly tried: number
  /** How often each code was answered, `ok` among them. */
  readonly answers: Readonly<Record<string, number>>
  readonly faults: readonly { readonly kind: 'unanswered' | 'uncoded' | 'leaked'; readonly what: string }[]
}

/**
 * Runs in the page, whole: calls one function of the bridge with payloads that are valid, nearly valid, or nothing of
 * the kind. Of an answer it wants that it comes, has a known code, and gives nothing away.
 */
export async function attack(plan: Attack): Promise<AttackReport> {
  const ANSWER_WITHIN_MS = 60_000
  const AT_ONCE = 50
  let state = plan.seed >>> 0
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(random() * limit)
  const one = <T>(all: readonly T[]): T => all[below(all.length)] as T

  const texts = [
    ...['', ' ', '0', '-1', 'null', '__proto__', 'constructor', 'toString', 'd-1', 'ünï', '\u0000', '\ud800'],
    ...['../../etc/passwd', '..\\..\\win.ini', '%2e%2e%2f', '/etc/passwd', '/dev/zero', '/proc/self/mem'],
    ...['C:\\Windows\\win.ini', '\\\\server\\share\\x', '\\\\?\\C:\\x', 'NUL', 'a/../../b', '~root', '.'],
    ...['file:///etc/passwd', 'http://127.0.0.1:1/', 'https://example.invalid/', 'javascript:alert(1)'],
    ...['https://user:pass@example.invalid', 'app://desk/', 'data:text/html,x', 'https://[::1]:0/'],
    ...[
      "'; DROP TABLE jobs; --",
      '"',
      '{"a":1}',
      '<script>1</script>',
      '\u202e\u2066',
      '{start:yyyy}',
      '{{x}}',
    ],
  ]
  const text = (): string => {
    const kind = below(20)
    if (kind < 8 && plan.ids.length > 0) return one(plan.ids)
    if (kind === 19) return one(texts).repeat(below(5_000))
    return one(texts)
  }
  const deep = (depth: number): unknown => {
    let value: unknown = 1
    for (let n = 0; n < depth; n += 1) value = n % 2 ? [value] : { a: value }
    return value
  }
  const round = (): unknown => {
    const value: Record<string, unknown> = {}
    value.self = value
    return value
  }
  const junk = (): unknown =>
    one<() => unknown>([
      () => null,
      () => undefined,
      () => one([Number.NaN, Number.POSITIVE_INFINITY, -0, -1, 1e308, 2 ** 53, 0.1]),
      () => random() < 0.5,
      () => BigInt(below(10)) ** 40n,
      () => new Date(Number.NaN),
      () => /x/g,
      () => new Map([['__proto__', 1]]),
      () => new Set([1]),
      () => new ArrayBuffer(below(4_096)),
      () => new Float64Array(below(64)),
      () => new Error('thrown by hand'),
      () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
      () => Object.fromEntries(['then', 'toJSON', 'length', text()].map(key => [key, text()])),
      () => Object.assign([], { length: 50_000 }),
      () => Array.from({ length: below(500) }, () => null),
      () => deep(below(200)),
      () => round(),
      () => () => 'called',
      () => Symbol('x'),
      () => new Proxy({}, {}),
      () => new Blob(['x']),
      () => 'x'.repeat(below(50) === 0 ? 2_000_000 : 10_000),
      text,
      text,
      () => [text(), text()],
    ])()

  const valid = (shape: Shape, depth = 0): unknown => {
    if (shape.const !== undefined) return shape.const
    if (shape.enum) return one(shape.enum)
    const choice = shape.anyOf ?? shape.oneOf
    if (choice) return valid(one(choice), depth)
    switch (shape.type) {
      case 'string':
        return text().slice(0, shape.maxLength)
      case 'integer':
        return Math.max(shape.minimum ?? -10, Math.min(shape.maximum ?? 1e6, below(300) - 10))
      case 'number':
        return random() * 1_000
      case 'boolean':
        return random() < 0.5
      case 'null':
        return null
      case 'array': {
        const places = shape.prefixItems ?? (Array.isArray(shape.items) ? shape.items : null)
        if (places) return places.map(place => valid(place, depth + 1))
        const items = shape.items as Shape | undefined
        return Array.from({ length: below(4) }, () => (items ? valid(items, depth + 1) : junk()))
      }
      case 'object': {
        const made: Record<string, unknown> = {}
        for (const [key, of] of Object.entries(shape.properties ?? {}))
          if (shape.required?.includes(key) || random() < 0.5) made[key] = valid(of, depth + 1)
        const more = shape.additionalProperties
        if (typeof more === 'object') made[text().slice(0, 100) || 'x'] = valid(more, depth + 1)
        return made
      }
      default:
        return depth > 4 ? text() : junk()
    }
  }
  const bent = (value: unknown): unknown => {
    if (random() < 0.25 || value === null || typeof value !== 'object') return junk()
    const keys = Object.keys(value)
    const key = keys.length === 0 || random() < 0.1 ? one(['__proto__', 'extra', '0']) : one(keys)
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value }
    if (random() < 0.2) Reflect.deleteProperty(copy, key)
    else {
      const changed = bent(Reflect.get(copy, key))
      Object.defineProperty(copy, key, {
        ...{ value: changed, enumerable: true, configurable: true, writable: true },
      })
    }
    return copy
  }
  const payload = (): readonly unknown[] => {
    const kind = random()
    if (kind < 0.35) return valid(plan.shape) as unknown[]
    if (kind < 0.75) {
      const changed = bent(valid(plan.shape))
      return Array.isArray(changed) && changed.length < 1_000 ? changed : [changed]
    }
    return Array.from({ length: below(random() < 0.05 ? 200 : 6) }, junk)
  }

  const answers: Record<string, number> = {}
  const faults: { kind: 'unanswered' | 'uncoded' | 'leaked'; what: string }[] = []
  const short = (value: unknown): string => {
    try {
      return (JSON.stringify(value) ?? String(value)).slice(0, 300)
    } catch {
      return Object.prototype.toString.call(value)
    }
  }
  const judge = (answer: unknown, args: readonly unknown[], sendable: boolean): void => {
    const { ok, error } = (answer ?? {}) as { ok?: unknown; error?: { code?: unknown } }
    const code = ok === true ? 'ok' : String(error?.code)
    answers[code] = (answers[code] ?? 0) + 1
    const known = ok === true || plan.codes.includes(code)
    // What cannot be sent at all is answered by the bridge itself, which knows no other code.
    if (!known || (code === 'internal' && sendable))
      faults.push({ kind: 'uncoded', what: `${short(answer)} to ${short(args)}` })
    const said = JSON.stringify(answer) ?? ''
    const given = short(args)
    const leaks = [...plan.secrets, ...(ok === true ? [] : plan.paths)].filter(
      one => said.includes(one) && !given.includes(one),
    )
    if (leaks.length > 0) faults.push({ kind: 'leaked', what: `${leaks.join(', ')} to ${given}` })
  }

  const { desk } = window as unknown as {
    desk: Record<string, Record<string, (...args: readonly unknown[]) => Promise<unknown>>>
  }
  const run = desk[plan.domain]?.[plan.call]
  if (run === undefined) throw new Error(`The bridge has no ${plan.domain}.${plan.call}`)
  const fire = async (args: readonly unknown[]): Promise<void> => {
    let sendable = true
    try {
      structuredClone(args)
    } catch {
      sendable = false
    }
    const late = Symbol('late')
    let timer = 0
    try {
      const answer = await Promise.race([
        run(...args),
        new Promise<typeof late>(resolve => {
          timer = window.setTimeout(() => resolve(late), ANSWER_WITHIN_MS)
        }),
      ])
      if (answer === late) faults.push({ kind: 'unanswered', what: short(args) })
      else judge(answer, args, sendable)
    } catch (error) {
      // The bridge takes no symbols and nothing that is too deep: it throws before anything is sent.
      answers.thrown = (answers.thrown ?? 0) + 1
      if (sendable && !/recursion|too deep|cyclic|cloned|object/i.test(String(error)))
        faults.push({ kind: 'uncoded', what: `${error} to ${short(args)}` })
    } finally {
      window.clearTimeout(timer)
    }
  }
  for (let sent = 0; sent < plan.count; sent += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, plan.count - sent) }, () => fire(payload())))
  return { tried: plan.count, answers, faults }
}
