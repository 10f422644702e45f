// The map: the coasts of world-atlas (Natural Earth), circuits as great circles. Loaded when it is first shown.
import { geoInterpolate, geoNaturalEarth1, geoPath, type GeoPermissibleObjects } from 'd3-geo'
import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import atlas from 'world-atlas/land-110m.json'
import { beside, type Ground, type Line, type Point, type Relay, type Station } from './scene'
import type { Place } from '../switch/types'

export interface WorldMap extends Ground { land: string; sphere: string }

const width = 1000
const height = 560
const margin = 46
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
  const projection = geoNaturalEarth1().rotate([-middle(points.map(([longitude]) => longitude)), 0])
    .fitExtent([[margin, margin], [width - margin, height - margin]], {
      type: 'GeometryCollection', geometries: [{ type: 'MultiPoint', coordinates: points }, ...lines.flatMap((line) => great(line) ?? [])] as never,
    })
  // A network of one town is not shown house by house: the coasts are not known so well.
  projection.scale(Math.min(projection.scale(), 1600))
  if (points.length === 1) projection.translate([width / 2, height / 2]).center([0, points[0]![1]])
  projection.clipExtent([[0, 0], [width, height]])
  const path = geoPath(projection)
  const put = (at: [number, number] | undefined): Point | undefined => {
    const found = at && projection(at)
    return found ? { x: found[0], y: found[1] } : undefined
  }
  const ways = new Map(lines.map((line) => {
    const [a, b] = [of.get(line.first), of.get(line.second)]
    return [line.name, a && b ? geoInterpolate(a, b) : undefined]
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
      const share = .03 + done * .94
      const place = (at: number) => put(way(from === line.second ? 1 - at : at))
      const [here, next] = [place(share), place(Math.min(1, share + .01))]
      return here && next ? beside(here, next, here, 6) : here
    },
  }
}
