import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const LOCKSTEP = process.env.LOCKSTEP_URL ?? 'http://localhost:8080';

export default defineConfig({
  base: './',
  plugins: [vue()],
  server: { proxy: { '/todo-app': { target: LOCKSTEP, ws: true } } },
});
