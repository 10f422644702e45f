// Lessons are Markdown; a fenced block named `heading`, `task` or `journey` is a live part. Those of the desk are made into
// plain data when it is built; those of a lecturer come from the switch, and are made so by the page.
import { Marked } from 'marked'

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

// HTML in a lesson is text like any other; a link leads within the desk or to the web; there are no pictures, which would be
// asked for elsewhere.
const marked = new Marked({
  renderer: {
    html: ({ text }) => escape(text),
    image: ({ text }) => escape(text),
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens)
      if (!/^(#\/|https?:\/\/)/.test(href)) return words
      return `<a href="${escape(href)}"${href.startsWith('#') ? '' : ' rel="noreferrer" target="_blank"'}>${words}</a>`
    },
  },
})

const task = (text) => {
  try {
    const { goal, start, want } = JSON.parse(text)
    if (typeof goal === 'string' && typeof start === 'string' && want && typeof want === 'object') return { kind: 'task', goal, start, want }
  } catch { /* told to the reader */ }
  return { kind: 'html', html: '<p class="problem">A task stands here that cannot be read.</p>' }
}

/**
 * @typedef {{ kind: string, html?: string, text?: string, name?: string, goal?: string, start?: string, want?: object }} Part
 * @param {string} markdown
 * @returns {{ title: string, parts: Part[] }}
 * "# Title\n\ntext\n\n```heading\nVZCZC…\n```" → { title, parts: [{ kind: 'html', html }, { kind: 'heading', text }] }
 */
export function lesson(markdown) {
  const parts = []
  let title = ''
  let prose = []
  const tell = () => {
    if (prose.length) parts.push({ kind: 'html', html: marked.parser(Object.assign(prose, { links: {} })) })
    prose = []
  }
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading' && token.depth === 1 && !title) {
      title = token.text
    } else if (token.type === 'code' && token.lang === 'heading') {
      tell()
      parts.push({ kind: 'heading', text: token.text.trim() })
    } else if (token.type === 'code' && token.lang === 'task') {
      tell()
      parts.push(task(token.text))
    } else if (token.type === 'code' && token.lang === 'journey') {
      tell()
      parts.push({ kind: 'journey', name: token.text.trim() })
    } else if (token.type !== 'space') {
      prose.push(token)
    }
  }
  tell()
  return { title, parts }
}

export function lessons() {
  return {
    name: 'lessons',
    transform(code, id) {
      if (id.endsWith('.md')) return { code: `export default ${JSON.stringify(lesson(code))}`, map: null }
    },
  }
}
