import { describe, expect, test } from 'vitest'
import { apply } from '../src/inspector/fix'
import { group } from '../src/inspector/tokens'
import type { Heading } from '../src/switch/types'
import { ByteMap } from '../src/text/bytes'
import { decode, encode } from '../src/text/fragment'
import { damage, damaged, headingOf, seed } from '../src/text/samples'
import { sentences } from '../src/text/sentences'
import { age } from '../src/text/words'

const encoder = new TextEncoder()
const pieces = ['A', 'VZCZC', '\n', 'é', '–', '漢', '😀', '\ud800', '\udc00', '\u00a0', '']
// A generator with a seed: the same texts on every machine.
const texts = function* () {
  let state = 1
  for (let n = 0; n < 300; ++n) {
    let text = ''
    for (let at = 0; at < n % 17; ++at) text += pieces[(state = (state * 48271) % 2147483647) % pieces.length]
    yield text
  }
}

describe('bytes and units', () => {
  test('every unit begins at the byte that the encoder gives it', () => {
    for (const text of texts()) {
      const map = new ByteMap(text)
      expect(map.toByte(text.length)).toBe(encoder.encode(text).length)
      for (let unit = 0; unit <= text.length; ++unit) {
        const splits = /[\ud800-\udbff]$/.test(text.slice(0, unit)) && /^[\udc00-\udfff]/.test(text.slice(unit))
        if (splits) continue
        expect(map.toByte(unit)).toBe(encoder.encode(text.slice(0, unit)).length)
        expect(map.toUnit(map.toByte(unit))).toBe(unit)
      }
    }
  })
  test('a byte inside a character is that character, one beyond the end is the end', () => {
    const map = new ByteMap('a漢b')
    expect([0, 1, 2, 3, 4, 5, 99].map((byte) => map.toUnit(byte))).toEqual([0, 1, 1, 1, 2, 3, 3])
    expect(new ByteMap('ab').toUnit(99)).toBe(2)
  })
})

describe('a message in an address', () => {
  test('comes back as it was', async () => {
    for (const text of [seed, '', 'é😀\r\n', 'VZCZC'.repeat(5000)]) expect(await decode(await encode(text))).toBe(text)
  })
  test('needs no escape, and little room', async () => {
    const fragment = await encode(seed)
    expect(fragment).toMatch(/^[\w-]+$/)
    expect(fragment.length).toBeLessThan(seed.length / 2)
  })
  test('cut short is none', async () => {
    expect(await decode((await encode(seed)).slice(0, 40))).toBeUndefined()
    expect(await decode('%%%')).toBeUndefined()
  })
})

describe('mends', () => {
  const edit = (offset: number, length: number, replacement: string) => ({ span: { offset: String(offset), length: String(length) }, replacement })
  test('count bytes, in any order', () => {
    expect(apply('é RUEHULSEOUL PRIOITY', { title: '', edits: [edit(15, 7, 'PRIORITY'), edit(9, 0, '/')] })).toBe('é RUEHUL/SEOUL PRIORITY')
  })
  test('what is absent is zero, or empty', () => {
    expect(apply('xyz', { title: '', edits: [{ span: { length: '1' } }] })).toBe('yz')
  })
})

const heading: Heading = {
  profile: 'PROFILE_STATE', originator: 'AMEMBASSY ASTANA',
  origin: { routingIndicator: 'RUEHTA', stationSerialNumber: '1399', dayOfYear: 229, timeOfFile: '0141' },
  transmissionIdentification: { channel: 'XRO', sequenceNumber: '3820' },
  routingLine: { precedence: 'PRECEDENCE_IMMEDIATE', routingIndicators: ['RUEHBI', 'RUEHCI'] },
  transmissionInstructions: { securityWarning: 'ZNY', designator: 'CCCCC' },
  preamble: { dateTimeGroup: '170141Z AUG 09', time: '2009-08-17T01:41:00Z' },
  actionAddressees: [{ plainLanguageAddress: 'SECSTATE WASHDC', precedence: 'PRECEDENCE_IMMEDIATE', nightAction: true }],
  infoAddressees: [
    { plainLanguageAddress: 'AMEMBASSY SEOUL', precedence: 'PRECEDENCE_PRIORITY' }, { plainLanguageAddress: 'AMEMBASSY TOKYO' },
    { plainLanguageAddress: 'AMEMBASSY BEIJING', precedence: 'PRECEDENCE_PRIORITY' },
  ],
  exemptedAddressees: ['AMEMBASSY QALARABAD'],
}

describe('a heading in sentences', () => {
  const told = sentences(heading).map((sentence) => sentence.text)
  test.each([
    'NIACT IMMEDIATE for action to SECSTATE WASHDC.',
    'PRIORITY for information to AMEMBASSY SEOUL and AMEMBASSY BEIJING.',
    'ROUTINE for information to AMEMBASSY TOKYO.',
    'Not for AMEMBASSY QALARABAD, though a collective would include it.',
    'From AMEMBASSY ASTANA (RUEHTA), its number 1399; filed on day 229 of the year at 0141Z.',
    'CONFIDENTIAL: not to pass in clear over a circuit that is not approved for it.',
    'Transmission 3820 on channel XRO.',
    'This copy travels at IMMEDIATE to 2 stations: RUEHBI and RUEHCI.',
  ])('%s', (sentence) => expect(told).toContain(sentence))
  test('the date is told in UTC', () => expect(told.find((text) => text.startsWith('Dated'))).toMatch(/17 August 2009.*01:41/))
  test('nothing is said of nothing', () => {
    expect(sentences(undefined)).toEqual([])
    expect(sentences({})).toEqual([])
  })
})

test('the damaged twin differs in three lines', () => {
  const twin = damaged.split('\n')
  expect(seed.split('\n').filter((line, at) => line !== twin[at])).toHaveLength(3)
  expect(damage(damaged)).toBe(damaged)
  expect(headingOf(seed)).toMatch(/^VZCZCXRO3820\n[^]*ASTANA 001399 ?$/)
})

test('a token has the colour of what it is about', () => {
  const groups = Object.fromEntries(
    ['routing-indicator', 'calling-station', 'plain-language-address', 'precedence-word', 'station-serial-number', 'date-time-group', 'prosign-to', 'security-warning', 'text']
      .map((name) => [name, group(name)]))
  expect(groups).toEqual({
    'routing-indicator': 'station', 'calling-station': 'station', 'plain-language-address': 'name', 'precedence-word': 'precedence',
    'station-serial-number': 'number', 'date-time-group': 'time', 'prosign-to': 'mark', 'security-warning': 'security', text: 'quiet',
  })
})

test('ages are short', () => {
  const now = Date.parse('2026-01-02T00:00:00Z')
  expect(['2026-01-01T23:59:30Z', '2026-01-01T23:50:00Z', '2026-01-01T21:30:00Z', '2025-12-30T00:00:00Z', undefined, '2026-01-03T00:00:00Z'].map((then) => age(then, now)))
    .toEqual(['30 s', '10 min', '2 h 30 min', '3 d', '', '0 s'])
})
