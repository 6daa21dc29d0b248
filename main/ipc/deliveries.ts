import { deliveryId } from '../core/ids.ts'
import type { Handlers } from './handlers.ts'

export const deliveries: Handlers<'deliveries'> = {
  retry: ({ desk }, id) => desk.deliveries.retry(deliveryId(id)),
  cancel: ({ desk }, id) => desk.deliveries.cancel(deliveryId(id)),
}
