import { readManaged } from '../../core/policy/managed.ts'
import type { Log, ManagedPolicy, Policy } from '../../core/ports.ts'
import { readPolicyDocument } from './policy-document.ts'

/** The policy of this computer, read once: what IT changes holds from the next start on. */
export function openPolicy(
  log: Log,
  read: () => Promise<unknown> = () => readPolicyDocument(process.platform),
): Policy {
  let policy: Promise<ManagedPolicy> | null = null
  return {
    get() {
      policy ??= read().then(document => {
        const managed = readManaged(document)
        if (managed.unreadable.length > 0) {
          log.write('error', 'policy.unreadable', { parts: managed.unreadable })
        }
        return managed
      })
      return policy
    },
  }
}
