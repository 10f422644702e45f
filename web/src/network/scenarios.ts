// The simulations that the desk brings along (bring-along.mjs), each loaded when it is looked at.
import type { Report } from '../switch/types'
import { messages } from './play'
import told from './scenarios/titles.json'

export type Name = 'astana' | 'flash' | 'refused' | 'day' | 'world'
export interface Scenario { name: Name; title: string; about: string; speed: number }

const speeds: Record<Name, number> = { astana: 10, flash: 10, refused: 30, day: 1000, world: 100 }
export const scenarios: Scenario[] = told.map((each) => ({ ...each, name: each.name as Name, speed: speeds[each.name as Name] }))
export const scenario = (name: string): Scenario => scenarios.find((each) => each.name === name) ?? scenarios[0]!

const files = import.meta.glob<{ default: Report }>(['./scenarios/*.json', '!./scenarios/titles.json'])
export const load = async (name: Name): Promise<Report> => (await files[`./scenarios/${name}.json`]!()).default

// Whose journey is shown first.
const shown: Partial<Record<Name, string>> = { astana: 'RUEHTA 1399/01 2290141', flash: 'RTBAKV 0002 2290002', refused: 'RUEHTA 1401 2290803' }
/** Of the others, and of a report from a file, the one that went the longest way. */
export const firstShown = (report: Report, name?: Name): string => {
  if (name && shown[name]) return shown[name]
  const ways = new Map<string, number>()
  for (const { message, cancelled } of report.transmissions ?? []) if (message && !cancelled) ways.set(message, (ways.get(message) ?? 0) + 1)
  const most = Math.max(0, ...ways.values())
  return messages(report).find((message) => ways.get(message) === most) ?? ''
}
