import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const LOCKSTEP = process.env.LOCKSTEP_URL ?? 'http://localhost:8080';

export default defineConfig({
  base: './',
  plugins: [react()],
  server: { proxy: { '/todo-app': { target: LOCKSTEP, ws: true } } },
});
