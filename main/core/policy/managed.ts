/**
 * What IT has decided for this computer (docs/policy.md): read strictly, and where a part of it cannot be read, that
 * part is as strict as it can be, since nobody knows what it was to forbid.
 */
import { z } from 'zod'
import type { ConnectionsService } from '../desk.ts'
import { AppError } from '../errors.ts'
import type { Http, ManagedPolicy, Policy } from '../ports.ts'
import { isLoopback, isWithinDomain, parseUrl } from './url.ts'

/** A computer on which nothing was decided. */
export const unmanaged: ManagedPolicy = {
  settings: {},
  allowedHosts: null,
  practice: true,
  connections: 'changeable',
  updates: { channel: null, url: null },
  unreadable: [],
}

/** A host by its name, or all below a domain: `*.example.com`. */
const host = z.string().regex(/^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/)

const updates = z.union([
  z.literal('off'),
  z.strictObject({
    channel: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/)
      .nullable()
      .default(null),
    url: z.string().refine(isUpdateServer).nullable().default(null),
  }),
])

const schema = z.strictObject({
  settings: z.record(z.string(), z.unknown()).default({}).catch({}),
  allowedHosts: z.array(host).nullable().default(null).catch([]),
  practice: z.boolean().default(true).catch(false),
  connections: z.enum(['changeable', 'fixed']).default('changeable').catch('fixed'),
  updates: updates.default(unmanaged.updates).catch('off'),
})
const parts = schema.shape
const isPart = (name: string): name is keyof typeof parts => Object.hasOwn(parts, name)

/** @param document the policy's content; null where there is none */
export function readManaged(document: unknown): ManagedPolicy {
  if (document === null) return unmanaged
  const whole = z.record(z.string(), z.unknown()).safeParse(document)
  if (!whole.success) {
    return {
      settings: {},
      allowedHosts: [],
      practice: false,
      connections: 'fixed',
      updates: 'off',
      unreadable: ['*'],
    }
  }
  const known = Object.entries(whole.data).filter(([name]) => isPart(name))
  const unreadable = Object.entries(whole.data).flatMap(([name, value]) =>
    isPart(name) && parts[name].unwrap().safeParse(value).success ? [] : [name],
  )
  return { ...schema.parse(Object.fromEntries(known)), unreadable }
}

/** By https, and by http from this very computer, where nobody stands between. */
export function isUpdateServer(address: string): boolean {
  const url = parseUrl(address)
  return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))
}

/** The same port, closed to every host that IT did not allow. The simulator on this computer is no host. */
export function allowedHttp(http: Http, policy: Policy): Http {
  return {
    async send(request) {
      if (!mayCall(request.url, await policy.get())) {
        const host = parseUrl(request.url)?.hostname ?? ''
        throw new AppError('forbidden', { facts: { reason: 'managed-host', host, sent: false } })
      }
      return http.send(request)
    },
  }
}

/** Whether IT lets this address be called. */
export function mayCall(
  address: string,
  { allowedHosts, practice }: Pick<ManagedPolicy, 'allowedHosts' | 'practice'>,
): boolean {
  const url = parseUrl(address)
  if (url === null) return false
  if (isLoopback(url) && practice) return true
  if (allowedHosts === null) return true
  return allowedHosts.some(rule =>
    rule.startsWith('*.') ? isWithinDomain(url.hostname, rule.slice(2)) : url.hostname === rule,
  )
}

/** The same service; where IT has fixed the connections, only their sign-ins can be renewed. */
export function managedConnections(service: ConnectionsService, policy: Policy): ConnectionsService {
  async function changeable(): Promise<void> {
    if ((await policy.get()).connections === 'fixed') throw fixed('managed-connections')
  }
  return {
    ...service,
    async add(input) {
      await changeable()
      if (input.mark === 'practice' && !(await policy.get()).practice) throw fixed('managed-practice')
      return service.add(input)
    },
    async remove(id) {
      await changeable()
      await service.remove(id)
    },
  }
}

const fixed = (reason: string) => new AppError('forbidden', { facts: { reason } })
