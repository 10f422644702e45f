// A real switch and a browser at it, for the tests of the desk and for its pictures.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

export const { values: options } = parseArgs({ options: { program: { type: 'string' }, root: { type: 'string' }, only: { type: 'string' },
  to: { type: 'string' }, report: { type: 'string' }, all: { type: 'boolean' } } })
const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
const require = createRequire(import.meta.url)
let playwright
export let axeSource
try {
  playwright = require('playwright-core')
  axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
} catch { /* told below */ }
export const skip = (why) => { console.log(`skipped: ${why}`); process.exit(77) }
if (!chromiumPath || !playwright) skip('no Chromium, or no packages in web/node_modules')

export const patience = 30_000
export const seed = readFileSync(join(options.root, 'fixtures/seed/09ASTANA1399.txt'), 'utf8')
export const started = new Set()

/** A switch with its HTTP port; says where it listens. */
export const serve = (...args) => new Promise((done, fail) => {
  const child = spawn(options.program, ['serve', ...(args.includes('--data') ? [] : ['--store', 'memory']), '--listen-protobuf', '127.0.0.1:0', '--listen-circuit', '127.0.0.1:0', ...(args.includes('--listen-http') ? [] : ['--listen-http', '127.0.0.1:0']), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
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
export const network = (name) => ['--network', join(options.root, 'fixtures/networks', name)]
export const post = async (base, path, body) => {
  const answer = await fetch(base + path, { method: 'POST', body, headers: body ? { 'Content-Type': 'text/plain' } : {} })
  assert.ok(answer.ok, `${path}: ${answer.status}`)
}

export const browser = await playwright.chromium.launch({
  executablePath: chromiumPath,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
})

/** A page that may complain of nothing and ask nobody but its switch. */
export const visit = async (base, path, { expected = [], ...settings } = {}) => {
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
export const editorText = (page, label = 'The message') => page.getByRole('textbox', { name: label, exact: true })
export const write = async (page, text, label) => {
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
export const verdict = (page, text) => page.getByRole('heading', { name: text }).waitFor()

