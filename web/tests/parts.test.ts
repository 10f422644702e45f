import { describe, expect, test } from 'vitest'
import { lesson } from '../lessons.js'
import { lessons } from '../src/lessons/lessons'
import { beginning, missing } from '../src/lessons/tasks'
import astana from '../src/network/astana.json'
import flash from '../src/network/flash.json'
import { layout } from '../src/network/layout'
import { durations, end, journey, messages, moving, precedenceOf, readReport } from '../src/network/play'
import { slices, total } from '../src/queues/depths'
import { formatLines, inWhole } from '../src/rules/example'
import type { Report } from '../src/switch/types'

const report = astana as Report

describe('a simulation played', () => {
  test('nothing moves before it leaves or after it is there', () => {
    const long = durations(report)
    const sent = report.transmissions!.find((each) => each.channel === 'XRO' && each.number === '3820')!
    const takes = long.get(sent)!
    const moves = (now: number) => moving(report, long, now).some(({ transmission }) => transmission === sent)
    expect([sent.atSeconds! - 0.01, sent.atSeconds!, sent.atSeconds! + takes / 2, sent.atSeconds! + takes + 0.001].map(moves)).toEqual([false, true, true, false])
    expect(moving(report, long, end(report) + 0.001)).toEqual([])
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
    expect(hops.map(({ transmission, broken }) => [transmission.number, broken])).toEqual([['0004', true], ['0006', false]])
    const overtaking = run.transmissions!.find((each) => each.channel === 'ABI' && each.number === '0005')!
    expect(precedenceOf(overtaking)).toBe('FLASH')
    const broken = hops[0]!.transmission
    expect(broken.atSeconds! + durations(run).get(broken)!).toBeCloseTo(overtaking.atSeconds!)
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
      .toEqual(['more than 1 stations are called'])
  })
})
