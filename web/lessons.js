// Lessons are Markdown; a fenced block named `heading` or `task` is a live part. Made into plain data when the desk is
// built, so that the page itself knows no Markdown.
import { marked } from 'marked'

/** "# Title\n\ntext\n\n```heading\nVZCZC…\n```" → { title, parts: [{ kind: 'html', html }, { kind: 'heading', text }] } */
export function lesson(markdown) {
  const parts = []
  let title = ''
  let prose = []
  const tell = () => {
    if (prose.length) parts.push({ kind: 'html', html: marked.parser(Object.assign(prose, { links: {} })) })
    prose = []
  }
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading' && token.depth === 1) {
      title = token.text
    } else if (token.type === 'code' && token.lang === 'heading') {
      tell()
      parts.push({ kind: 'heading', text: token.text.trim() })
    } else if (token.type === 'code' && token.lang === 'task') {
      tell()
      parts.push({ kind: 'task', ...JSON.parse(token.text) })
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
