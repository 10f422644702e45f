// A heading read aloud.
import type { Addressee, Heading } from '../switch/types'
import { count, precedence } from './words'

export interface Sentence {
  about: 'sent' | 'from' | 'action' | 'info' | 'exempt' | 'security' | 'text' | 'form'
  text: string
}

const classes: Record<string, string> = {
  U: 'UNCLASSIFIED', E: 'UNCLASSIFIED, for official use only', C: 'CONFIDENTIAL', S: 'SECRET', T: 'TOP SECRET',
}
const profiles: Record<string, string> = {
  PROFILE_STATE: 'a telegram of the State Department', PROFILE_ACP127: 'an ACP 127 message',
  PROFILE_ACP127_US: 'an ACP 127 message under the U.S. supplement', PROFILE_JANAP128: 'a JANAP 128 (AUTODIN) message',
  PROFILE_ACP126: 'an ACP 126 message',
}

const list = (parts: string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

const name = (addressee: Addressee): string => {
  const who = addressee.plainLanguageAddress || addressee.routingIndicator || 'somebody unnamed'
  return addressee.otherMeans ? `${who} (by other means)` : who
}

const addressed = (about: 'action' | 'info', addressees: Addressee[]): Sentence[] => {
  const groups = new Map<string, Addressee[]>()
  for (const addressee of addressees) {
    const word = (addressee.nightAction ? 'NIACT ' : '') + precedence(addressee.precedence)
    groups.set(word, [...(groups.get(word) ?? []), addressee])
  }
  return [...groups].map(([word, group]) => ({
    about,
    text: `${word} for ${about === 'action' ? 'action' : 'information'} to ${list(group.map(name))}.`,
  }))
}

const sent = ({ transmissionIdentification: fl1, routingLine: fl2 }: Heading): Sentence[] => {
  const out: Sentence[] = []
  if (fl1?.channel)
    out.push({ about: 'sent', text: `Transmission ${fl1.sequenceNumber ?? 'without a number'} on channel ${fl1.channel}.` })
  const called = fl2?.routingIndicators ?? []
  if (called.length)
    out.push({ about: 'sent', text: `This copy travels at ${precedence(fl2?.precedence)} to ${count(called.length, 'station')}: ${list(called)}.` })
  return out
}

const from = ({ origin: fl3, preamble: fl5, originator, text }: Heading): Sentence[] => {
  const out: Sentence[] = []
  if (originator || fl3?.routingIndicator) {
    const number = fl3?.stationSerialNumber ? `, its number ${fl3.stationSerialNumber}` : ''
    const section = text?.sections ? `, section ${text.section} of ${text.sections}` : ''
    const by = originator && fl3?.routingIndicator ? ` (${fl3.routingIndicator})` : ''
    const filed = fl3?.timeOfFile
      ? `; filed${fl3.dayOfYear ? ` on day ${fl3.dayOfYear} of the year` : ''} at ${fl3.timeOfFile}Z` : ''
    out.push({ about: 'from', text: `From ${originator ?? fl3?.routingIndicator}${by}${number}${section}${filed}.` })
  }
  if (fl5?.dateTimeGroup) {
    const time = fl5.time
      ? `: ${new Date(fl5.time).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC` : ''
    out.push({ about: 'from', text: `Dated ${fl5.dateTimeGroup}${time}.` })
  }
  return out
}

const security = ({ transmissionInstructions: fl4, text }: Heading): Sentence[] => {
  const out: Sentence[] = []
  const class_ = fl4?.designator ? classes[fl4.designator[0]!] : undefined
  if (fl4?.securityWarning === 'ZNY')
    out.push({ about: 'security', text: `${class_ ?? 'Classified'}: not to pass in clear over a circuit that is not approved for it.` })
  else if (fl4?.securityWarning === 'ZNR') out.push({ about: 'security', text: 'May pass in clear over any circuit.' })
  if (text?.classification) out.push({ about: 'text', text: `The text is ${text.classification}${text.captions?.length ? `, ${list(text.captions)}` : ''}.` })
  if (text?.subject) out.push({ about: 'text', text: `Its subject: ${text.subject}.` })
  return out
}

export function sentences(heading: Heading | undefined): Sentence[] {
  if (!heading) return []
  const exempt = heading.exemptedAddressees ?? []
  const form = profiles[heading.profile ?? '']
  return [
    ...addressed('action', heading.actionAddressees ?? []),
    ...addressed('info', heading.infoAddressees ?? []),
    ...(exempt.length ? [{ about: 'exempt' as const, text: `Not for ${list(exempt)}, though a collective would include ${exempt.length === 1 ? 'it' : 'them'}.` }] : []),
    ...from(heading),
    ...security(heading),
    ...sent(heading),
    ...(form ? [{ about: 'form' as const, text: `Read as ${form}${heading.profileReason ? `: ${heading.profileReason}` : ''}.` }] : []),
  ]
}
