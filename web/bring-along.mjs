// Writes the simulations that the desk brings along: node bring-along.mjs PROGRAM
// What only the reports of the program itself draw is left out.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

export const brought = ['astana', 'flash']
export const simulation = (program, name) => {
  const scenario = here(`../fixtures/scenarios/${name}.toml`)
  const report = JSON.parse(execFileSync(program, ['simulate', scenario, '--seed', '1', '--report', 'json', '--quiet'], { maxBuffer: 1 << 26 }))
  delete report.speeds
  for (const load of report.circuits) { delete load.waiting; delete load.busy }
  return report
}
export const place = (name) => here(`src/network/${name}.json`)

if (process.argv[1] === here('bring-along.mjs'))
  for (const name of brought) writeFileSync(place(name), JSON.stringify(simulation(process.argv[2], name), null, 1) + '\n')
