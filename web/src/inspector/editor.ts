// The editor of a heading. It lives in a shadow root: there CodeMirror's styles need no permission of the page's policy.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState, StateEffect, StateField, type Range as Ranged } from '@codemirror/state'
import { Decoration, EditorView, hoverTooltip, keymap, lineNumbers, type DecorationSet } from '@codemirror/view'
import type { Diagnostic, Inspection, Token } from '../switch/types'
import { ByteMap } from '../text/bytes'
import { range } from './fix'
import { group, title } from './tokens'

export interface Placed<T> { from: number; to: number; value: T }
export interface Reading { tokens: Placed<Token>[]; findings: Placed<Diagnostic>[] }

export const severity = (name: string): 'error' | 'warning' | 'note' =>
  name === 'SEVERITY_ERROR' ? 'error' : name === 'SEVERITY_WARNING' ? 'warning' : 'note'

/** Where in the text everything stands that was told of it. */
export const place = (text: string, inspection: Inspection): Reading => {
  const map = new ByteMap(text)
  return {
    tokens: (inspection.tokens ?? []).map((value) => ({ ...range(value.span, map), value })),
    findings: (inspection.diagnostics ?? []).map((value) => ({ ...range(value.span, map), value })),
  }
}

export const at = <T>(things: Placed<T>[], position: number): Placed<T> | undefined =>
  things.find(({ from, to }) => from <= position && position < to) ?? things.find(({ from, to }) => from <= position && position <= to)

const read = StateEffect.define<Reading>()

const decorations = ({ tokens, findings }: Reading, length: number): DecorationSet => {
  const marks: Ranged<Decoration>[] = []
  for (const { from, to, value } of tokens)
    if (from < to) marks.push(Decoration.mark({ class: `t-${group(value.name)}` }).range(from, to))
  for (const { from, to, value } of findings) {
    // A place without length, where something is missing, is shown at the character that stands there.
    const end = Math.min(Math.max(to, from + 1), length)
    const begin = Math.min(from, Math.max(0, end - 1))
    const level = severity(value.severity)
    if (level !== 'note' && begin < end) marks.push(Decoration.mark({ class: `f-${level}` }).range(begin, end))
  }
  return Decoration.set(marks, true)
}

const shown = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let next = value.map(transaction.changes)
    for (const effect of transaction.effects)
      if (effect.is(read)) next = decorations(effect.value, transaction.newDoc.length)
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

// None while the text has changed and nobody has read it yet.
const known = StateField.define<Reading | undefined>({
  create: () => undefined,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(read)) return effect.value
    return transaction.docChanged ? undefined : value
  },
})

const element = (tag: string, className: string, text: string): HTMLElement => {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

const explanation = (token: Placed<Token> | undefined, findings: Placed<Diagnostic>[]): HTMLElement => {
  const box = element('div', 'explanation', '')
  for (const { value } of findings) {
    const line = element('p', `found f-text-${severity(value.severity)}`, `${value.message} `)
    const link = element('a', '', value.rule) as HTMLAnchorElement
    link.href = `#/rules/${value.rule}`
    line.append(link)
    box.append(line)
  }
  if (token) {
    const line = token.value.formatLine ? ` · format line ${token.value.formatLine}` : ''
    box.append(element('p', 'what', title(token.value.name) + line), element('p', '', token.value.meaning ?? ''))
    if (token.value.citation) box.append(element('p', 'source', token.value.citation))
  }
  return box
}

const hover = hoverTooltip((view, position) => {
  const reading = view.state.field(known)
  if (!reading) return null
  const token = at(reading.tokens, position)
  const findings = reading.findings.filter(({ from, to }) => from <= position && position <= Math.max(to, from + 1))
  if (!token && !findings.length) return null
  return {
    pos: token?.from ?? findings[0]!.from,
    end: token?.to ?? findings[0]!.to,
    above: true,
    create: () => ({ dom: explanation(token, findings) }),
  }
})

const theme = EditorView.theme({
  '&': { backgroundColor: 'var(--sheet)', color: 'var(--ink)', fontSize: 'var(--editor-size, .92rem)' },
  '&.cm-focused': { outline: '3px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', maxHeight: 'var(--editor-height, 60vh)' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '.6rem 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--sheet)', color: 'var(--t-quiet)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 .7rem 0 .8rem' },
  '.t-station': { color: 'var(--t-station)', fontWeight: '600' }, '.t-name': { color: 'var(--t-name)' },
  '.t-precedence': { color: 'var(--t-precedence)', fontWeight: '700' }, '.t-number': { color: 'var(--t-number)' },
  '.t-time': { color: 'var(--t-time)' }, '.t-mark': { color: 'var(--t-mark)' },
  '.t-security': { color: 'var(--t-security)', fontWeight: '600' }, '.t-signal': { color: 'var(--t-signal)' },
  '.t-quiet': { color: 'var(--t-quiet)' },
  '.f-error': { textDecoration: 'underline wavy var(--error) 2px', textUnderlineOffset: '.25em', backgroundColor: 'color-mix(in srgb, var(--error) 12%, transparent)' },
  '.f-warning': { textDecoration: 'underline wavy var(--warning) 2px', textUnderlineOffset: '.25em' },
  '.cm-tooltip': { backgroundColor: 'var(--wash)', color: 'var(--ink)', border: '1px solid var(--line)', borderRadius: '5px', boxShadow: '0 4px 18px rgb(0 0 0 / .18)' },
  '.explanation': { padding: '.5rem .8rem', maxWidth: '30rem', font: '.92rem/1.45 var(--sans)' },
  '.explanation p': { margin: '.15rem 0' }, '.explanation a': { color: 'var(--accent)' },
  '.explanation .what': { fontWeight: '600' }, '.explanation .source': { color: 'var(--soft)', fontSize: '.82rem' },
  '.f-text-error': { color: 'var(--error)' }, '.f-text-warning': { color: 'var(--warning)' },
})

// To the beginning of a message the editor alone is scrolled, not the page.
const onlyInside = EditorView.scrollHandler.of((view, { head }, { y }) => {
  if (y !== 'start') return false
  view.scrollDOM.scrollTop = view.lineBlockAt(head).top
  return true
})

/** Where the message begins, whatever stands before it. */
const start = (text: string): number => Math.max(0, text.indexOf('VZCZC'))

export interface Editor {
  text(): string
  setText(text: string): void
  tell(reading: Reading): void
  change(changes: { from: number; to: number; insert: string }[]): void
  show(from: number, to: number): void
  destroy(): void
}

export interface Hears { changed(text: string): void; moved(position: number): void }

export function edit(host: HTMLElement, text: string, label: string, hears: Hears): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const view = new EditorView({
    root,
    parent: root as unknown as HTMLElement,
    scrollTo: EditorView.scrollIntoView(start(text), { y: 'start' }),
    state: EditorState.create({
      doc: text,
      selection: { anchor: start(text) },
      extensions: [
        onlyInside, lineNumbers(), history(), keymap.of([...defaultKeymap, ...historyKeymap]), shown, known, hover, theme,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', autocapitalize: 'off' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) hears.changed(update.state.doc.toString())
          if (update.docChanged || update.selectionSet) hears.moved(update.state.selection.main.head)
        }),
      ],
    }),
  })
  return {
    text: () => view.state.doc.toString(),
    setText: (next) => view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: next }, selection: { anchor: start(next) },
      effects: EditorView.scrollIntoView(start(next), { y: 'start' }),
    }),
    tell: (reading) => view.dispatch({ effects: read.of(reading) }),
    change: (changes) => view.dispatch({ changes }),
    show(from, to) {
      view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
      view.focus()
    },
    destroy: () => view.destroy(),
  }
}
