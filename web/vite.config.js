import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { lessons } from './lessons.js'

export default defineConfig({
  plugins: [lessons(), svelte({ compilerOptions: { runes: true } })],
  // The policy of the page forbids what stands in the page itself: everything is a file of its own.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1200 },
  server: { fs: { allow: ['..'] }, proxy: { '/api': { target: process.env.TORNTAPE_HTTP ?? 'http://127.0.0.1:12780', changeOrigin: false } } },
  test: { include: ['tests/**/*.test.ts'] },
})
