import { connectionId } from '../core/ids.ts'
import type { Handlers } from './handlers.ts'

export const doctor: Handlers<'doctor'> = {
  examine: ({ desk, tellDiagnosis }, id) => desk.doctor.examine(connectionId(id), tellDiagnosis),
  stop: ({ desk }, id) => desk.doctor.stop(connectionId(id)),
  last: ({ desk }, id) => desk.doctor.last(connectionId(id)),
  save: async ({ desk, native }, id) => {
    const { name, bytes } = await desk.doctor.report(connectionId(id))
    return native.saveFile(name, bytes)
  },
}
