import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser, type Tab } from './browser.js';
import { Clock, seeded, settle } from './clock.js';
import { Server } from './server.js';

/** `SEEDS=from-to` runs other seeds. */
const [FROM, TO] = (process.env['SEEDS'] ?? '1-40').split('-').map(Number) as [number, number];
const STEPS = 60;
const COLLECTIONS = ['todos', 'notes'];

for (let seed = FROM; seed <= TO; seed++) {
  test(`clients equal the server after edits, losses, reloads, crashes and refusals (seed ${seed})`, () => run(seed));
}

async function run(seed: number): Promise<void> {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const clock = new Clock();
  const server = new Server();
  const browsers = [new Browser(clock, server, random), new Browser(clock, server, random)];
  const written = new Set<string>();
  const refused = new Set<string>();
  let refusing = false;
  let names = 0;

  server.clientIds = below(3) > 0;
  server.later = (deliver) => void clock.setTimeout(deliver, below(40), server);
  server.refuse = (changes) =>
    refusing && changes.length > 0 && below(2) === 0 ? { status: 403, code: 'FORBIDDEN', message: 'no' } : undefined;

  const open = (browser: Browser): Tab => {
    const tab = browser.open();
    COLLECTIONS.forEach((name) => tab.client.collection(name));
    tab.client.onRefused(({ mutationId }) => refused.add(mutationId));
    return tab;
  };
  const tabs = () => browsers.flatMap((browser) => [...browser.tabs]);
  const anyOf = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
  browsers.forEach(open);

  const edit = (tab: Tab): void => {
    const name = COLLECTIONS[below(2)]!;
    const collection = tab.client.collection(name);
    const row = anyOf(collection.rows);
    const fields = { title: `title ${++names}`, [`field${below(3)}`]: names };
    const kind = below(10);
    const { mutationId } =
      !row || kind < 4
        ? collection.insert(fields)
        : kind < 7
          ? collection.update(row.id, fields)
          : kind < 8
            ? collection.delete(row.id)
            : tab.client.mutate([
                { kind: 'update', collection: name, id: row.id, fields },
                { kind: 'insert', collection: COLLECTIONS[below(2)]!, fields: { title: `title ${++names}` } },
              ]);
    written.add(mutationId);
  };

  const others = (): void => {
    const name = COLLECTIONS[below(2)]!;
    const id = anyOf([...server.collection(name).keys()]);
    if (id === undefined || below(2) === 0) server.insert(name, `other-${++names}`, { title: `other ${names}` });
    else if (below(3) === 0) server.delete(name, id);
    else server.update(name, id, { title: `other ${++names}` });
  };

  const disturb = async (): Promise<void> => {
    const browser = browsers[below(2)]!;
    const tab = anyOf([...browser.tabs]);
    switch (below(9)) {
      case 0:
        return server.reach(!server.isReachable);
      case 1:
        return server.closeSockets(1006);
      case 2:
        return void (server.losesAnswers = !server.losesAnswers);
      case 3:
        return void (refusing = !refusing);
      case 4:
        return server.prune();
      case 5:
        return server.send({ type: 'purge', collection: COLLECTIONS[below(2)] });
      case 6:
        return tab && browser.tabs.size < 3 ? void open(browser) : undefined;
      case 7:
        if (!tab) return;
        await clock.advance(60); // what was written before is kept by then
        tab.crash();
        return browser.tabs.size === 0 ? void open(browser) : undefined;
      case 8: {
        if (!tab || browser.tabs.size < 2) return;
        browser.tabs.delete(tab);
        const closed = tab.client.close();
        await clock.advance(100);
        return closed;
      }
    }
  };

  for (let step = 0; step < STEPS; step++) {
    const tab = anyOf(tabs());
    const kind = below(10);
    if (kind < 5 && tab) edit(tab);
    else if (kind < 7) others();
    else await disturb();
    if (below(2) === 0) await clock.advance(below(400));
  }

  server.losesAnswers = refusing = false;
  server.reach(true);
  await clock.advance(120_000);
  await settle();

  for (const tab of tabs()) {
    assert.equal(tab.client.status.state, 'live');
    assert.deepEqual(tab.client.pending(), []);
    for (const name of COLLECTIONS) {
      assert.deepEqual(byId(tab.client.collection(name).rows), byId(server.listed(name)), name);
    }
  }
  for (const id of written) {
    const effects = server.effects.get(id) ?? 0;
    assert.equal(effects, refused.has(id) ? 0 : 1, `mutation ${id} took effect ${effects} times`);
  }
  await Promise.all(tabs().map(async ({ client }) => client.close()).concat(clock.advance(100)));
}

const byId = (rows: readonly { id: string }[]) => [...rows].sort((one, other) => (one.id < other.id ? -1 : 1));
