import { describe, expect, test } from 'vitest'
import { firstShown } from '../src/network/scenarios'
import type { RuleSummary } from '../src/switch/types'
import { fits } from '../src/switch/pattern'
import { faultsIn } from '../src/traffic/faults'
import { copiesOf, ratesOf, roundUp, sampleOf, whyRefused, type Sample } from '../src/traffic/figures'

const sample = (at: number, accepted: number): Sample => ({ at, accepted, refused: 0, copies: 0, delivered: 0 })

describe('figures of traffic', () => {
  test('a rate is what came between two samples, a second', () => {
    expect(ratesOf([sample(0, 0), sample(2000, 10), sample(3000, 10)], 'accepted')).toEqual([{ at: 2000, value: 5 }, { at: 3000, value: 0 }])
  })
  test('two samples in one moment are one, and a new run is not less than nothing', () => {
    expect(ratesOf([sample(0, 0), sample(10, 90)], 'accepted')).toEqual([])
    expect(ratesOf([sample(0, 90), sample(1000, 0)], 'accepted')).toEqual([{ at: 1000, value: 0 }])
  })
  test('part of a second is no second: its messages count with the rest of it', () => {
    expect(ratesOf([sample(0, 0), sample(700, 1)], 'accepted')).toEqual([])
    expect(ratesOf([sample(0, 0), sample(700, 1), sample(1000, 1), sample(2000, 1)], 'accepted')).toEqual([{ at: 1000, value: 1 }, { at: 2000, value: 0 }])
  })
  test('why a message was refused is told in words, also where the reason is new', () => {
    for (const reason of ['REASON_INVALID', 'REASON_TOO_LARGE', 'REASON_OF_TOMORROW', undefined]) expect(whyRefused(reason)).toMatch(/^[a-z:, ]+$/)
  })
  test('copies are summed over the precedences, and what is absent is nothing', () => {
    const state = { accepted: 2, copies: [{ precedence: 'PRECEDENCE_FLASH', made: 3 }, { made: 4, delivered: 2 }] }
    expect(copiesOf(state)).toEqual({ made: 7, delivered: 2 })
    expect(sampleOf(state, 5)).toEqual({ at: 5, accepted: 2, refused: 0, copies: 7, delivered: 2 })
    expect(copiesOf({})).toEqual({ made: 0, delivered: 0 })
  })
  test('an axis ends at 1, 2, 5 and their tens', () => {
    expect([0, 1, 1.2, 2, 4.9, 7, 10, 11, 430].map(roundUp)).toEqual([1, 1, 2, 2, 5, 10, 10, 20, 500])
  })
})

describe('faults as they are typed', () => {
  const damages = [{ name: 'lost-slash', rule: 'FL7-04', shape: 'RUEHC SECSTATE, no slash' }]
  const rules = ['FL2-01 precedence-not-doubled', 'FL3-01 no-de'].map((rule) => { const [id, name] = rule.split(' '); return { id, name } as RuleSummary })
  const read = (typed: string) => faultsIn(typed, damages, rules)
  test('a list is split at its commas, in any case of letters, and nothing stands twice', () => {
    expect(read('FL2-01, fl3-01,,Lost-Slash, FL2-01 ')).toEqual({ names: ['FL2-01', 'FL3-01', 'lost-slash'], unknown: [] })
    expect(read(' ')).toEqual({ names: [], unknown: [] })
  })
  test('families, all, names of rules and shapes are known', () => {
    expect(read('fl2, ALL, precedence-not-doubled, no de').names).toEqual(['FL2', 'all', 'FL2-01', 'FL3-01'])
    expect(read('RUEHC SECSTATE, no slash').names).toEqual(['lost-slash'])
  })
  test('what names nothing is told; not where the switch has not told its choices', () => {
    expect(read('FL2-01, nonsense, FL')).toEqual({ names: ['FL2-01'], unknown: ['nonsense', 'FL'] })
    expect(faultsIn('nonsense, FL2', [], rules)).toEqual({ names: ['nonsense', 'FL2'], unknown: [] })
  })
})

describe('patterns of queues, as in a guard file', () => {
  test('* is anything and ? one character; what else stands there stands for itself', () => {
    expect(['RUEHC', 'RUEH*', '*', 'RUEH?', 'RUE'].map((pattern) => fits(pattern, 'RUEHC'))).toEqual([true, true, true, true, false])
    expect([fits('A.C', 'ABC'), fits('A.C', 'A.C'), fits('circuit XR', 'circuit XR'), fits('(X', '(X')]).toEqual([false, true, true, true])
  })
})

describe('whose journey is shown first', () => {
  test('that which went the longest way', () => {
    const one = (message: string) => ({ circuit: 'A', number: '1', heading: '', channel: 'AO', from: 'R', to: 'S', message })
    expect(firstShown({ transmissions: [one('SHORT'), one('LONG'), one('LONG')] })).toBe('LONG')
    expect(firstShown({})).toBe('')
  })
})
