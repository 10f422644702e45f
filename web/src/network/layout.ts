// Where relays stand in the schematic: the one with most circuits in the middle, the others around it, neighbours
// beside each other where that is to be had.

export interface Point { x: number; y: number }
export interface Line { name: string; first: string; second: string }

export const width = 1000
export const height = 620

const crossings = (ring: string[], lines: Line[]): number => {
  const at = new Map(ring.map((name, index) => [name, index]))
  // The length along the ring of all lines that do not end in the middle.
  return lines.reduce((sum, { first, second }) => {
    const one = at.get(first)
    const other = at.get(second)
    if (one === undefined || other === undefined) return sum
    const apart = Math.abs(one - other)
    return sum + Math.min(apart, ring.length - apart)
  }, 0)
}

export const layout = (relays: string[], lines: Line[]): Map<string, Point> => {
  const places = new Map<string, Point>()
  const degree = (name: string) => lines.filter(({ first, second }) => first === name || second === name).length
  const [hub, ...others] = [...relays].sort((one, other) => degree(other) - degree(one) || one.localeCompare(other))
  if (!hub) return places
  if (!others.length) return places.set(hub, { x: width / 2, y: height / 2 })
  const ring = others.sort()
  // Swaps as long as they help; a network that is shown so has few relays.
  for (let better = true, rounds = 0; better && rounds < 20; ++rounds) {
    better = false
    for (let i = 0; i < ring.length; ++i)
      for (let j = i + 1; j < ring.length; ++j) {
        const before = crossings(ring, lines)
        ;[ring[i], ring[j]] = [ring[j]!, ring[i]!]
        if (crossings(ring, lines) < before) better = true
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
