// Tasks that check themselves: what the inspection of the learner's message must show.
import type { Addressee, Inspection } from '../switch/types'
import { damaged, headingOf, seed } from '../text/samples'

export interface Task {
  goal: string
  start: string // "seed", "damaged", or a text
  want: Want
}

export interface Want {
  clean?: boolean // no error and no warning
  finds?: string // a rule
  precedence?: string // of FL5, "IMMEDIATE"
  infoPrecedence?: string
  routing?: string // of FL2
  action?: string // an indicator or name of FL7
  info?: string
  exempt?: string // a name of FL9
  number?: string // of FL1
  fewerCalled?: number // stations of FL2, at most
}

export const beginning = (start: string): string =>
  start === 'seed' ? headingOf(seed) : start === 'damaged' ? headingOf(damaged) : start

const has = (addressees: Addressee[] | undefined, who: string) =>
  (addressees ?? []).some((each) => each.routingIndicator === who || each.plainLanguageAddress === who)

/** What is still missing, in words; empty when it is done. */
export const missing = (want: Want, inspection: Inspection): string[] => {
  const { heading = {}, diagnostics = [] } = inspection
  const out: string[] = []
  const need = (met: boolean, what: string) => { if (!met) out.push(what) }
  if (want.action) need(has(heading.actionAddressees, want.action), `${want.action} is not an action addressee yet`)
  if (want.info) need(has(heading.infoAddressees, want.info), `${want.info} is not an information addressee yet`)
  if (want.exempt) need((heading.exemptedAddressees ?? []).includes(want.exempt), `${want.exempt} is not exempted yet`)
  if (want.precedence) need(heading.preamble?.precedence === `PRECEDENCE_${want.precedence}`, `the preamble is not at ${want.precedence}`)
  if (want.infoPrecedence) need(heading.preamble?.infoPrecedence === `PRECEDENCE_${want.infoPrecedence}`, `information is not at ${want.infoPrecedence}`)
  if (want.routing) need(heading.routingLine?.precedence === `PRECEDENCE_${want.routing}`, `the routing line is not at ${want.routing}`)
  if (want.number) need(heading.transmissionIdentification?.sequenceNumber === want.number, `the channel number is not ${want.number}`)
  if (want.fewerCalled) need((heading.routingLine?.routingIndicators ?? []).length <= want.fewerCalled, `more than ${want.fewerCalled === 1 ? 'one station is' : `${want.fewerCalled} stations are`} called`)
  if (want.finds) need(diagnostics.some((found) => found.rule === want.finds), `${want.finds} finds nothing yet`)
  if (want.clean) {
    const wrong = diagnostics.filter((found) => found.severity === 'SEVERITY_ERROR' || found.severity === 'SEVERITY_WARNING')
    need(!wrong.length, `still found: ${[...new Set(wrong.map((found) => found.rule))].join(', ')}`)
  }
  return out
}
