// The map: the coasts of world-atlas (Natural Earth), circuits as great circles. Loaded when it is first shown.
import { geoInterpolate, geoNaturalEarth1, geoPath, type GeoPermissibleObjects } from 'd3-geo'
import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import atlas from 'world-atlas/land-110m.json'
import { beside, type Ground, type Line, type Point, type Relay, type Station } from './scene'
import type { Place } from '../switch/types'

export interface WorldMap extends Ground { land: string; sphere: string }

const width = 1000
const tallest = 560
const margin = 46
const spare = 70 // above and below what stands there
const parts = 120 // of the way of a line
const land = feature(atlas as unknown as Topology, (atlas as unknown as Topology).objects.land!)

// proto3 JSON leaves a zero out.
const coordinates = (place: Place): [number, number] => [place.longitude ?? 0, place.latitude ?? 0]

/** The longitude in the middle of the map: opposite the middle of the widest stretch where nothing stands. */
export const middle = (longitudes: number[]): number => {
  const sorted = [...new Set(longitudes)].sort((one, other) => one - other)
  let [widest, centre] = [0, 0]
  sorted.forEach((from, index) => {
    const gap = (sorted[index + 1] ?? sorted[0]! + 360) - from
    if (gap > widest) [widest, centre] = [gap, from + gap / 2 + 180]
  })
  return ((centre + 540) % 360) - 180
}

export const worldMap = (relays: Relay[], stations: Station[], lines: Line[]): WorldMap => {
  const of = new Map(relays.flatMap((relay) => (relay.place ? [[relay.indicator, coordinates(relay.place)] as const] : [])))
  const posts = new Map(stations.flatMap((station) => (station.place ? [[station.indicator, coordinates(station.place)] as const] : [])))
  const points = [...of.values(), ...posts.values()]
  const great = (line: Line): GeoPermissibleObjects | undefined => {
    const [a, b] = [of.get(line.first), of.get(line.second)]
    return a && b ? { type: 'LineString', coordinates: [a, b] } : undefined
  }
  const all = { type: 'GeometryCollection', geometries: [{ type: 'MultiPoint', coordinates: points }, ...lines.flatMap((line) => great(line) ?? [])] }
  const projection = geoNaturalEarth1().rotate([-middle(points.map(([longitude]) => longitude)), 0])
    .fitExtent([[margin, margin], [width - margin, tallest - margin]], all as never)
  // A network of one town is not shown house by house: the coasts are not known so well.
  projection.scale(Math.min(projection.scale(), 1600))
  if (points.length === 1) projection.translate([width / 2, tallest / 2]).center([0, points[0]![1]])
  const path = geoPath(projection)
  // No more sky and sea than is wanted: of a wide network the picture is low.
  const [[[, sky], [, sea]], [[, north], [, south]]] = [path.bounds({ type: 'Sphere' }), path.bounds(all as never)]
  const [top, bottom] = [Math.max(0, sky, Math.min(north - spare, tallest / 2 - 180)), Math.min(tallest, sea, Math.max(south + spare, tallest / 2 + 180))]
  const height = Math.round(bottom - top)
  const [x, y] = projection.translate()
  projection.translate([x, y - top]).clipExtent([[0, 0], [width, height]])
  const put = (at: [number, number] | undefined): Point | undefined => {
    const found = at && projection(at)
    return found ? { x: found[0], y: found[1] } : undefined
  }
  // Points on the way of a line from its first end to its second, found once.
  const ways = new Map(lines.map((line) => {
    const [a, b] = [of.get(line.first), of.get(line.second)]
    const way = a && b ? geoInterpolate(a, b) : undefined
    return [line.name, way && Array.from({ length: parts + 1 }, (_, index) => put(way(index / parts))!)]
  }))
  return {
    width, height,
    land: path(land) ?? '', sphere: path({ type: 'Sphere' }) ?? '',
    relay: (indicator) => put(of.get(indicator)),
    station: (indicator) => put(posts.get(indicator)),
    wire: (line) => { const way = great(line); return way ? path(way) ?? '' : '' },
    along: (line, from, done) => {
      const way = ways.get(line.name)
      if (!way) return undefined
      const backwards = from === line.second
      const share = (backwards ? .97 - done * .94 : .03 + done * .94) * parts
      const [before, after] = [way[Math.floor(share)]!, way[Math.floor(share) + 1]!]
      const rest = share % 1
      // Over the seam of the map it leaps.
      const leaps = Math.abs(after.x - before.x) > width / 2
      const here = leaps ? before : { x: before.x + (after.x - before.x) * rest, y: before.y + (after.y - before.y) * rest }
      return leaps ? here : backwards ? beside(after, before, here, 6) : beside(before, after, here, 6)
    },
  }
}
