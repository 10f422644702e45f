import { describe, expect, test } from 'vitest'
import { firstShown } from '../src/network/scenarios'
import { fits } from '../src/switch/pattern'
import { copiesOf, ratesOf, roundUp, sampleOf, type Sample } from '../src/traffic/figures'

const sample = (at: number, accepted: number): Sample => ({ at, accepted, refused: 0, copies: 0, delivered: 0 })

describe('figures of traffic', () => {
  test('a rate is what came between two samples, a second', () => {
    expect(ratesOf([sample(0, 0), sample(2000, 10), sample(3000, 10)], 'accepted')).toEqual([{ at: 2000, value: 5 }, { at: 3000, value: 0 }])
  })
  test('two samples in one moment are one, and a new run is not less than nothing', () => {
    expect(ratesOf([sample(0, 0), sample(10, 90)], 'accepted')).toEqual([])
    expect(ratesOf([sample(0, 90), sample(1000, 0)], 'accepted')).toEqual([{ at: 1000, value: 0 }])
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
