import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const LOCKSTEP = process.env.LOCKSTEP_URL ?? 'http://localhost:8080';

export default defineConfig({
  base: './',
  plugins: [svelte()],
  server: { proxy: { '/todo-app': { target: LOCKSTEP, ws: true } } },
});
