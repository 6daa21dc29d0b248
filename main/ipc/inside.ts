import type { Handlers } from './handlers.ts'

/** Where a file is, and where a copy goes, is found and asked by main: the window names receipts and views. */
export const inside: Handlers<'inside'> = {
  open: async (services, target, workId) => (await services.inside()).open(target, workId),
  close: async (services, viewId) => (await services.inside()).close(viewId),
  cancel: async (services, workId) => (await services.inside()).cancel(workId),
  index: async (services, viewId, columns, workId) =>
    (await services.inside()).index(viewId, columns, workId),
  rows: async (services, viewId, range) => (await services.inside()).rows(viewId, range),
  cell: async (services, viewId, row, column) => (await services.inside()).cell(viewId, row, column),
  find: async (services, viewId, wanted, workId) => (await services.inside()).find(viewId, wanted, workId),
  filter: async (services, viewId, conditions, workId) =>
    (await services.inside()).filter(viewId, conditions, workId),
  values: async (services, viewId, column, workId) =>
    (await services.inside()).values(viewId, column, workId),
  addUp: async (services, viewId, columns, workId) =>
    (await services.inside()).addUp(viewId, columns, workId),
  show: async (services, viewId, columns) => (await services.inside()).show(viewId, columns),
  saveCopy: async (services, viewId, columns, workId) =>
    (await services.inside()).saveCopy(viewId, columns, workId),
  showCopy: async (services, viewId) => (await services.inside()).showCopy(viewId),
}
