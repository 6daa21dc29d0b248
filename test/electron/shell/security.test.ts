import { readFileSync } from 'node:fs'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageHeaders } from '../../../main/core/policy/page-security.ts'
import { channels } from '../../../preload/contract/channels.ts'
import { desktop, startApp } from '../session/desktop.ts'
import { takeViolations } from '../session/policy-watch.ts'
import { countWindows, inMain, openWindow } from './hands.ts'

const session = desktop()
let app: ElectronApplication
let page: Page

beforeAll(async () => {
  app = await startApp(session, session.newFolder('profile'))
  page = await openWindow(app)
})
afterAll(async () => {
  await app.close()
  session.detach()
})

describe('the page', () => {
  it('is our one page, under an origin of its own', async () => {
    expect(await page.evaluate(() => [location.origin, location.pathname])).toEqual([
      'app://desk',
      '/index.html',
    ])
  })

  it('runs with isolation, without Node, in the sandbox', async () => {
    const preferences = await inMain(app, ({ BrowserWindow }) => {
      const [contents] = BrowserWindow.getAllWindows().map(window => window.webContents)
      // Not in Electron's types, but the only way to see what is really in force.
      return Reflect.get(contents ?? {}, 'getLastWebPreferences').call(contents)
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    })
    expect(Reflect.get(preferences, 'enableBlinkFeatures') ?? '').toBe('')
  })

  it.runIf(process.platform === 'linux')('is held by the kernel too', async () => {
    const pid = await inMain(app, ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    )
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    expect(/^Seccomp:\s*(\d)/m.exec(status)?.[1]).toBe('2')
    expect(/^NoNewPrivs:\s*(\d)/m.exec(status)?.[1]).toBe('1')
  })

  it('has nothing of Node', async () => {
    const names = [
      'require',
      'process',
      'module',
      'Buffer',
      'global',
      'setImmediate',
      'electron',
      'ipcRenderer',
    ]
    const found = await page.evaluate(all => all.filter(name => Reflect.has(window, name)), names)
    expect(found).toEqual([])
  })

  it('has the named functions of the bridge, which it cannot change', async () => {
    const found = await page.evaluate(() => {
      const domains = Object.entries(window.desk).map(([name, calls]) => [name, Object.keys(calls).sort()])
      const set = (target: object, key: string) => {
        try {
          return Reflect.set(target, key, () => 'mine')
        } catch {
          return false
        }
      }
      return {
        names: Object.fromEntries(domains),
        changed: [set(window.desk.jobs, 'run'), set(window.desk, 'x')],
      }
    })
    const { on, ...calls } = found.names
    expect(on).toEqual(['onChange', 'onDiagnosis', 'onInside', 'onPlace', 'onProgress'])
    const wanted = Object.entries(channels).map(([domain, names]) => [domain, [...names].sort()])
    expect(calls).toEqual(Object.fromEntries(wanted))
    expect(found.changed).toEqual([false, false])
  })

  it('is sent with a policy that allows nothing but its own files', async () => {
    const headers = await inMain(app, async ({ session: sessions }) => {
      const answer = await sessions.defaultSession.fetch('app://desk/index.html')
      return Object.fromEntries(answer.headers.entries())
    })
    expect(headers['content-security-policy']).toBe(pageHeaders['Content-Security-Policy'])
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('runs no inline script, no evaluated text, and reaches no network', async () => {
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      document.head.append(script)
      // While it evaluates, the debugger is allowed what the page is not.
      await new Promise(resolve => setTimeout(resolve))
      const evaluates = () => {
        try {
          return Boolean(new Function('return 1')())
        } catch {
          return false
        }
      }
      const reaches = (address: string) =>
        fetch(address).then(
          () => true,
          () => false,
        )
      return {
        inline: Reflect.has(window, 'inlineRan'),
        evaluated: evaluates(),
        reached: await Promise.all(
          ['https://example.invalid/', 'http://127.0.0.1:9/', 'app://desk/index.html'].map(reaches),
        ),
      }
    })
    expect(outcome).toEqual({ inline: false, evaluated: false, reached: [false, false, false] })
    // Anywhere else a refusal fails the test: here it is seen that it would.
    await expect.poll(() => takeViolations().length, { timeout: 20_000 }).toBeGreaterThan(0)
  })
})

describe('navigation', () => {
  it.each([
    'https://example.invalid/?next=app://desk/index.html',
    'http://127.0.0.1:9/app://desk/index.html',
    'app://desk/other.html',
    'app://elsewhere/index.html',
  ])('to %s is refused', async address => {
    const refused = inMain(app, ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      return new Promise<{ url: string; refused: boolean }>(resolve =>
        contents?.once('will-frame-navigate', event => {
          // After all other listeners, ours among them.
          setImmediate(() => resolve({ url: event.url, refused: event.defaultPrevented }))
        }),
      )
    })
    await page.evaluate(to => {
      location.href = to
    }, address)
    expect(await refused).toEqual({ url: address, refused: true })
    expect(page.url()).toMatch(/^app:\/\/desk\/index\.html/)
  })

  it('to a file of the disk is refused', async () => {
    await page.evaluate(() => {
      location.href = 'file:///etc/passwd'
    })
    expect(await page.evaluate(() => location.origin)).toBe('app://desk')
  })

  it('opens no second window, by no way', async () => {
    const opened = await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = 'https://example.invalid/'
      link.target = '_blank'
      document.body.append(link)
      link.click()
      link.remove()
      return [
        window.open('https://example.invalid/'),
        window.open('app://desk/index.html'),
        window.open(''),
      ].filter(Boolean).length
    })
    expect(opened).toBe(0)
    expect(await countWindows(app)).toBe(1)
  })

  it('embeds no frame, no plugin and no webview', async () => {
    const refused = await page.evaluate(async () => {
      const directives: string[] = []
      for (const [name, source] of [
        ['iframe', 'src'],
        ['object', 'data'],
        ['embed', 'src'],
      ] as const) {
        const element = document.createElement(name)
        element.setAttribute(source, 'app://desk/index.html')
        const violation = new Promise<SecurityPolicyViolationEvent>(resolve =>
          document.addEventListener('securitypolicyviolation', resolve, { once: true }),
        )
        document.body.append(element)
        directives.push((await violation).effectiveDirective)
        element.remove()
      }
      const webview = document.createElement('webview')
      webview.setAttribute('src', 'app://desk/index.html')
      document.body.append(webview)
      const isPlain = webview.constructor === HTMLUnknownElement || webview.constructor === HTMLElement
      webview.remove()
      return { directives, isPlain }
    })
    expect(refused).toEqual({ directives: ['frame-src', 'object-src', 'object-src'], isPlain: true })
    takeViolations()
    const pages = await inMain(app, ({ webContents }) => webContents.getAllWebContents().length)
    expect(pages).toBe(1)
  })
})

describe('permissions', () => {
  it.each([
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'clipboard-read',
    'midi',
    'persistent-storage',
  ])('do not include %s', async name => {
    const state = await page.evaluate(
      async permission => (await navigator.permissions.query({ name: permission as PermissionName })).state,
      name,
    )
    expect(state).toBe('denied')
  })

  it('do not include a camera that is asked for', async () => {
    const refusal = await page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(
        () => 'granted',
        error => error.name,
      ),
    )
    expect(['NotAllowedError', 'NotFoundError']).toContain(refusal)
  })

  it('include putting text on the clipboard', async () => {
    const state = await page.evaluate(
      async () => (await navigator.permissions.query({ name: 'clipboard-write' as PermissionName })).state,
    )
    expect(state).toBe('granted')
  })
})

describe('the protocol', () => {
  it.each([
    'app://desk/../main/index.js',
    'app://desk/%2e%2e/main/index.js',
    'app://desk/..%2fmain/index.js',
    'app://desk/%252e%252e/main/index.js',
    'app://desk/..%5cmain%5cindex.js',
    'app://desk/assets/..%2f..%2f..%2fpackage.json',
    'app://desk//etc/passwd',
    'app://desk/C:/Windows/win.ini',
    'app://desk/index.html%00.png',
    'app://desk/package.json',
    'app://desk/main/index.js',
    'app://elsewhere/index.html',
  ])('does not serve %s', async address => {
    const [status, bytes] = await inMain(
      app,
      async ({ session: sessions }, url) => {
        const answer = await sessions.defaultSession.fetch(url)
        return [answer.status, (await answer.text()).length]
      },
      address,
    )
    expect([403, 404]).toContain(status)
    expect(bytes).toBe(0)
  })

  it('takes nothing but GET', async () => {
    const status = await inMain(app, async ({ session: sessions }) => {
      const answer = await sessions.defaultSession.fetch('app://desk/index.html', {
        method: 'POST',
        body: 'x',
      })
      return answer.status
    })
    expect(status).toBe(403)
  })
})

describe('another window', () => {
  it('is not answered, though it shows our page with our bridge', async () => {
    const arrived = app.waitForEvent('window')
    await inMain(app, async ({ app: electron, BrowserWindow }) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${electron.getAppPath()}/dist/preload/index.cjs`, sandbox: true },
      })
      await stranger.loadURL('app://desk/index.html')
    })
    const stranger = await arrived
    const answers = await stranger.evaluate(() =>
      Promise.all([
        window.desk.app.snapshot(),
        window.desk.jobs.run('d-1', true),
        window.desk.settings.showLogs(),
      ]),
    )
    expect(answers.map(answer => (answer.ok ? 'answered' : answer.error.code))).toEqual([
      'forbidden',
      'forbidden',
      'forbidden',
    ])
    await stranger.close()
  })

  it('does not keep ours from being answered', async () => {
    expect((await page.evaluate(() => window.desk.app.snapshot())).ok).toBe(true)
    const refused = await page.evaluate(() => window.desk.jobs.plan('x'.repeat(1_000_000)))
    expect(refused).toMatchObject({ ok: false, error: { code: 'too-large' } })
  })
})
