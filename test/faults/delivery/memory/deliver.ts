import { isEnded } from '../../../../main/core/deliveries/delivery.ts'
import type { Delivery } from '../../../../main/core/deliveries/types.ts'
import type { Destination } from '../../../../preload/contract/types.ts'
import type { Served } from '../../../fakes/deliveries-world.ts'
import { type FakeClock, fakeClock } from '../../../fakes/fake-clock.ts'
import { asked, atRest, type Computer, computerOf, job, startProcess } from './computer.ts'

/** What became of a delivery that was left alone until it had ended. */
export type Outcome = { readonly delivery: Delivery; readonly computer: Computer }

/** Delivers what a server sends into an empty folder. */
export async function deliver(serve: Served, destination: Partial<Destination> = {}): Promise<Outcome> {
  const clock = fakeClock()
  const computer = await computerOf(
    {
      name: '',
      destination,
      serve,
      before: {},
      group: {},
      marker: null,
      kept: {},
      links: true,
      atOnce: false,
    },
    clock,
  )
  const { service, runner } = await startProcess(computer, clock)
  await service.request(job, asked)
  const delivery = await untilEnded(computer, clock)
  await runner.stopAndDrain()
  return { delivery, computer }
}

/** More waits than anything here takes. */
const mostWaits = 100

/** Waits as a delivery asks to, until it has ended or waits for somebody. */
export async function untilEnded(
  computer: Computer,
  clock: FakeClock,
  look: (delivery: Delivery) => void = () => {},
): Promise<Delivery> {
  for (let waits = 0; waits < mostWaits; waits += 1) {
    const delivery = await atRest(computer, clock)
    look(delivery)
    if (isEnded(delivery.state) || delivery.nextAttemptAt === null) return delivery
    await clock.advance(Math.max(delivery.nextAttemptAt - clock.now(), 1))
  }
  throw new Error('It was never delivered')
}
