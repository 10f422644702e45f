import { describe, expect, test } from 'vitest'
import { lesson } from '../lessons.js'
import { joined, lessons } from '../src/lessons/lessons'
import { beginning, missing } from '../src/lessons/tasks'
import astana from '../src/network/scenarios/astana.json'
import flash from '../src/network/scenarios/flash.json'
import { layout, schematic } from '../src/network/layout'
import { firstLines, legsHere } from '../src/network/here'
import { end, journey, messages, precedenceOf, readReport, Timetable, until } from '../src/network/play'
import { sceneOf } from '../src/network/scene'
import { middle, worldMap } from '../src/network/worldmap'
import { slices, total } from '../src/queues/depths'
import { formatLines, inWhole } from '../src/rules/example'
import { Events } from '../src/switch/stream'
import type { Report } from '../src/switch/types'

const report = astana as Report

describe('a simulation played', () => {
  test('nothing moves before it leaves or after it is there', () => {
    const timetable = new Timetable(report)
    const sent = report.transmissions!.find((each) => each.channel === 'XRO' && each.number === '3820')!
    const moves = (now: number) => timetable.moving(now).some(({ transmission }) => transmission === sent)
    expect([sent.atSeconds! - 0.01, sent.atSeconds!, (sent.atSeconds! + until(sent)) / 2, until(sent) + 0.001].map(moves)).toEqual([false, true, true, false])
    expect(timetable.moving(end(report) + 0.001)).toEqual([])
  })
  test('what a relay has and has not sent yet waits, by precedence, and leaves the stack when it begins', () => {
    const run: Report = { circuits: [], transmissions: [
      { circuit: 'AB', channel: 'ABO', number: '1', from: 'RTAA', to: 'RTBA', atSeconds: 1, untilSeconds: 9, waitsSinceSeconds: 1, heading: 'VZCZCABO1\nRR RTBA\nDE X' },
      { circuit: 'AB', channel: 'ABO', number: '2', from: 'RTAA', to: 'RTBA', atSeconds: 9, untilSeconds: 12, waitsSinceSeconds: 4, heading: 'VZCZCABO2\nZZ RTBA\nDE X' },
      { circuit: 'AB', channel: 'ABO', number: '3', from: 'RTAA', to: 'RTBA', atSeconds: 12, untilSeconds: 14, waitsSinceSeconds: 2, heading: 'VZCZCABO3\nRR RTBA\nDE X' },
    ] }
    const timetable = new Timetable(run)
    const waits = (now: number) => timetable.waiting(now).flatMap(({ line, from, slices }) => slices.map((slice) => `${line} ${from} ${slice.precedence} ${slice.waiting}`))
    expect(waits(1.5)).toEqual([])
    expect(waits(5)).toEqual(['AB RTAA PRECEDENCE_FLASH 1', 'AB RTAA PRECEDENCE_ROUTINE 1'])
    expect(waits(9)).toEqual(['AB RTAA PRECEDENCE_ROUTINE 1'])
    expect(waits(12)).toEqual([])
  })
  test('the journey marks what the relay changed, and nothing where the message begins', () => {
    const hops = journey(report, messages(report)[0]!)
    expect(hops.map(({ transmission }) => transmission.channel)).toEqual(['ACI', 'ABO', 'ACO', 'ADO', 'XRO', 'ABO'])
    expect(hops[0]!.lines.some((line) => line.changed)).toBe(false)
    expect(hops[1]!.lines.map((line) => line.changed)).toEqual([true, true, false])
  })
  test('what a FLASH broke off begins again behind it, and ends where the FLASH begins', () => {
    const run = flash as Report
    const hops = journey(run, 'RTBAKV 0002 2290002').filter(({ transmission }) => transmission.channel === 'ABI')
    expect(hops.map(({ transmission }) => [transmission.number, transmission.cancelled ?? false])).toEqual([['0004', true], ['0006', false]])
    const overtaking = run.transmissions!.find((each) => each.channel === 'ABI' && each.number === '0005')!
    expect(precedenceOf(overtaking)).toBe('FLASH')
    expect(until(hops[0]!.transmission)).toBeCloseTo(overtaking.atSeconds!)
  })
  test('a file that is no report is none', () => {
    expect(readReport('{')).toBeUndefined()
    expect(readReport('{"heading":{}}')).toBeUndefined()
    expect(readReport('null')).toBeUndefined()
    expect(readReport(JSON.stringify(astana))).toEqual(astana)
  })
  test('the precedence is that of the routing line', () => {
    const one = (heading: string) => precedenceOf({ circuit: '', number: '', heading, channel: '', from: '', to: '' })
    expect([one('VZCZCABO0001\nZZ RTBA'), one('VZCZCABO0001\nOO RTBA\nDE X'), one('')]).toEqual(['FLASH', 'IMMEDIATE', 'ROUTINE'])
  })
})

test('the relay with most circuits stands in the middle, neighbours beside each other', () => {
  const lines = [['A', 'B'], ['A', 'C'], ['A', 'D'], ['A', 'E'], ['B', 'D'], ['C', 'E']].map(([first, second]) => ({ name: first! + second!, first: first!, second: second! }))
  const places = layout(['B', 'C', 'A', 'D', 'E'], lines)
  expect(places.get('A')).toEqual({ x: 500, y: 310 })
  const ring = ['B', 'C', 'D', 'E'].sort((one, other) => Math.atan2(places.get(one)!.y - 310, places.get(one)!.x - 500) - Math.atan2(places.get(other)!.y - 310, places.get(other)!.x - 500))
  const apart = (one: string, other: string) => { const d = Math.abs(ring.indexOf(one) - ring.indexOf(other)); return Math.min(d, 4 - d) }
  expect([apart('B', 'D'), apart('C', 'E')]).toEqual([1, 1])
  expect(layout([], []).size).toBe(0)
  expect(layout(['A'], []).size).toBe(1)
})

describe('the ground', () => {
  const { relays, stations, lines } = sceneOf(report)
  test('a network of many relays has a place for each, and its stations stand below them', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ indicator: `RT${index}`, name: '' }))
    const ground = schematic(many, [{ indicator: 'S', name: '', relay: 'RT7' }, { indicator: 'NOWHERE', name: '', relay: 'RTXX' }], [])
    expect(new Set(many.map((relay) => JSON.stringify(ground.relay(relay.indicator)))).size).toBe(60)
    expect(ground.station('S')!.y).toBeGreaterThan(ground.relay('RT7')!.y)
    expect(ground.station('NOWHERE')).toBeUndefined()
  })
  test('north is up and east is right, and everything that has a place is in the picture', () => {
    const map = worldMap(relays, stations, lines)
    expect(map.land.length).toBeGreaterThan(1000)
    const [washington, astana, lima] = ['RUEHC', 'RUEHTA', 'RTFALP'].map((name) => map.station(name)!)
    expect(astana!.x).toBeGreaterThan(washington!.x)
    expect(lima!.y).toBeGreaterThan(washington!.y)
    for (const { indicator } of stations.filter((station) => station.place)) {
      const { x, y } = map.station(indicator)!
      expect(x > 0 && x < map.width && y > 0 && y < map.height, indicator).toBe(true)
    }
    expect(map.station('RTFAFE')).toBeUndefined() // at sea
  })
  test('what moves goes from the end it left to the other', () => {
    const map = worldMap(relays, stations, lines)
    const line = lines.find(({ name }) => name === 'XR')!
    const near = (from: string, done: number, to: string) => {
      const [one, other] = [map.along(line, from, done)!, map.relay(to)!]
      return Math.hypot(one.x - other.x, one.y - other.y) < 30
    }
    expect([near('RTAA', 0, 'RTAA'), near('RTAA', 1, 'RTEA'), near('RTEA', 0, 'RTEA'), near('RTEA', 1, 'RTAA'), near('RTAA', .5, 'RTAA')]).toEqual([true, true, true, true, false])
  })
  test('a line without a place at one end is not drawn', () => {
    const map = worldMap([{ indicator: 'A', name: '', place: {} }, { indicator: 'B', name: '' }], [], [])
    const line = { name: 'AB', first: 'A', second: 'B' }
    expect([map.wire(line), map.along(line, 'A', .5)]).toEqual(['', undefined])
    expect(map.relay('A')!.x).toBe(500) // at 0, 0: proto3 JSON leaves both out
    expect(map.relay('A')!.y).toBeCloseTo(map.height / 2)
  })
  test('the seam of the map lies where nothing stands', () => {
    expect(middle([-80, 10, 130])).toBeCloseTo(25)
    expect(Math.abs(middle([170, -170]))).toBeCloseTo(180)
    expect(middle([])).toBe(0)
  })
  test('an old report without relays shows those at the ends of its circuits', () => {
    expect(sceneOf({ circuits: [{ circuit: 'ZZ', channel: 'ZZO', from: 'RTXX', to: 'RTYY' }] }).relays.map((relay) => relay.indicator)).toEqual(['RTXX', 'RTYY'])
  })
})

describe('the journey at one switch', () => {
  const text = 'noise\nVZCZCACI0002\nPP RUEHBI RUEHC\nDE RUEHTA #1399/01 2290141\nZNY CCCCC ZZH\n'
  const answer = {
    message: { id: '1', text: btoa(text) }, reception: { circuit: 'AC', identification: 'ACI0002' },
    copies: [
      { id: '1-0', queue: 'RUEHC', state: 'COPY_STATE_ACKNOWLEDGED' },
      { id: '1-1', queue: 'circuit XR', state: 'COPY_STATE_HANDED_OUT', identification: 'ABO0007', heading: 'VZCZCABO0007\nPP RUEHBI\nDE RUEHTA #1399/01 2290141' },
      { id: '1-2', queue: 'intercept', reason: 'no route', called: ['RXXX'] },
    ],
  }
  test('tells how it came, on what it left and in place of which circuit, and what was stopped', () => {
    const legs = legsHere(answer, new Map([['ABO', 'AB'], ['XRO', 'XR']]))
    expect(legs.map((leg) => [leg.title, leg.note ?? ''])).toEqual([['Came in over AC as ACI0002', ''], ['Left on AB as ABO0007', 'for XR, by its alternate'],
      ['1 copy for stations here, 1 of them collected', ''], ['Intercepted for RXXX', 'no route']])
    expect(legs[1]!.lines.map((line) => line.changed)).toEqual([true, true, false])
  })
  test('the first lines are those from VZCZC to DE', () => {
    expect(firstLines(text.replaceAll('\n', '\r\n'))).toBe('VZCZCACI0002\nPP RUEHBI RUEHC\nDE RUEHTA #1399/01 2290141')
  })
})

test('events are read whatever the pieces they come in', () => {
  const stream = ': breath\n\nid: 7\nevent: sent\ndata: {"circuit":"XR",\ndata: "n":1}\n\nevent: settled\r\ndata: {}\r\n\r\ndata: unfinished'
  for (let size = 1; size < stream.length; ++size) {
    const events = new Events()
    const told = []
    for (let at = 0; at < stream.length; at += size) told.push(...events.take(stream.slice(at, at + size)))
    expect(told, `pieces of ${size}`).toEqual([{ event: 'sent', data: '{"circuit":"XR",\n"n":1}', id: '7' }, { event: 'settled', data: '{}', id: '7' }])
  }
})

test('depths are told by kind, the highest precedence first', () => {
  const depths = [
    { kind: 'KIND_INFO', precedence: 'PRECEDENCE_ROUTINE', waiting: '3' }, { kind: 'KIND_ACTION', precedence: 'PRECEDENCE_FLASH', waiting: '1', handedOut: '2' },
    { kind: 'KIND_INFO', precedence: 'PRECEDENCE_FLASH', handedOut: '1' },
  ]
  expect(slices(depths).map((slice) => [slice.precedence, slice.waiting, slice.handedOut])).toEqual([['PRECEDENCE_FLASH', 1, 3], ['PRECEDENCE_ROUTINE', 3, 0]])
  expect([total(depths), total(depths, 'KIND_ACTION'), total(undefined)]).toEqual([7, 3, 0])
})

describe('examples of rules', () => {
  test('their lines are known by their marks, and go on with the one before', () => {
    expect(formatLines(['VZCZCXRO3820', 'PP RUEHBI', 'RUEHCI', 'DE RUEHTA #1/01 2290141', 'FM A', 'TO B', 'C/D', 'INFO E'])).toEqual([1, 2, 2, 3, 6, 7, 7, 8])
  })
  test('they take the place of a whole message’s own', () => {
    const whole = inWhole('NN RUEHBI', 2).split('\n')
    expect(whole.slice(0, 3)).toEqual(['VZCZCXRO3820', 'NN RUEHBI', 'DE RUEHTA #1399/01 2290141'])
    expect(whole.filter((line) => line.startsWith('PP '))).toEqual([])
    expect(inWhole('INFO A/B', 8)).not.toContain('SEOUL')
  })
})

describe('lessons', () => {
  test('a fenced block is a live part, all else is prose', () => {
    const { title, parts } = lesson('# One\n\ntext\n\n```heading\nVZCZC\n```\n\n```task\n{"goal":"g","start":"seed","want":{"clean":true}}\n```\n')
    expect(title).toBe('One')
    expect(parts.map((part: { kind: string }) => part.kind)).toEqual(['html', 'heading', 'task'])
    expect(parts[0]).toEqual({ kind: 'html', html: '<p>text</p>\n' })
  })
  test('a lecturer’s Markdown brings no HTML, no address of a script and no picture', () => {
    const { parts } = lesson('# T\n\n<script>alert(1)</script>\n\ntext <b onclick="x()">b</b> [a](javascript:alert) [own](#/rules) [web](https://example.org/?"x) ![p](https://example.org/p.png)\n\n<img src=x onerror=alert(1)>\n')
    const html = parts.map((part: { html?: string }) => part.html).join('')
    expect(new Set(html.match(/<\w+/g))).toEqual(new Set(['<p', '<a']))
    expect(html).not.toMatch(/<(script|img|b)\b|javascript:|onclick="/)
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain('<a href="#/rules">own</a>')
  })
  test('a task that cannot be read is told, and hides nothing else', () => {
    const { parts } = lesson('# T\n\n```task\n{oops}\n```\n\ntext\n')
    expect(parts.map((part: { html?: string }) => part.html?.includes('cannot be read') ?? false)).toEqual([true, false])
  })
  test('a lecturer’s lesson of the same name takes the place of the desk’s own; others come behind', () => {
    const one = (name: string, title: string) => ({ name, title, parts: [] })
    expect(joined([one('a', 'A'), one('b', 'B')], [one('c', 'C'), one('a', 'new')]).map((each) => each.title)).toEqual(['new', 'B', 'C'])
  })
  test('there are eight, each ends in a task, and none is in prose alone', () => {
    expect(lessons.map((each) => each.name)).toEqual(['a-cables-journey', 'anatomy-of-a-heading', 'action-info-exempt', 'precedence',
      'collectives-and-segregation', 'alternate-routes', 'numbers-and-continuity', 'what-goes-wrong'])
    for (const { title, parts } of lessons) {
      expect(title).not.toBe('')
      expect(parts.at(-1)!.kind).toBe('task')
      // Styles in the prose itself are against the policy of the page.
      for (const part of parts) if (part.kind === 'html') expect(part.html).not.toMatch(/style=|<script/)
    }
  })
  test('a task tells what is missing', () => {
    expect(beginning('damaged')).toContain('PRIOITY')
    expect(missing({ action: 'RUEHKO', clean: true }, {})).toEqual(['RUEHKO is not an action addressee yet'])
    expect(missing({ clean: true }, { diagnostics: [{ rule: 'FL2-02', name: '', severity: 'SEVERITY_ERROR', span: {}, message: '' }] })).toEqual(['still found: FL2-02'])
    expect(missing({ finds: 'FL4-01' }, { diagnostics: [{ rule: 'FL4-01', name: '', severity: 'SEVERITY_ERROR', span: {}, message: '' }] })).toEqual([])
    expect(missing({ fewerCalled: 1, number: '3821' }, { heading: { routingLine: { routingIndicators: ['A', 'B'] }, transmissionIdentification: { sequenceNumber: '3821' } } }))
      .toEqual(['more than one station is called'])
  })
})
