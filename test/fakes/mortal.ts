import type { JobsWorld } from '../../main/core/jobs/world.ts'

/** What is thrown where the power is cut. Nothing of a process whose power was cut has any effect after it. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut'
}

export type Mortal = {
  readonly world: JobsWorld
  readonly dead: () => boolean
  /** Cuts the power between two steps. */
  readonly kill: () => void
  /** Makes one more call a step of this process. */
  readonly step: <A extends readonly unknown[], R>(
    call: (...args: A) => Promise<R>,
  ) => (...args: A) => Promise<R>
}

/**
 * The world of a process whose power is cut at its n-th step: before that step has any effect, or after its effect
 * and before its answer. The repositories and the system outlive it.
 */
export function mortal(world: JobsWorld, cutAt: number, when: 'before' | 'after'): Mortal {
  let taken = 0
  let isDead = false

  function die(): never {
    isDead = true
    throw new PowerCut(`at step ${taken}, ${when}`)
  }

  function step<A extends readonly unknown[], R>(
    call: (...args: A) => Promise<R>,
  ): (...args: A) => Promise<R> {
    return async (...args) => {
      if (isDead) throw new PowerCut('dead')
      taken += 1
      const cut = taken === cutAt
      if (cut && when === 'before') die()
      const result = await call(...args)
      if (isDead) throw new PowerCut('dead')
      if (cut) die()
      return result
    }
  }

  const { jobs, asks, definitions, connections, leases, sessions, clock } = world
  return {
    dead: () => isDead,
    kill: () => {
      isDead = true
    },
    step,
    world: {
      ...world,
      clock: { now: clock.now, wake: (at, run) => clock.wake(at, () => (isDead ? undefined : run())) },
      events: { publish: event => (isDead ? undefined : world.events.publish(event)) },
      onEnded: job => (isDead ? undefined : world.onEnded(job)),
      jobs: {
        find: step(jobs.find),
        byRemoteId: step(jobs.byRemoteId),
        definitionsOf: step(jobs.definitionsOf),
        ofDefinition: step(jobs.ofDefinition),
        open: step(jobs.open),
        openOf: step(jobs.openOf),
        asking: step(jobs.asking),
        concerned: step(jobs.concerned),
        wantingDelivery: step(jobs.wantingDelivery),
        lastCompleted: step(jobs.lastCompleted),
        save: step(jobs.save),
        usualMs: step(jobs.usualMs),
      },
      asks: {
        claim: step(asks.claim),
        answered: step(asks.answered),
        forget: step(asks.forget),
        of: step(asks.of),
      },
      definitions: {
        all: step(definitions.all),
        ofConnection: step(definitions.ofConnection),
        find: step(definitions.find),
        watched: step(definitions.watched),
        save: step(definitions.save),
      },
      connections: {
        all: step(connections.all),
        find: step(connections.find),
        save: step(connections.save),
      },
      leases: {
        take: step(async name => {
          const lease = await leases.take(name)
          return lease && { lost: lease.lost, release: step(lease.release) }
        }),
      },
      sessions: {
        with: (id, work) =>
          sessions.with(id, (session, system) =>
            work(session, {
              ...system,
              jobs: step((s, definition) => system.jobs(s, definition)),
              start: step((s, definition) => system.start(s, definition)),
            }),
          ),
      },
    },
  }
}
