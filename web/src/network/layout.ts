// The schematic: the relay with most circuits in the middle, the others around it, neighbours beside each other where that
// is to be had; stations in rows below their relay.
import { beside, type Ground, type Line, type Point, type Relay, type Station } from './scene'

export const width = 1000
export const height = 620
const mostSwapped = 40 // relays; in a larger ring they stand in order of their indicators

const apart = (ring: string[], lines: Line[]): number => {
  const at = new Map(ring.map((name, index) => [name, index]))
  // The length along the ring of all lines that do not end in the middle.
  return lines.reduce((sum, { first, second }) => {
    const one = at.get(first)
    const other = at.get(second)
    if (one === undefined || other === undefined) return sum
    const between = Math.abs(one - other)
    return sum + Math.min(between, ring.length - between)
  }, 0)
}

export const layout = (relays: string[], lines: Line[]): Map<string, Point> => {
  const places = new Map<string, Point>()
  const degree = (name: string) => lines.filter(({ first, second }) => first === name || second === name).length
  const [hub, ...others] = [...relays].sort((one, other) => degree(other) - degree(one) || one.localeCompare(other))
  if (!hub) return places
  if (!others.length) return places.set(hub, { x: width / 2, y: height / 2 })
  const ring = others.sort()
  // Swaps as long as they help.
  for (let better = ring.length <= mostSwapped, rounds = 0; better && rounds < 20; ++rounds) {
    better = false
    for (let i = 0; i < ring.length; ++i)
      for (let j = i + 1; j < ring.length; ++j) {
        const before = apart(ring, lines)
        ;[ring[i], ring[j]] = [ring[j]!, ring[i]!]
        if (apart(ring, lines) < before) better = true
        else [ring[i], ring[j]] = [ring[j]!, ring[i]!]
      }
  }
  places.set(hub, { x: width / 2, y: height / 2 })
  ring.forEach((name, index) => {
    const angle = -Math.PI / 2 + (2 * Math.PI * index) / ring.length
    places.set(name, { x: width / 2 + Math.cos(angle) * 390, y: height / 2 + Math.sin(angle) * 235 })
  })
  return places
}

/** The size of a relay's plate: with many relays they are smaller. */
export const plateOf = (relays: number): { width: number; height: number } =>
  relays <= 12 ? { width: 164, height: 68 } : { width: 74, height: 30 }

export const schematic = (relays: Relay[], stations: Station[], lines: Line[]): Ground => {
  const places = layout(relays.map((relay) => relay.indicator), lines)
  const plate = plateOf(relays.length)
  const rows = new Map<string, Point>()
  const numbers = new Map<string, number>() // of stations, by relay
  const inRow = Math.floor(plate.width / 9)
  for (const station of stations) {
    const at = places.get(station.relay)
    const number = numbers.get(station.relay) ?? 0
    numbers.set(station.relay, number + 1)
    if (at) rows.set(station.indicator, { x: at.x - plate.width / 2 + 9 * (number % inRow) + 9, y: at.y + plate.height / 2 + 9 + 9 * Math.floor(number / inRow) })
  }
  const ends = (line: Line, from: string): [Point, Point] | undefined => {
    const [begin, end] = from === line.second ? [places.get(line.second), places.get(line.first)] : [places.get(line.first), places.get(line.second)]
    return begin && end ? [begin, end] : undefined
  }
  return {
    width, height,
    relay: (indicator) => places.get(indicator),
    station: (indicator) => rows.get(indicator),
    wire: (line) => {
      const [a, b] = ends(line, line.first) ?? []
      return a && b ? `M${a.x},${a.y}L${b.x},${b.y}` : ''
    },
    along: (line, from, done) => {
      const [begin, end] = ends(line, from) ?? []
      if (!begin || !end) return undefined
      // From plate to plate.
      const share = .14 + done * .72
      return beside(begin, end, { x: begin.x + (end.x - begin.x) * share, y: begin.y + (end.y - begin.y) * share }, 9)
    },
  }
}
