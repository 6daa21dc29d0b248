import { Notification } from 'electron'
import type { Note, Notifier } from '../core/ports.ts'

/** So many that were neither clicked nor closed are kept; no desktop keeps more in sight. */
const KEPT = 20

/** Notifications of the desktop. Where it has none the call does nothing: the tray and Today say the same. */
export class ElectronNotifier implements Notifier {
  /** Held here, since a notification that was garbage-collected is deaf to a click. */
  readonly #shown = new Set<Notification>()

  show({ title, body, button }: Note, chosen: (what: 'note' | 'button') => void): void {
    if (!Notification.isSupported()) return
    const notification = new Notification({
      title,
      body,
      actions: button === null ? [] : [{ type: 'button', text: button }],
    })
    const done = () => this.#shown.delete(notification)
    notification.on('click', () => {
      done()
      chosen('note')
    })
    notification.on('action', () => {
      done()
      chosen('button')
    })
    notification.on('close', done)
    notification.on('failed', done)
    this.#shown.add(notification)
    for (const oldest of [...this.#shown].slice(0, -KEPT)) this.#shown.delete(oldest)
    notification.show()
  }
}
