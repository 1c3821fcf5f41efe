// A built starter in Chromium, on a running todo-app: from the arrival of the list to the first frame with rows, and an
// edit until it is in the page. Each window is cold: it has no stored rows.
// BASE_URL=http://127.0.0.1:8080 node first-render.mjs FOLDER_OF_BUILT_STARTERS [--rows 10000] [--windows 5] [--starter react]
import { startStarterServer } from './starter-server.mjs'
import { BASE_URL, startBrowser } from './windows.mjs'

const folder = process.argv[2]
const option = (name, otherwise) => {
  const at = process.argv.indexOf('--' + name)
  return at < 0 ? otherwise : process.argv[at + 1]
}
const count = +option('rows', 10_000)
const windows = +option('windows', 5)
const starters = option('starter', 'react,vue,svelte,angular').split(',')
const todos = `${BASE_URL}/todo-app/api/default/todos`
const BULK = 100
const WAIT_MILLIS_MAX = 60_000

async function send(method, body) {
  const answer = await fetch(`${todos}/bulk`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method}: ${answer.status}`)
}

async function removeAll() {
  const ids = (await (await fetch(todos)).json()).todos.filter(({ title }) => title.startsWith('bench ')).map(({ id }) => id)
  for (let from = 0; from < ids.length; from += BULK) await send('DELETE', { ids: ids.slice(from, from + BULK) })
}

/** In the page, before its scripts: notes when the first frame with rows begins to be painted. */
function watch() {
  globalThis.firstFrame = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('.list li')) {
        // The frame that this callback belongs to is painted before the next message is handled.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(null)
      } else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** In the page: ticks the first row. Is it shown when the next frame is painted, and how long did the task of the click take? */
async function tick() {
  const row = document.querySelector('.list li:not(.is-completed)')
  const text = row.querySelector('label').textContent
  const begun = performance.now()
  row.querySelector('input[type=checkbox]').click()
  const task = performance.now() - begun
  return new Promise((resolve) =>
    requestAnimationFrame(() => {
      const shown = [...document.querySelectorAll('.list li.is-completed')].some((each) => each.querySelector('label').textContent === text)
      resolve({ task, isInTheFrame: shown })
    }),
  )
}

/** In the page: when the last byte of the list arrived. */
const arrival = () => performance.getEntriesByType('resource').find(({ name }) => /\/api\/default\/todos(\?|$)/.test(name))?.responseEnd

const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1]
const rounded = (values) => values.map((value) => Math.round(value)).join(', ')

const browser = await startBrowser()
const server = await startStarterServer(folder, starters)
try {
  await removeAll()
  for (let from = 0; from < count; from += BULK) {
    await send('POST', { items: Array.from({ length: BULK }, (_, at) => ({ title: `bench ${from + at}` })) })
  }
  for (const starter of starters) {
    const renders = []
    const edits = []
    let inTheFrame = 0
    for (let window = 0; window < windows; window++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      context.setDefaultTimeout(WAIT_MILLIS_MAX)
      const page = await context.newPage()
      await page.addInitScript(watch)
      await page.goto(`${server.base}/${starter}/`)
      const frame = await page.evaluate(() => globalThis.firstFrame)
      renders.push(frame - (await page.evaluate(arrival)))
      await page.waitForFunction((rows) => Number(document.querySelector('output').textContent) >= rows, count)
      const { task, isInTheFrame } = await page.evaluate(tick)
      edits.push(task)
      if (isInTheFrame) inTheFrame++
      await page.locator('.waiting').waitFor({ state: 'detached' })
      await context.close()
    }
    console.log(
      `${starter}, ${count} rows: from the list's arrival to the first frame with rows ${Math.round(median(renders))} ms (${rounded(renders)}); ` +
        `an edit is in the next frame in ${inTheFrame} of ${windows} windows, its task takes ${Math.round(median(edits))} ms (${rounded(edits)})`,
    )
  }
} finally {
  await removeAll()
  await server.close()
  await browser.close()
}
