// Where the page is: #/queues/RUEHC, #/inspector?m=…
export interface Route { page: string; rest: string; query: URLSearchParams }

const read = (): Route => {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
  const [page = '', ...rest] = path.split('/')
  let name = rest.join('/')
  try { name = decodeURIComponent(name) } catch { /* as it stands */ }
  return { page: page || 'inspector', rest: name, query: new URLSearchParams(query) }
}

const state = $state({ route: read() })
addEventListener('hashchange', () => (state.route = read()))

export const route = (): Route => state.route
export const go = (path: string) => (location.hash = '/' + path)
