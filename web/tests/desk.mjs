// The desk as built into the program, in a browser, at a real switch: node tests/desk.mjs --program torntape --root DIR
// Exit code 77 where there is no Chromium, or the program was built without the desk: skipped.
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brought, place, simulation, titles, titlesPlace } from '../bring-along.mjs'
import { axeSource, browser, editorText, network, options, post, seed, serve, skip, started, verdict, visit, write } from './house.mjs'

const folder = mkdtempSync(join(tmpdir(), 'torntape-desk-'))
const made = (name, text) => { const path = join(folder, name); writeFileSync(path, text); return path }
const demo = readFileSync(join(options.root, 'fixtures/networks/demo.toml'), 'utf8')
/** The Tab key until something of this name has the focus. */
const tabTo = async (page, name) => {
  for (let i = 0; i < 120; ++i) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => { const it = document.activeElement; return it?.getAttribute('aria-label') ?? it?.textContent?.trim() ?? '' })
    if (name.test(at)) return
  }
  throw new Error(`no Tab leads to ${name}`)
}

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
    await page.getByRole('button', { name: /^Circuit XR, RTAA to RTEA, down/ }).locator('.plate').click()
    const far = await serve(...network('demo.toml'), '--relay', 'RTEA', '--dial', `XR=${hub.circuits}`)
    await page.getByRole('button', { name: /^Circuit XR, RTAA to RTEA, up/ }).waitFor()
    await post(hub.base, '/api/v1/messages', seed)
    await page.getByText(/Last sent: XRO\d{4}/).waitFor()
    await page.getByRole('button', { name: /^XRO\d{4} PRIORITY/ }).click()
    await page.getByText('Filed at this switch').waitFor()
    await page.locator('mark', { hasText: /^VZCZCXRO\d{4}$/ }).waitFor()
    await page.getByText(/^Left on XR as XRO\d{4}$/).waitFor()
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
    for (const name of Object.keys(brought))
      assert.deepEqual(JSON.parse(readFileSync(place(name), 'utf8')), simulation(options.program, name), 'node bring-along.mjs PROGRAM')
    assert.deepEqual(JSON.parse(readFileSync(titlesPlace, 'utf8')), titles(), 'node bring-along.mjs PROGRAM')
    const all = readdirSync(join(options.root, 'fixtures/scenarios')).filter((name) => name.endsWith('.toml')).map((name) => name.slice(0, -5))
    assert.deepEqual(Object.keys(brought).sort(), all.sort(), 'every scenario is brought along')
  },

  async 'a simulation is stepped through, and a report is loaded from a file'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/#/network')
    await page.getByRole('button', { name: 'A simulation, played' }).click()
    await page.getByRole('button', { name: 'Step' }).click()
    await page.getByRole('button', { name: /^ACI0002/ }).waitFor()
    await page.getByRole('button', { name: 'Step' }).click()
    await page.getByRole('button', { name: /^XRO3820 PRIORITY/ }).waitFor()
    await page.locator('mark', { hasText: 'VZCZCXRO3820' }).waitFor()
    const report = { circuits: [{ circuit: 'ZZ', channel: 'ZZO', from: 'RTXX', to: 'RTYY', messages: 1, busySeconds: 5 }],
      transmissions: [{ circuit: 'ZZ', number: '7', channel: 'ZZO', from: 'RTXX', to: 'RTYY', atSeconds: 1, untilSeconds: 6, heading: 'VZCZCZZO0007\nZZ RTYY', message: 'ONE' }] }
    await page.getByLabel('A report in JSON').setInputFiles({ name: 'report.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(report)) })
    await page.getByText('report.json: 1 transmission.').waitFor()
    await page.getByText('No map: the network file gives no places').waitFor()
    await page.getByRole('button', { name: 'Step' }).click()
    await page.getByRole('button', { name: 'ZZO7 FLASH' }).waitFor()
    await page.getByLabel('A report in JSON').setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await page.getByText('other.json is no report').waitFor()
    await leave()
    await end()
  },

  async 'a FLASH is seen to wait, to overtake, and to break off what is on its way'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/#/network')
    await page.getByRole('button', { name: 'A simulation, played' }).click()
    await page.getByLabel('Scenario').selectOption('A FLASH overtakes')
    await page.getByText('it is broken off, and sent again behind it').waitFor()
    await page.getByRole('heading', { name: 'The journey of' }).or(page.locator('option', { hasText: 'RTBAKV 0002' })).first().waitFor({ state: 'attached' })
    const order = []
    for (let i = 0; i < 12; ++i) {
      await page.getByRole('button', { name: 'Step' }).click()
      order.push(...await page.locator('.underway button', { hasText: /^ABI/ }).allTextContents())
    }
    const known = [...new Set(order.map((text) => text.replace(/\s+/g, ' ').trim()))].filter((text) => /^ABI000[456]/.test(text))
    assert.deepEqual(known, ['ABI0004 ROUTINE', 'ABI0005 FLASH', 'ABI0006 ROUTINE'])
    await page.getByText('broken off', { exact: true }).waitFor()
    await leave()
    await end()
  },

  async 'every scenario is chosen from a list, loaded when it is, and played; a report is dropped on it'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/#/network')
    const asked = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.getByRole('button', { name: 'A simulation, played' }).click()
    const choice = page.getByLabel('Scenario')
    await choice.waitFor()
    for (const { name, title, about } of titles()) {
      await choice.selectOption(title)
      await page.getByText(about, { exact: true }).waitFor()
      await page.getByText('Loading the scenario').waitFor({ state: 'detached' })
      assert.ok(asked.some((path) => path.startsWith(`/assets/${name}-`)), `${name} is loaded`)
      await page.getByRole('button', { name: 'Step' }).click()
      await page.locator('.underway button').first().waitFor()
      await page.locator('.journey li').first().waitFor()
    }
    const report = { circuits: [{ circuit: 'ZZ', channel: 'ZZO', from: 'RTXX', to: 'RTYY' }],
      transmissions: [{ circuit: 'ZZ', number: '7', channel: 'ZZO', from: 'RTXX', to: 'RTYY', atSeconds: 1, untilSeconds: 6, heading: 'VZCZCZZO0007\nZZ RTYY', message: 'ONE' }] }
    await page.locator('.player').evaluate((player, text) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }))
      player.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    }, JSON.stringify(report))
    await page.getByText('dropped.json: 1 transmission.').waitFor()
    await page.getByRole('heading', { name: 'The journey of ONE' }).waitFor()
    await leave()
    await end()
  },

  async 'traffic is made, watched and stopped: accepted, refused by rule, delivered'() {
    const { base, end } = await serve(...network('one-switch.toml'))
    const { page, leave } = await visit(base, '/#/traffic')
    await page.getByText('Nothing has been made yet').waitFor()
    const figure = async (name) => Number((await page.locator('.big div', { has: page.locator('dt', { hasText: name }) }).locator('dd').textContent()).replaceAll(',', ''))
    await page.getByRole('spinbutton', { name: 'Messages a second' }).fill('200')
    await page.getByLabel('At most').fill('100')
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText(/^It has ended: all of it was handed in/).waitFor()
    assert.deepEqual([await figure('accepted'), await figure('refused'), await figure('wait')], [100, 0, 0])
    assert.ok(await figure('delivered') > 100)
    await page.getByText('None was refused.').waitFor()
    // After the end the lines fall to nothing.
    await page.getByRole('img', { name: 'Messages a second: accepted 0, refused 0' }).waitFor()
    await page.getByRole('img', { name: 'Copies a second: into queues 0, delivered 0' }).waitFor()
    // Some broken: by a damage from the list, and by a rule that is typed.
    await page.getByLabel('some of them broken on purpose').check()
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText('Choose what is to be broken').waitFor()
    await page.getByText(/shapes of damage/).click()
    await page.getByLabel('lost-slash').check()
    await page.getByLabel(/^by a rule or a damage/).fill('FL2-01, fl3-01')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^FL2-01/ }).waitFor()
    await page.getByRole('button', { name: /^FL3-01/ }).click()
    await page.getByLabel('of a hundred').fill('50')
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText(/^It has ended: all of it was handed in/).waitFor()
    await page.getByRole('cell', { name: /^FL7-04/ }).first().waitFor()
    assert.equal(await figure('accepted') + await figure('refused'), 100)
    assert.ok(await figure('refused') > 20)
    await page.getByRole('row', { name: /^lost-slash FL7-04/ }).waitFor()
    // A word that names nothing is told at once, and a run is stopped.
    await page.getByLabel(/^by a rule or a damage/).fill('nonsense')
    await page.keyboard.press('Enter')
    await page.getByText('There is no rule, family or damage “nonsense”').waitFor()
    assert.equal(await page.getByRole('button', { name: /^nonsense/ }).count(), 0)
    await page.getByLabel(/^by a rule or a damage/).fill('')
    await page.getByRole('spinbutton', { name: 'Messages a second' }).fill('0.1')
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText(/^Making 0.1 a second/).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText(/^It has ended: it was stopped/).waitFor()
    await leave()
    await end()
  },

  async 'with a real guard: the token is asked for, and what it does not allow is told before it is tried'() {
    const entry = (name, ...args) => {
      const told = spawnSync(options.program, ['token', name, ...args], { encoding: 'utf8' })
      return { entry: told.stdout, token: told.stderr.match(/torntape_[\w-]+/)[0] }
    }
    const looker = entry('looker', '--may', 'look', '--queue', '*')
    const reader = entry('reader', '--may', 'look,collect', '--queue', 'RUEHC')
    const filer = entry('filer', '--may', 'file')
    const guard = made('guard.toml', looker.entry + reader.entry + filer.entry)
    chmodSync(guard, 0o600)
    const { base, end } = await serve(...network('demo.toml'), '--relay', 'RTAA', '--guard', guard)
    const answer = await fetch(base + '/api/v1/messages', { method: 'POST', body: seed, headers: { 'Content-Type': 'text/plain', Authorization: `Bearer ${filer.token}` } })
    assert.equal(answer.status, 202)
    const { page, leave } = await visit(base, '/#/queues', { expected: [/401|403/] })
    const use = async (token) => {
      await page.getByLabel('Token').fill(token)
      await page.getByRole('button', { name: 'Use it' }).click()
    }
    const another = async ({ token }, hash) => {
      await page.evaluate(() => sessionStorage.clear())
      await page.goto('about:blank')
      await page.goto(`${base}/${hash}`)
      await use(token)
    }
    await page.getByRole('heading', { name: 'The switch asks for a token' }).waitFor()
    await use('wrong')
    await page.getByRole('heading', { name: 'The switch does not take this token' }).waitFor()

    // Who may look sees all, live, and is told why the rest is not for this token.
    await use(looker.token)
    await page.getByText('live', { exact: true }).waitFor()
    await page.getByText('as looker').waitFor()
    await page.getByRole('link', { name: 'RUEHC', exact: true }).click()
    await page.getByText('The token of “looker” does not allow it to collect copies.').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Collect one' }).isDisabled(), true)
    await page.getByRole('button', { name: 'Look into it' }).click()
    await page.locator('pre', { hasText: 'TO RUEHC/SECSTATE WASHDC' }).waitFor()
    await page.goto(`${base}/#/network`)
    await page.getByRole('button', { name: /^Circuit XR/ }).press('Enter')
    await page.getByText(/does not allow it to close or open circuits/).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Close it' }).isDisabled(), true)
    await page.goto(`${base}/#/inspector`)
    await page.getByText('does not allow it to file messages.').waitFor()
    assert.equal(await page.getByRole('button', { name: 'File it at this switch' }).isDisabled(), true)
    await verdict(page, /^Conforms/)
    await page.goto(`${base}/#/traffic`)
    await page.getByText('does not allow it to file messages.').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Start' }).isDisabled(), true)

    // Who has one queue is told that nothing is live, and collects there.
    await another(reader, '#/queues/RUEHC')
    await page.getByText('read every 3 s').waitFor()
    await page.getByRole('button', { name: 'Collect one' }).click()
    await page.getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByText('Copy 1-0 is acknowledged').waitFor()
    await page.goto(`${base}/#/journal`)
    await page.getByText('does not allow it to search the journal').waitFor()
    await page.goto(`${base}/#/network`)
    await page.getByText('does not allow it to see the network').waitFor()

    // Who may file only.
    await another(filer, '#/queues')
    await page.getByText('The token of “filer” does not allow it to look into queues.').first().waitFor()
    await page.goto(`${base}/#/inspector`)
    await verdict(page, /^Conforms/)
    await page.getByRole('button', { name: 'File it at this switch' }).click()
    await page.getByText('These bytes were filed before').waitFor()
    await leave()
    await end()
  },

  async 'what is for a circuit that was closed by a click is seen to leave by its alternate'() {
    const hub = await serve(...network('demo.toml'), '--relay', 'RTAA')
    const far = await serve(...network('demo.toml'), '--relay', 'RTBA', '--dial', `AB=${hub.circuits}`)
    const { page, leave } = await visit(hub.base, '/#/network')
    await page.getByRole('button', { name: /^Circuit AB, RTAA to RTBA, up/ }).waitFor()
    await page.getByRole('button', { name: /^Circuit XR, RTAA to RTEA, down/ }).locator('.plate').click()
    await page.getByText('Its alternate: AB (up), then BE (elsewhere).').waitFor()
    await page.getByRole('button', { name: 'Close it' }).click()
    await page.getByText('Circuit XR is closed').waitFor()
    await post(hub.base, '/api/v1/messages', seed)
    await page.getByRole('button', { name: /^ABO0002 PRIORITY/ }).waitFor()
    await page.getByRole('button', { name: /^ABO0002 PRIORITY/ }).click()
    await page.getByText('for XR, by its alternate').waitFor()
    await leave()
    await far.end()
    await hub.end()
  },

  async 'a network stands on a map or as a schematic, and where there are no places the page says so'() {
    let switch_ = await serve(...network('demo.toml'), '--relay', 'RTAA')
    const one = await visit(switch_.base, '/#/network')
    await one.page.getByRole('group', { name: 'Relays and circuits on a map' }).waitFor()
    assert.equal(await one.page.locator('circle.station').count(), 40) // USS EXAMPLE is at sea
    await one.page.getByRole('button', { name: 'Schematic' }).click()
    await one.page.getByRole('group', { name: 'Relays and circuits', exact: true }).waitFor()
    assert.equal(await one.page.locator('circle.station').count(), 41)
    await one.leave()
    await switch_.end()
    switch_ = await serve('--network', made('nowhere.toml', demo.replace(/^place = .*\n/gm, '')), '--relay', 'RTAA')
    const other = await visit(switch_.base, '/#/network')
    await other.page.getByText('No map: the network file gives no places').waitFor()
    assert.equal(await other.page.getByRole('button', { name: 'Map' }).count(), 0)
    await other.leave()
    await switch_.end()
    switch_ = await serve('--network', made('some.toml', demo.replace('place = [39.0, -77.5]\n', '')), '--relay', 'RTAA')
    const third = await visit(switch_.base, '/#/network')
    await third.page.getByText('Without a place, and not on the map: RTAA.').waitFor()
    await third.leave()
    await switch_.end()
  },

  async 'what was intercepted is told why, and sent on to the right indicator'() {
    const hub = await serve(...network('demo.toml'), '--relay', 'RTAA')
    // RTEA thinks that RTAA has a station RTAAQQ.
    const believed = made('believed.toml', demo + '[[station]]\nindicator = "RTAAQQ"\nname = "NOBODY"\nrelay = "RTAA"\n')
    const far = await serve('--network', believed, '--relay', 'RTEA', '--dial', `XR=${hub.circuits}`)
    await post(far.base, '/api/v1/messages', seed.replace('RUEHC/SECSTATE WASHDC', 'RTAAQQ/NOBODY').replaceAll('RUEHTA', 'RUEHBI'))
    const { page, leave } = await visit(hub.base, '/#/queues', { expected: [/422|404/] })
    await page.getByRole('link', { name: 'intercept' }).click()
    await page.getByText(/RTAAQQ falls to RTAA, which has no such station/).waitFor()
    await page.getByRole('button', { name: /^Send copy/ }).click()
    await page.getByText(/no such station|in no entry/).nth(1).waitFor()
    await page.getByLabel('The right indicator').fill('rtaawb')
    await page.getByRole('button', { name: /^Send copy/ }).click()
    await page.getByText(/goes on to RTAAWB/).waitFor()
    await page.getByRole('link', { name: 'RTAAWB' }).waitFor()
    await leave()
    await far.end()
    await hub.end()
  },

  async 'queues are found by a word'() {
    const { base, end } = await serve(...network('one-switch.toml'))
    await post(base, '/api/v1/messages', seed)
    const { page, leave } = await visit(base, '/#/queues')
    await page.getByRole('link', { name: 'RUEHC', exact: true }).waitFor()
    await page.getByLabel('Search').fill('tokyo')
    await page.getByRole('link', { name: 'RUEHC', exact: true }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'RUEHKO' }).waitFor()
    await page.getByLabel('Search').fill('atlantis')
    await page.getByText('has “atlantis” in its name').waitFor()
    await leave()
    await end()
  },

  async 'an empty desk is neither good nor bad, and what was refused is said of that text only'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/', { expected: [/422/] })
    await page.getByRole('button', { name: 'Its damaged twin' }).click()
    await verdict(page, /^3 errors/)
    await page.getByRole('button', { name: 'File it at this switch' }).click()
    await page.getByText(/^Refused: /).waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await verdict(page, /^No message yet/)
    assert.equal(await page.getByText(/^Refused: /).count(), 0)
    assert.equal(await page.getByRole('button', { name: 'File it at this switch' }).isDisabled(), true)
    await leave()
    await end()
  },

  async 'a lecturer’s lesson stands beside the others, its task checks itself, and its HTML is text'() {
    const lessons = mkdtempSync(join(folder, 'lessons-'))
    writeFileSync(join(lessons, '01-our-own-relay.md'), `# Our own relay\n\nSee <img src="http://example.org/x.png" onerror="alert(1)"> and [the rules](#/rules).\n\n![a picture](http://example.org/y.png)\n
\`\`\`journey\nflash\n\`\`\`\n\n\`\`\`task\n{"goal": "Change the number to 3821.", "start": "seed", "want": {"number": "3821"}}\n\`\`\`\n`)
    writeFileSync(join(lessons, '04-precedence.md'), '# Precedence, as we teach it\n\nText.\n')
    const { base, end } = await serve('--lessons', lessons)
    const { page, leave } = await visit(base, '/#/lessons')
    await page.getByRole('link', { name: 'Precedence, as we teach it' }).waitFor()
    assert.equal(await page.locator('ol.index a').count(), 9)
    await page.goto(`${base}/#/lessons/our-own-relay`)
    await page.getByText('<img src="http://example.org/x.png" onerror="alert(1)">').waitFor()
    assert.equal(await page.locator('article img').count(), 0)
    await page.getByText(/^Not yet: (?!not read)/).waitFor()
    await write(page, seed.replace('XRO3820', 'XRO3821'), 'The message of the task')
    await page.getByText(/^Done\./).waitFor()
    await page.goto(`${base}/#/lessons/nowhere`)
    await page.getByText('There is no lesson “nowhere” here.').waitFor()
    await leave()
    await end()
  },

  async 'where the switch asks for a token the page asks for one, keeps it in its tab, and says when it is not taken'() {
    const { base, end } = await serve(...network('one-switch.toml'))
    await post(base, '/api/v1/messages', seed)
    const { page, leave } = await visit(base, '/#/rules', { expected: [/401/] })
    let good = 'SESAME'
    await page.route('**/api/**', (route) => route.request().headers().authorization === `Bearer ${good}` ? route.continue()
      : route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"status":401,"detail":"a token is expected"}' }))
    await page.goto(`${base}/?#/queues`)
    await page.getByRole('heading', { name: 'The switch asks for a token' }).waitFor()
    await page.getByText('a token is wanted').waitFor()
    await page.getByLabel('Token').fill('OPEN')
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByRole('heading', { name: 'The switch does not take this token' }).waitFor()
    await page.getByLabel('Token').fill('SESAME')
    await page.keyboard.press('Enter')
    await page.getByText('31 copies in 31 queues').waitFor()
    await page.getByText('live', { exact: true }).waitFor()
    assert.deepEqual(await page.evaluate(() => [Object.values(sessionStorage), localStorage.length, document.cookie]), [['SESAME'], 0, ''])
    good = 'ANOTHER' // it has expired
    await page.getByRole('link', { name: 'RUEHC', exact: true }).click()
    await page.getByText('It is wrong, or has expired.').waitFor()
    await leave()
    await end()
  },

  async 'the first page is light, and the map comes when it is looked at'() {
    const { base, end } = await serve(...network('demo.toml'), '--relay', 'RTAA')
    const { page, leave } = await visit(base, '/')
    const asked = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.reload()
    await verdict(page, /^Conforms/)
    const size = async (path) => Number((await fetch(base + path, { headers: { 'Accept-Encoding': 'gzip' } })).headers.get('content-length'))
    const first = asked.filter((path) => !path.startsWith('/api/'))
    let bytes = 0
    for (const path of first) bytes += await size(path)
    console.log(`      the first page: ${Math.round(bytes / 1024)} KiB packed, ${first.length} files`)
    assert.ok(first.length >= 3 && bytes < 300_000, `${bytes} bytes`)
    const before = asked.length
    await page.getByRole('link', { name: 'Network' }).click()
    await page.getByRole('group', { name: 'Relays and circuits on a map' }).waitFor()
    assert.ok(asked.slice(before).some((path) => /^\/assets\/worldmap-/.test(path)))
    await leave()
    await end()
  },

  async 'a thousand messages on their way among two hundred stations are no more work for the page than ten'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/#/network', { reducedMotion: 'no-preference' })
    await page.getByRole('button', { name: 'A simulation, played' }).click()
    const relay = (index) => `RT${String.fromCharCode(65 + index)}A`
    const around = (index, of, radius) => ({ latitude: 20 + radius * Math.sin((2 * Math.PI * index) / of), longitude: 2 * radius * Math.cos((2 * Math.PI * index) / of) })
    const relays = Array.from({ length: 20 }, (_, index) => ({ routingIndicator: relay(index), name: `RELAY ${index}`, place: around(index, 20, 45) }))
    const stations = Array.from({ length: 200 }, (_, index) => ({ routingIndicator: `RUE${index}`, plainLanguageAddress: `POST ${index}`, relay: relay(index % 20), place: around(index, 200, 50) }))
    const circuits = Array.from({ length: 40 }, (_, index) => ({ circuit: `C${index}`, channel: `C${index}O`, from: relay(index % 20), to: relay((index + (index < 20 ? 1 : 7)) % 20) }))
    // At 10 s ten are on their way, at 60 s a thousand.
    const transmissions = Array.from({ length: 1010 }, (_, index) => {
      const { circuit, channel, from, to } = circuits[index % 40]
      const began = index < 10 ? 5 : 20 + index / 100
      return { circuit, channel, from, to, number: String(index).padStart(4, '0'), atSeconds: began, untilSeconds: index < 10 ? 15 : 100 + index / 50, message: `M ${index}`,
        heading: `VZCZC${channel}\n${['RR', 'PP', 'OO', 'ZZ'][index % 4]} RUE1\nDE RUE2` }
    })
    await page.getByLabel('A report in JSON').setInputFiles({ name: 'world.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ relays, stations, circuits, transmissions })) })
    await page.getByText('world.json: 1010 transmissions.').waitFor()
    const shown = async (ground, time, number) => {
      await page.getByRole('button', { name: ground, exact: true }).click()
      await page.getByLabel('Time').fill(String(time))
      await page.locator(`canvas[data-moving="${number}"]`).waitFor()
      return page.evaluate(() => document.querySelectorAll('main *').length)
    }
    for (const ground of ['Map', 'Schematic']) {
      const few = await shown(ground, 10, 10)
      const many = await shown(ground, 60, 1000)
      assert.ok(Math.abs(many - few) <= 4, `${ground}: ${few} parts of the page with ten messages, ${many} with a thousand`)
      // Something is drawn.
      assert.ok(await page.locator('canvas').evaluate((canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0)))
      await page.getByLabel('Speed').selectOption('1')
      await page.getByRole('button', { name: 'Play', exact: true }).click()
      const frames = await page.evaluate(() => new Promise((done) => {
        const times = []
        const tick = (time) => { times.push(time); if (times.length < 121) requestAnimationFrame(tick); else done(times) }
        requestAnimationFrame(tick)
      }))
      await page.getByRole('button', { name: 'Pause' }).click()
      const gaps = frames.slice(1).map((time, index) => time - frames[index]).sort((one, other) => one - other)
      console.log(`      ${ground}: ${(120_000 / (frames.at(-1) - frames[0])).toFixed(0)} frames a second, median ${gaps[60].toFixed(1)} ms, worst of 120 ${gaps.at(-1).toFixed(1)} ms`)
    }
    await leave()
    await end()
  },

  async 'with the keyboard alone from the first page to the journey of a message'() {
    const { base, end } = await serve()
    const { page, leave } = await visit(base, '/')
    await verdict(page, /^Conforms/)
    await tabTo(page, /^Network$/)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'main')
    await tabTo(page, /^A simulation, played$/)
    await page.keyboard.press('Enter')
    // Play goes from one transmission to the next where motion is not wanted.
    await tabTo(page, /^Play$/)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^ABO0002/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    await tabTo(page, /^Schematic$/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^(ABO|ACO|ADO|XRO)\d{4}/)
    await page.keyboard.press('Enter')
    await tabTo(page, /RTCA → RTAA$/)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^ACI0002/ }).waitFor()
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
    await page.locator('ol.index a').first().waitFor()
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

  async 'every page and every lesson is without a fault that axe finds, in light and dark, wide and narrow, presented too'() {
    const { base, end } = await serve(...network('demo.toml'), '--relay', 'RTAA')
    await post(base, '/api/v1/messages', seed)
    const traffic = JSON.stringify({ rate: 500, messages: 60, seed: 1, violate: ['lost-slash', 'FL2-01', 'FL5'], share: 0.5 })
    assert.equal((await fetch(`${base}/api/v1/traffic`, { method: 'POST', body: traffic, headers: { 'Content-Type': 'application/json' } })).status, 202)
    const lessons = ['a-cables-journey', 'anatomy-of-a-heading', 'action-info-exempt', 'precedence', 'collectives-and-segregation',
      'alternate-routes', 'numbers-and-continuity', 'what-goes-wrong']
    const press = (name) => (page) => page.getByRole('button', { name, exact: true }).click()
    const pages = [
      ['inspector', press('Its damaged twin'), (page) => verdict(page, /^3 errors/)], ['queues/RUEHC'], ['journal/1'], ['rules/FL2-01'], ['lessons'],
      ['network', press('Map'), (page) => page.getByRole('group', { name: 'Relays and circuits on a map' }).waitFor()], ['network', press('Schematic')],
      ['network', (page) => page.getByRole('button', { name: /^Circuit XR/ }).press('Enter')],
      ['network', press('A simulation, played'), press('Step'), press('Step')], ['traffic', (page) => page.getByText('It has ended').waitFor()],
      ['traffic', (page) => page.getByLabel('some of them broken on purpose').check(), (page) => page.getByText(/shapes of damage/).click()], ...lessons.map((name) => [`lessons/${name}`]),
    ]
    const look = async (page, told) => {
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
      assert.deepEqual(violations.map(({ id, nodes }) => `${told}: ${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`), [])
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      assert.ok(over <= 0, `${told} is ${over} pixels too wide`)
    }
    for (const colorScheme of ['light', 'dark'])
      for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
        // axe itself is put into the page from outside.
        const { page, leave } = await visit(base, '/', { colorScheme, viewport, bypassCSP: true })
        await page.evaluate(axeSource)
        for (const [path, ...deeds] of pages) {
          await page.goto(`${base}/#/lessons/none`) // so that each begins anew
          await page.goto(`${base}/#/${path}`)
          await page.locator('main h1').waitFor()
          for (const deed of deeds) await deed(page)
          const told = `${path} ${colorScheme} ${viewport.width}`
          await look(page, told)
          await page.getByRole('button', { name: 'Present' }).click()
          await look(page, `${told}, presented`)
          await page.keyboard.press('Escape')
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
rmSync(folder, { recursive: true })
process.exit(failed ? 1 : 0)
