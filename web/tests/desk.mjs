// The desk as built into the program, in a browser, at a real switch: node tests/desk.mjs --program torntape --root DIR
// Exit code 77 where there is no Chromium, or the program was built without the desk: skipped.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { brought, place, simulation } from '../bring-along.mjs'

const { values: options } = parseArgs({ options: { program: { type: 'string' }, root: { type: 'string' }, pictures: { type: 'string' }, only: { type: 'string' } } })
const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
const require = createRequire(import.meta.url)
let playwright, axeSource
try {
  playwright = require('playwright-core')
  axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
} catch { /* told below */ }
const skip = (why) => { console.log(`skipped: ${why}`); process.exit(77) }
if (!chromiumPath || !playwright) skip('no Chromium, or no packages in web/node_modules')

const patience = 30_000
const seed = readFileSync(join(options.root, 'fixtures/seed/09ASTANA1399.txt'), 'utf8')
const started = new Set()

/** A switch with its HTTP port; says where it listens. */
const serve = (...args) => new Promise((done, fail) => {
  const child = spawn(options.program, ['serve', '--store', 'memory', '--listen-protobuf', '127.0.0.1:0', '--listen-circuit', '127.0.0.1:0', ...(args.includes('--listen-http') ? [] : ['--listen-http', '127.0.0.1:0']), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  started.add(child)
  let complaint = ''
  child.stderr.on('data', (text) => (complaint += text))
  const ended = new Promise((told) => child.on('exit', () => { started.delete(child); told() }))
  child.on('exit', () => fail(new Error(`the switch ended: ${complaint}`)))
  const end = () => { child.kill('SIGTERM'); return ended }
  let circuits = ''
  createInterface({ input: child.stdout }).on('line', (line) => {
    circuits ||= /^listening for circuits on (\S+)/.exec(line)?.[1] ?? ''
    const address = /^listening for HTTP on (\S+)/.exec(line)?.[1]
    if (address) done({ base: `http://${address}`, address, circuits, end })
  })
})
const network = (name) => ['--network', join(options.root, 'fixtures/networks', name)]
const post = async (base, path, body) => {
  const answer = await fetch(base + path, { method: 'POST', body, headers: body ? { 'Content-Type': 'text/plain' } : {} })
  assert.ok(answer.ok, `${path}: ${answer.status}`)
}

const browser = await playwright.chromium.launch({
  executablePath: chromiumPath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
})

/** A page that may complain of nothing and ask nobody but its switch. */
const visit = async (base, path, { expected = [], ...settings } = {}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...settings })
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  const complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.some((pattern) => pattern.test(message.text()))) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => { if (!request.url().startsWith(base) && !request.url().startsWith('data:')) complaints.push(`asked ${request.url()}`) })
  await page.goto(base + path)
  return { page, async leave() { assert.deepEqual(complaints, []); await context.close() } }
}
const editorText = (page, label = 'The message') => page.getByRole('textbox', { name: label, exact: true })
const write = async (page, text, label) => {
  const editor = editorText(page, label)
  await editor.click()
  await page.keyboard.press('Control+a')
  // As a paste: what a browser inserts by itself into what is selected it tries to dress, against the policy.
  await editor.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}
const verdict = (page, text) => page.getByRole('heading', { name: text }).waitFor()

const tests = {
  async 'the page comes with its policy, packed, and is not sent twice'() {
    const { base, end } = await serve()
    const page = await fetch(base + '/')
    const text = await page.text()
    if (/not built into this program/.test(text)) { await end(); return 'skip' }
    assert.match(page.headers.get('content-type'), /^text\/html/)
    assert.match(page.headers.get('content-security-policy'), /default-src 'none'; script-src 'self'/)
    const script = await fetch(base + /src="([^"]+)"/.exec(text)[1])
    assert.equal(script.headers.get('content-encoding'), 'gzip')
    assert.match(script.headers.get('content-type'), /^text\/javascript/)
    assert.match(await script.text(), /torntape/)
    const again = await fetch(base + '/', { headers: { 'If-None-Match': page.headers.get('etag') } })
    assert.equal(again.status, 304)
    await end()
  },

  async 'the telegram is read aloud, its damaged twin is found out and mended'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/')
    await verdict(page, /^Conforms: no error, no warning/)
    await page.getByText('PRIORITY for action to SECSTATE WASHDC.').waitFor()
    assert.equal(await page.locator('.t-precedence', { hasText: 'PP' }).count() > 0, true)
    await page.getByRole('button', { name: 'Its damaged twin' }).click()
    await verdict(page, /^3 errors/)
    // What stands before the message is scrolled away, in the editor alone.
    assert.deepEqual(await page.locator('.cm-scroller').evaluate((scroller) => [scroller.scrollTop > 100, window.scrollY]), [true, 0])
    assert.equal(await page.locator('.f-error').count(), 3)
    await page.locator('.f-error').nth(1).hover()
    await page.locator('.explanation').getByText('FL7-04').waitFor()
    await page.getByRole('button', { name: 'insert /?' }).click()
    await verdict(page, /^2 errors/)
    await page.getByRole('button', { name: 'Mend all 2' }).click()
    await verdict(page, /^Conforms/)
    await leave()
    await end()
  },

  async 'mends fall on the right letters behind letters of several bytes'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/')
    const heading = seed.slice(seed.indexOf('VZCZC'), seed.indexOf('SIPDIS')).replace('TOKYO PRIORITY', 'TOKYO PRIOITY')
    await write(page, `Überschrift – 漢字 😀\n${heading}`)
    await verdict(page, /^1 error/)
    assert.equal(await page.locator('.f-error').textContent(), 'PRIOITY')
    await page.getByRole('button', { name: 'write PRIORITY?' }).click()
    await verdict(page, /^Conforms/)
    await leave()
    await end()
  },

  async 'a link brings its message, and no server sees it'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/')
    await verdict(page, /^Conforms/)
    const text = 'VZCZCXRO3820\nPP RUEHBI\nDE RUEHTA #1399 2290141\n'
    await write(page, text)
    await page.waitForURL(/#\/inspector\?m=/)
    const address = page.url()
    await leave()
    const other = await visit(base, address.slice(base.length))
    await other.page.getByText('This copy travels at PRIORITY to 1 station: RUEHBI.').waitFor()
    await other.leave()
    await end()
  },

  async 'a filed message is in every queue, is collected, released and acknowledged, and the journal tells'() {
    const { base, end } = await serve(...network('one-switch.toml'))
    const { page, leave } = await visit(base, '/')
    await verdict(page, /^Conforms/)
    await page.getByRole('button', { name: 'File it at this switch' }).click()
    await page.getByText('Filed as message 1: 1 action copy, 30 info copies.').waitFor()
    await page.getByRole('link', { name: 'Queues' }).click()
    await page.getByText('31 copies in 31 queues').waitFor()
    await page.getByRole('link', { name: 'RUEHC', exact: true }).click()
    await page.getByRole('button', { name: 'Look into it' }).click()
    await page.locator('pre', { hasText: 'TO RUEHC/SECSTATE WASHDC PRIORITY 6035' }).waitFor()
    await page.getByRole('button', { name: 'Collect one' }).click()
    await page.getByRole('button', { name: 'Release' }).click()
    await page.getByText('Copy 1-0 is back in its place.').waitFor()
    await page.getByRole('button', { name: 'Collect one' }).click()
    await page.getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByText('Copy 1-0 is acknowledged').waitFor()
    await page.getByText('30 copies in 30 queues').waitFor()
    await page.getByRole('link', { name: 'Journal' }).click()
    await page.getByLabel('Message reference number').fill('09ASTANA1399')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('link', { name: /^1 AMEMBASSY ASTANA/ }).click()
    await page.getByRole('cell', { name: 'collected and acknowledged' }).waitFor()
    assert.equal(await page.getByRole('cell', { name: 'waits', exact: true }).count(), 30)
    await leave()
    await end()
  },

  async 'queues change as it happens, and silence is told and ends'() {
    let switch_ = await serve(...network('one-switch.toml'))
    const { base, address } = switch_
    const { page, leave } = await visit(base, '/#/queues', { expected: [/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|Failed to load/] })
    await page.getByText('Nothing waits.').waitFor()
    await post(base, '/api/v1/messages', seed)
    await page.getByText('31 copies in 31 queues').waitFor()
    await switch_.end()
    await page.getByText(/^no contact since/).waitFor()
    switch_ = await serve(...network('one-switch.toml'), '--listen-http', address)
    await page.getByText('live', { exact: true }).waitFor()
    // The switch that came back has forgotten (--store memory): what was shown is not kept.
    await page.getByText('0 copies in 0 queues').waitFor()
    await leave()
    await switch_.end()
  },

  async 'a rule is found by a word, and its bad example breaks it in the inspector'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/#/rules')
    await page.getByLabel(/^Search \d+ rules/).fill('doubled')
    await page.getByRole('link', { name: /^FL2-01/ }).click()
    await page.getByText('NN RUEHBI RUEHCI RUEHDBU').waitFor()
    await page.getByRole('button', { name: 'Try it in the inspector' }).first().click()
    await page.getByRole('link', { name: 'FL2-01' }).first().waitFor()
    await leave()
    await end()
  },

  async 'a circuit is closed and opened, and what waits for it is seen'() {
    const { base, end } = await serve(...network('demo.toml'), '--relay', 'RTAA')
    await post(base, '/api/v1/messages', seed)
    const { page, leave } = await visit(base, '/#/network')
    await page.getByRole('button', { name: /^Circuit AB, RTAA to RTBA, down, waiting: 2 PRIORITY/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Close it' }).click()
    await page.getByRole('button', { name: /^Circuit AB, RTAA to RTBA, closed/ }).waitFor()
    await page.getByRole('button', { name: 'Open it' }).click()
    await page.getByRole('button', { name: /^Circuit AB, RTAA to RTBA, down/ }).waitFor()
    await leave()
    await end()
  },

  async 'two relays are joined, and a message is seen to leave and to arrive'() {
    const hub = await serve(...network('demo.toml'), '--relay', 'RTAA')
    const { page, leave } = await visit(hub.base, '/#/network')
    await page.getByRole('button', { name: /^Circuit XR, RTAA to RTEA, down/ }).click()
    const far = await serve(...network('demo.toml'), '--relay', 'RTEA', '--dial', `XR=${hub.circuits}`)
    await page.getByRole('button', { name: /^Circuit XR, RTAA to RTEA, up/ }).waitFor()
    await post(hub.base, '/api/v1/messages', seed)
    await page.getByText(/Last sent: XRO\d{4}/).waitFor()
    await page.goto(`${hub.base}/#/journal/1`)
    await page.getByRole('cell', { name: /sent as XRO\d{4}/ }).waitFor()
    const other = await visit(far.base, '/#/queues')
    await other.page.getByText('13 copies in 13 queues').waitFor()
    await other.leave()
    await leave()
    await far.end()
    await hub.end()
  },

  async 'the simulations that the desk brings along are what the program makes of their scenarios'() {
    for (const name of brought)
      assert.deepEqual(JSON.parse(readFileSync(place(name), 'utf8')), simulation(options.program, name), 'node bring-along.mjs PROGRAM')
  },

  async 'a simulation is stepped through, and a report is loaded from a file'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/#/network')
    await page.getByRole('button', { name: 'A simulation, played' }).click()
    await page.getByRole('button', { name: 'Step' }).click()
    await page.locator('.dot', { hasText: 'ACI0002' }).waitFor()
    await page.getByRole('button', { name: 'Step' }).click()
    await page.locator('.dot', { hasText: 'XRO3820' }).waitFor()
    await page.locator('mark', { hasText: 'VZCZCXRO3820' }).waitFor()
    const report = { circuits: [{ circuit: 'ZZ', channel: 'ZZO', from: 'RTXX', to: 'RTYY', messages: 1, busySeconds: 5 }],
      transmissions: [{ circuit: 'ZZ', number: '7', channel: 'ZZO', from: 'RTXX', to: 'RTYY', atSeconds: 1, heading: 'VZCZCZZO0007\nZZ RTYY', message: 'ONE' }] }
    await page.getByLabel('A report in JSON').setInputFiles({ name: 'report.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(report)) })
    await page.getByText('report.json: 1 transmissions.').waitFor()
    await page.getByRole('button', { name: 'Step' }).click()
    await page.locator('.dot.FLASH', { hasText: 'ZZO7' }).waitFor()
    await page.getByLabel('A report in JSON').setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await page.getByText('other.json is no report').waitFor()
    await leave()
    await end()
  },

  async 'every task is open at first, and done when it is'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/#/lessons')
    const heading = seed.slice(seed.indexOf('VZCZC'), seed.indexOf('\n', seed.indexOf('C O N F')))
    const cut = (text, called) => text.replace(/^PP [^]*?(?=\nDE )/m, `PP ${called}`)
    const tokyo = 'RUEHKO/AMEMBASSY TOKYO PRIORITY 1907\n'
    const solutions = {
      'a-cables-journey': cut(heading, 'RUEHBI').replace('3820', '3821'),
      'anatomy-of-a-heading': heading,
      'action-info-exempt': heading.replace(tokyo, '').replace('INFO ', tokyo + 'INFO '),
      precedence: heading.replace('PP RUEHBI', 'OO RUEHBI').replace('\nP 17', '\nO 17').replace('WASHDC PRIORITY', 'WASHDC IMMEDIATE'),
      'collectives-and-segregation': heading.replace(' RUEHDBU', ''),
      'alternate-routes': heading.replace(/^ZNY.*\n/m, ''),
      'numbers-and-continuity': heading.replace('3820', '3822'),
      'what-goes-wrong': heading,
    }
    const links = await page.locator('ol.index a').evaluateAll((found) => found.map((link) => link.getAttribute('href').split('/').pop()))
    assert.deepEqual(links, Object.keys(solutions))
    for (const [name, solution] of Object.entries(solutions)) {
      await page.goto(`${base}/#/lessons/${name}`)
      await page.getByText(/^Not yet: (?!not read)/).waitFor()
      await write(page, solution, 'The message of the task')
      await page.getByText(/^Done\./).waitFor()
    }
    await leave()
    await end()
  },

  async 'every page is without a fault that axe finds, in light and dark, wide and narrow, presented too'() {
    const { base, end } = await serve(...network('demo.toml'), '--relay', 'RTAA')
    await post(base, '/api/v1/messages', seed)
    for (const colorScheme of ['light', 'dark'])
      for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
        // axe itself is put into the page from outside.
        const { page, leave } = await visit(base, '/', { colorScheme, viewport, bypassCSP: true })
        for (const path of ['inspector', 'queues/RUEHC', 'journal/1', 'network', 'rules/FL2-01', 'lessons', 'lessons/a-cables-journey', 'lessons/precedence']) {
          await page.goto(`${base}/#/${path}`)
          await page.locator('main h1').waitFor()
          if (path === 'inspector') { await page.getByRole('button', { name: 'Its damaged twin' }).click(); await verdict(page, /^3 errors/) }
          await page.evaluate(axeSource)
          const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
          assert.deepEqual(violations.map(({ id, nodes }) => `${path} ${colorScheme} ${viewport.width}: ${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`), [])
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          assert.ok(over <= 0, `${path} is ${over} pixels too wide at ${viewport.width}`)
        }
        await leave()
      }
    await end()
  },

  async 'presenting leaves the matter alone, and Escape comes back'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/')
    await page.getByRole('button', { name: 'Present' }).click()
    assert.equal(await page.getByRole('navigation', { name: 'Pages' }).isVisible(), false)
    await page.keyboard.press('Escape')
    await page.getByRole('navigation', { name: 'Pages' }).waitFor()
    await leave()
    await end()
  },
}

let failed = 0
for (const [name, test] of Object.entries(tests)) {
  if (options.only && !name.includes(options.only)) continue
  try {
    if ((await test()) === 'skip') { await browser.close(); skip('the program was built without the desk') }
    console.log(`ok    ${name}`)
  } catch (error) {
    failed += 1
    console.log(`FAILS ${name}\n${error.stack}`)
    for (const child of started) child.kill('SIGKILL')
    for (const context of browser.contexts()) await context.close()
  }
}
await browser.close()
process.exit(failed ? 1 : 0)
