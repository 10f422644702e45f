// What is drawn of a network, live or played: its parts, and the ground they stand on.
import type { Slice } from '../queues/depths'
import type { Network, Place, Report } from '../switch/types'

export interface Relay { indicator: string; name: string; here?: boolean; transfer?: boolean; place?: Place }
export interface Station { indicator: string; name: string; relay: string; place?: Place }
export interface Line {
  name: string; first: string; second: string; speed?: number; alternates?: string[][]
  state?: 'up' | 'down' | 'closed' | 'elsewhere'
}
/** What waits for a line at one of its ends, the highest precedence first. */
export interface Stack { line: string; from: string; slices: Slice[] }
export interface Dot {
  key: string | number; circuit: string; from: string; done: number; precedence: string; label: string
  service?: boolean; marked?: boolean; cancelled?: boolean
}

export interface Point { x: number; y: number }
/** Where the parts stand, in units of the picture. */
export interface Ground {
  width: number
  height: number
  relay(indicator: string): Point | undefined
  station(indicator: string): Point | undefined
  /** The wire of a line as an SVG path; empty where one of its ends has no place. */
  wire(line: Line): string
  /** A point on the way from one end to the other. */
  along(line: Line, from: string, done: number): Point | undefined
}

export const letterOf = (precedence: string): string => ({ FLASH: 'Z', IMMEDIATE: 'O', PRIORITY: 'P', ROUTINE: 'R', EMERGENCY: 'Y' })[precedence] ?? ''

/** Each direction keeps to its own side. */
export const beside = (begin: Point, end: Point, at: Point, by: number): Point => {
  const length = Math.hypot(end.x - begin.x, end.y - begin.y) || 1
  return { x: at.x - ((end.y - begin.y) / length) * by, y: at.y + ((end.x - begin.x) / length) * by }
}

export const relaysOf = (network: Pick<Network, 'relays' | 'relay'>): Relay[] => (network.relays ?? []).map((relay) => ({
  indicator: relay.routingIndicator, name: relay.name, transfer: relay.transfer, place: relay.place,
  here: network.relay !== undefined && relay.routingIndicator === network.relay,
}))
export const stationsOf = (network: Pick<Network, 'stations'>): Station[] => (network.stations ?? []).map((station) => ({
  indicator: station.routingIndicator, name: station.plainLanguageAddress, relay: station.relay, place: station.place,
}))

/** Of a report: its own relays, or where it is an old one those at the ends of its circuits. */
export const sceneOf = (report: Report): { relays: Relay[]; stations: Station[]; lines: Line[] } => {
  const lines = [...new Map((report.circuits ?? []).map((load) => [load.circuit, { name: load.circuit, first: load.from, second: load.to }])).values()]
  const ends = [...new Set(lines.flatMap((line) => [line.first, line.second]))].sort()
  return {
    relays: report.relays?.length ? relaysOf(report) : ends.map((indicator) => ({ indicator, name: '' })),
    stations: stationsOf(report), lines,
  }
}
