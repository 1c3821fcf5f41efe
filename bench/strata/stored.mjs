// What Lockstep's own database holds of what a server answered.
import { execFileSync } from 'node:child_process'

/** How many of a client's transactions are in the log, and how many of their rows in their tables. */
export function stored(sql, { application, clientId }) {
  const query = `select count(distinct a.mutation_id), count(coalesce(t.id, l.id)) from lockstep_action a
    left join strata_tasks_tasks t on t.id = a.entity_id left join strata_tasks_labels l on l.id = a.entity_id
    where a.application = '${application}' and a.client_id = 'strata:${clientId}' and a.kind = 'I'`
  const [log, rows] = execFileSync('psql', [sql, '-AtF', ' ', '-c', query]).toString().split(' ').map(Number)
  return { log, rows }
}
