import { contextBridge } from 'electron'
import { callsOf } from './api/calls.ts'
import { subscription } from './api/subscriptions.ts'
import type { WindowDesk } from './contract/bridge.ts'
import { messages } from './contract/channels.ts'

const desk: WindowDesk = {
  connections: callsOf('connections'),
  practice: callsOf('practice'),
  definitions: callsOf('definitions'),
  jobs: callsOf('jobs'),
  doctor: callsOf('doctor'),
  support: callsOf('support'),
  deliveries: callsOf('deliveries'),
  checks: callsOf('checks'),
  receipts: callsOf('receipts'),
  inside: callsOf('inside'),
  schedules: callsOf('schedules'),
  history: callsOf('history'),
  settings: callsOf('settings'),
  updates: callsOf('updates'),
  app: callsOf('app'),
  on: {
    onChange: subscription(messages.change),
    onProgress: subscription(messages.progress),
    onPlace: subscription(messages.place),
    onInside: subscription(messages.inside),
    onDiagnosis: subscription(messages.diagnosis),
  },
}

contextBridge.exposeInMainWorld('desk', desk)
