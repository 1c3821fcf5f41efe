// Proxy between the original's front ends and an example: these request /api and /parties at the root of their host.

import { createServer, request } from 'node:http';
import { connect } from 'node:net';

/**
 * Forwards to one application, on a port of its own.
 *
 * @param {string} application its address, without a trailing slash
 */
export async function startForwarder(application) {
  const target = new URL(application);
  const requests = [];
  const sockets = new Set();
  const upgraded = new Map(); // a client's socket: that to the application
  let silent = false;
  let loseAnswerTo = () => false;
  let refusing = false;
  let refusingUpgrades = false;

  const cut = () => sockets.forEach((socket) => socket.destroy());

  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      // The connection was cut before the request was complete: nothing was forwarded.
      return;
    }
    const asked = { method: incoming.method, url: incoming.url, body: Buffer.concat(chunks).toString() };
    requests.push(asked);
    const onward = request(
      { host: target.hostname, port: target.port, method: asked.method, path: target.pathname + asked.url, headers: incoming.headers },
      (answer) => {
        if (loseAnswerTo(asked)) {
          answer.resume().on('end', () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => incoming.socket.destroy());
    onward.end(asked.body);
  });

  server.on('connection', (socket) => {
    if (refusing) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  let upgrades = 0;
  server.on('upgrade', (incoming, socket, head) => {
    upgrades++;
    if (refusingUpgrades) {
      socket.destroy();
      return;
    }
    socket.on('close', () => upgraded.delete(socket));
    const onward = connect(target.port, target.hostname, () => {
      const headers = incoming.rawHeaders.reduce((text, each, at) => text + each + (at % 2 === 0 ? ': ' : '\r\n'), '');
      onward.write(`GET ${target.pathname}${incoming.url} HTTP/1.1\r\n${headers}\r\n`);
      onward.write(head);
      if (!silent) onward.pipe(socket).pipe(onward);
    });
    upgraded.set(socket, onward);
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('error', () => onward.destroy()).on('close', () => onward.destroy());
  });

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    host: `127.0.0.1:${server.address().port}`,

    /** All requests as they were sent. */
    requests,

    /** How often clients have asked for a WebSocket. */
    get upgrades() {
      return upgrades;
    },

    /**
     * @param {(asked: {method: string, url: string, body: string}) => boolean} which requests that are executed, but
     *   never answered
     */
    loseAnswers(which) {
      loseAnswerTo = which;
    },

    /** Closes every connection; requests that were forwarded are still executed. */
    cut,

    /** Blocks all traffic until {@link goOnline}. */
    goOffline() {
      refusing = true;
      cut();
    },

    goOnline() {
      refusing = false;
    },

    /** Holds back all that WebSockets send, in both directions, and closes none: a network that is lost, not closed. */
    goSilent() {
      silent = true;
      upgraded.forEach((onward, socket) => {
        onward.unpipe(socket);
        socket.unpipe(onward);
      });
    },

    /** What was held back arrives. */
    endSilence() {
      silent = false;
      upgraded.forEach((onward, socket) => onward.pipe(socket).pipe(onward));
    },

    /** Closes all WebSockets, and refuses new ones until {@link allowWebSockets}; requests are still forwarded. */
    refuseWebSockets() {
      refusingUpgrades = true;
      upgraded.forEach((onward, socket) => socket.destroy());
    },

    allowWebSockets() {
      refusingUpgrades = false;
    },

    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
