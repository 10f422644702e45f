// The pictures of the documentation: script/pictures. With --all every page of the desk in three sizes, light and dark.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { browser, network, options, post, seed, serve, verdict, visit } from './house.mjs'

const press = (name) => (page) => page.getByRole('button', { name, exact: true }).click()
const to = (name) => join(options.to, name)
const { base, circuits, end } = await serve(...network('demo.toml'), '--relay', 'RTAA')
const far = await serve(...network('demo.toml'), '--relay', 'RTBA', '--dial', `AB=${circuits}`)

const shot = async (name, path, deeds, settings) => {
  const { page, leave } = await visit(base, path, settings)
  await page.locator('main h1').waitFor()
  for (const deed of deeds) await deed(page)
  await page.screenshot({ path: to(name) })
  await leave()
}
const damaged = [press('Its damaged twin'), (page) => verdict(page, /^3 errors/)]
const onMap = (page) => page.getByRole('group', { name: 'Relays and circuits on a map' }).waitFor()
const step = press('Step')
const played = [press('A simulation, played'), onMap, step, step]
const overtaken = [press('A simulation, played'), (page) => page.getByLabel('Scenario').selectOption('A FLASH overtakes'),
  (page) => page.getByText('RTBAKV 0002').first().waitFor({ state: 'attached' }), press('Schematic'), step, step, step, step, step, step]

// For the documentation: small and light.
const small = { viewport: { width: 1280, height: 800 } }
await shot('desk-inspector.png', '/#/inspector', damaged, small)
await shot('desk-network.png', '/#/network', played, small)
await shot('desk-flash.png', '/#/network', overtaken, small)
const report = await browser.newPage({ viewport: { width: 1100, height: 1240 }, reducedMotion: 'reduce' })
await report.goto(pathToFileURL(options.report).href)
await report.screenshot({ path: to('simulation.png') })

if (options.all) {
  await post(base, '/api/v1/messages', seed)
  const closed = [(page) => page.getByRole('button', { name: /^Circuit XR/ }).press('Enter'), (page) => page.getByText('Its alternate').waitFor()]
  const journey = [(page) => post(base, '/api/v1/messages', readFileSync(join(options.root, 'fixtures/seed/09ASTANA1399.txt'), 'utf8').replaceAll('1399', '2399')),
    (page) => page.getByRole('button', { name: /^ABO/ }).first().click(), (page) => page.locator('mark').first().waitFor()]
  const pages = {
    inspector: ['/#/inspector', damaged], queues: ['/#/queues/RUEHC', []], journal: ['/#/journal/1', []], rules: ['/#/rules/FL2-01', []], lessons: ['/#/lessons', []],
    lesson: ['/#/lessons/precedence', []], map: ['/#/network', [onMap, ...closed]], schematic: ['/#/network', [press('Schematic'), ...closed]],
    played: ['/#/network', played], overtaken: ['/#/network', overtaken], present: ['/#/network', [...played, press('Present')]],
    journey: ['/#/network', [onMap, ...journey]],
  }
  for (const [width, height] of [[1440, 900], [1920, 1080], [390, 844]])
    for (const colorScheme of ['light', 'dark'])
      for (const [name, [path, deeds]] of Object.entries(pages)) {
        if (name === 'journey' && (width !== 1440 || colorScheme === 'dark')) continue
        await shot(`${name}-${width}-${colorScheme}.png`, path, deeds, { viewport: { width, height }, colorScheme })
      }
}
await far.end()
await end()
await browser.close()
