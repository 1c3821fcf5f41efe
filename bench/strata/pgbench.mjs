// The SQL of a mutation without a server around it, in a database that is made for it and dropped: what the disk allows.
import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const fileOf = (name) => fileURLToPath(new URL(`../pgbench/${name}.sql`, import.meta.url))

/** Threads of pgbench's own; more would not run at once on a small machine. */
const THREADS_MAX = 2

/** Whether it is in the PATH. */
export const hasPgbench = () => !spawnSync('pgbench', ['--version']).error

export class Pgbench {
  /** `scripts` says which script holds so many mutations. */
  constructor(name, sql, scripts) {
    this.name = name
    this.sql = sql
    this.scripts = scripts
    this.database = `lockstep_bench_${process.pid}_${Object.values(scripts)[0].replaceAll('-', '_')}`
  }

  async prepare() {
    await run('psql', [this.sql, '-qc', `create database ${this.database}`])
    this.made = true
    await run('psql', [this.connection, '-qf', fileOf('schema')])
  }

  get connection() {
    return `${this.sql} dbname=${this.database}`
  }

  async mutations(connections, each, secs) {
    const script = this.scripts[each]
    if (!script) return undefined
    const threads = Math.min(THREADS_MAX, connections)
    const load = ['-n', '-f', fileOf(script), '-c', connections, '-j', threads, '-T', secs]
    const { stdout } = await run('pgbench', [...load.map(String), this.connection])
    return { rate: +/tps = ([\d.]+)/.exec(stdout)[1] * each }
  }

  async close() {
    if (this.made) await run('psql', [this.sql, '-qc', `drop database ${this.database} with (force)`])
  }
}
