// Writes the simulations that the desk brings along: node bring-along.mjs PROGRAM
// What only the reports of the program itself draw is left out.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const scenario = (name) => here(`../fixtures/scenarios/${name}.toml`)

// By the scenario, with options. Of the world's traffic two hours: a day of it is 13 MB.
export const brought = { astana: [], flash: [], refused: [], day: [], world: ['--for', '2h'] }
const part = { world: ' Its first two hours.' }
export const simulation = (program, name) => {
  const args = ['simulate', scenario(name), '--seed', '1', '--report', 'json', '--quiet', ...brought[name]]
  const report = JSON.parse(execFileSync(program, args, { maxBuffer: 1 << 26 }))
  delete report.speeds
  for (const load of report.circuits) { delete load.waiting; delete load.busy }
  return report
}
export const place = (name) => here(`src/network/scenarios/${name}.json`)

/** What a scenario says of itself. */
export const titles = () => Object.keys(brought).map((name) => {
  const told = (key) => new RegExp(`^${key} = "(.*)"$`, 'm').exec(readFileSync(scenario(name), 'utf8'))?.[1] ?? ''
  return { name, title: told('name'), about: told('about') + (part[name] ?? '') }
})
export const titlesPlace = here('src/network/scenarios/titles.json')

// A line for each part of a list: a report of thousands is still to be compared.
const written = (report) => `{\n${Object.entries(report).map(([key, value]) => `${JSON.stringify(key)}: ${
  Array.isArray(value) ? `[\n${value.map((part) => JSON.stringify(part)).join(',\n')}\n]` : JSON.stringify(value)}`).join(',\n')}\n}\n`

if (process.argv[1] === here('bring-along.mjs')) {
  for (const name of Object.keys(brought)) writeFileSync(place(name), written(simulation(process.argv[2], name)))
  writeFileSync(titlesPlace, JSON.stringify(titles(), null, 1) + '\n')
}
