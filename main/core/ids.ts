declare const kind: unique symbol
type Id<K extends string> = string & { readonly [kind]: K }

/** Ids of ours, made by the `Ids` port. A server's own id is a `RemoteId` and never mixes with them. */
export type ConnectionId = Id<'connection'>
export type DefinitionId = Id<'definition'>
export type JobId = Id<'job'>
export type DeliveryId = Id<'delivery'>
export type ReceiptId = Id<'receipt'>
export type ScheduleId = Id<'schedule'>
/** An id as a system gave it, normalised by its adapter so that two spellings of one thing are equal. */
export type RemoteId = Id<'remote'>

export const connectionId = (id: string): ConnectionId => id as ConnectionId
export const definitionId = (id: string): DefinitionId => id as DefinitionId
export const jobId = (id: string): JobId => id as JobId
export const deliveryId = (id: string): DeliveryId => id as DeliveryId
export const receiptId = (id: string): ReceiptId => id as ReceiptId
export const scheduleId = (id: string): ScheduleId => id as ScheduleId
export const remoteId = (id: string): RemoteId => id as RemoteId
