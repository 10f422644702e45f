// The message on the desk: the inspector edits it, the other pages put one there.
import { seed } from './text/samples'
import { go } from './route.svelte'

export const desk = $state({ text: seed })

export const toInspector = (text: string) => {
  desk.text = text
  go('inspector')
}
