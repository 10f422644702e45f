// Writes the files of the built desk as C++: node embed.mjs DIST OUT.cpp
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const [dist, out] = process.argv.slice(2)
const types = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json',
}

// Octal escapes end by themselves after three digits, whatever comes next; a new literal every so many bytes keeps
// the lines short.
const literal = (bytes) => {
  const lines = []
  for (let at = 0; at < bytes.length; at += 120)
    lines.push('"' + Array.from(bytes.subarray(at, at + 120), (byte) =>
      byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c && byte !== 0x3f
        ? String.fromCharCode(byte) : '\\' + byte.toString(8).padStart(3, '0')).join('') + '"')
  return lines.join('\n') || '""'
}

const files = [[join(dist, 'index.html'), 'index.html'],
  ...readdirSync(join(dist, 'assets')).sort().map((name) => [join(dist, 'assets', name), name])]
const entries = files.map(([path, name]) => {
  const type = types[name.split('.').pop()]
  if (!type) throw new Error(`no content type for ${name}`)
  const bytes = readFileSync(path)
  const packed = gzipSync(bytes, { level: 9 })
  const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 20)
  return `{"${name}", "${type}", "\\"${etag}\\"",\nstd::string_view{${literal(bytes)}, ${bytes.length}},\n` +
    `std::string_view{${literal(packed)}, ${packed.length}}}`
})
writeFileSync(out, `// Written by web/embed.mjs from the built desk.
#include "router/service/desk.hpp"

namespace torntape::service {
namespace {
constexpr DeskFile files[] = {${entries.join(',\n')}};
}  // namespace

std::span<DeskFile const> desk_files() { return files; }

}  // namespace torntape::service
`)
