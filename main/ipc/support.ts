import type { Handlers } from './handlers.ts'

export const support: Handlers<'support'> = {
  begin: ({ desk }) => desk.support.begin(),
  collect: ({ desk }, id, kind) => desk.support.collect(id, kind),
  read: ({ desk }, id, kind, from) => desk.support.read(id, kind, from),
  save: async ({ desk, native }, id) => {
    const { name, bytes } = await desk.support.pack(id)
    return native.saveFile(name, bytes)
  },
  leave: ({ desk }, id) => desk.support.leave(id),
}
