// The journey of a message as one switch knows it: how it came, how it left, and what became of its copies here.
import { textOf } from '../switch/client'
import type { CopyStatus, MessageAnswer } from '../switch/types'
import { count, plain } from '../text/words'
import type { Leg } from './Journey.svelte'
import { marked } from './play'

/** FL1 to FL3. */
export const firstLines = (text: string): string => {
  const lines = text.slice(Math.max(0, text.indexOf('VZCZC'))).replaceAll('\r', '').split('\n')
  return lines.slice(0, lines.findIndex((line) => line.startsWith('DE ')) + 1).join('\n')
}

const circuitOf = (copy: CopyStatus): string => (copy.queue.startsWith('circuit ') ? copy.queue.slice('circuit '.length) : '')

/** The circuit of this network that a transmission left on, known by its channel: "XRO3820". */
export const carrier = (identification: string, channels: Map<string, string>): string =>
  channels.get(identification.replace(/\d+$/, '')) ?? ''

export const legsHere = ({ message, copies = [], reception }: MessageAnswer, channels: Map<string, string>): Leg[] => {
  const came = firstLines(textOf(message))
  const leg = (copy: CopyStatus): Leg => {
    const meant = circuitOf(copy)
    const used = copy.identification ? carrier(copy.identification, channels) : ''
    const state = plain(copy.state)
    return {
      key: copy.id,
      title: copy.identification ? `Left on ${used || meant} as ${copy.identification}` : `Waits for ${meant}`,
      note: used && used !== meant ? `for ${meant}, by its alternate` : '',
      past: state !== 'waiting', lines: marked(copy.heading ?? '', came).filter((line) => line.text),
    }
  }
  const here = copies.filter((copy) => !circuitOf(copy) && !copy.reason)
  const stopped = copies.filter((copy) => copy.reason)
  const settled = here.filter((copy) => plain(copy.state) === 'acknowledged').length
  return [
    { key: 'came', title: reception ? `Came in over ${reception.circuit} as ${reception.identification}` : 'Filed at this switch', lines: marked(came, undefined) },
    ...copies.filter(circuitOf).map(leg),
    ...(here.length ? [{ key: 'here', title: `${count(here.length, 'copy', 'copies')} for stations here, ${settled} of them collected`, lines: [] }] : []),
    ...stopped.map((copy) => ({ key: copy.id, title: `Intercepted for ${copy.called?.join(' ') ?? ''}`, note: copy.reason, lines: [] })),
  ]
}
