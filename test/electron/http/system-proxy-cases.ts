import assert from 'node:assert/strict'
import { get, textOf } from '../../integration/http/case.ts'
import type { ElectronCase } from './electron-case.ts'

/** On a computer whose own settings name a proxy; nothing was set in the app. */
export const systemProxyCases: readonly ElectronCase[] = [
  {
    name: 'the proxy of the computer is used where nothing was set',
    run: async open => {
      const answer = await open().http.send(get('http://concur.example/a'))
      assert.equal(await textOf(answer), 'proxied http://concur.example/a')
    },
  },
]
