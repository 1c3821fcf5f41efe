// Server of a front-end team: it serves the built starters, and forwards all else to Lockstep, as a reverse proxy does.

import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { BASE_URL } from './windows.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/**
 * Serves each starter at a path of its name.
 *
 * @param {string} folder of the built starters
 * @param {string[]} names
 */
export async function startStarterServer(folder, names) {
  const lockstep = new URL(BASE_URL);
  const forwarded = new Set();
  let isDown = false;

  const server = createServer(async (incoming, outgoing) => {
    const path = normalize(new URL(incoming.url, BASE_URL).pathname);
    const [, name, ...rest] = path.split('/');
    if (names.includes(name)) {
      const file = join(folder, name, 'dist', rest.join('/') || 'index.html');
      try {
        const content = await readFile(file);
        outgoing.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(content);
      } catch {
        outgoing.writeHead(404).end();
      }
      return;
    }
    if (isDown) {
      outgoing.writeHead(503).end();
      return;
    }
    const onward = request(
      { host: lockstep.hostname, port: lockstep.port, method: incoming.method, path: incoming.url, headers: incoming.headers },
      (answer) => answer.pipe(outgoing.writeHead(answer.statusCode, answer.headers)),
    );
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  });

  server.on('upgrade', (incoming, socket, head) => {
    if (isDown) {
      socket.destroy();
      return;
    }
    const onward = connect(lockstep.port, lockstep.hostname, () => {
      const headers = incoming.rawHeaders.reduce((text, each, at) => text + each + (at % 2 === 0 ? ': ' : '\r\n'), '');
      onward.write(`GET ${incoming.url} HTTP/1.1\r\n${headers}\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    forwarded.add(socket);
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('error', () => onward.destroy()).on('close', () => forwarded.delete(socket) && onward.destroy());
  });

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    base: `http://127.0.0.1:${server.address().port}`,

    /** Lockstep cannot be reached; the starters still can. */
    goDown() {
      isDown = true;
      forwarded.forEach((socket) => socket.destroy());
    },

    goUp() {
      isDown = false;
    },

    async close() {
      forwarded.forEach((socket) => socket.destroy());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
