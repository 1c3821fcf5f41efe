// Strata's own server with the tasks and labels of strata-tasks, to be measured beside Lockstep. It makes its tables anew.
// Copy this file into an empty folder outside the repository, and there:
// npm install @stratasync/server@0.5.1 fastify@5.8.2 @fastify/websocket@11.2.0 pg@8.16.3 drizzle-orm@1.0.0-rc.5-ab785fc
// node strata-original.mjs PORT postgres://postgres@127.0.0.1:5432/DATABASE
import Fastify from 'fastify'
import websocket from '@fastify/websocket'
import pg from 'pg'
import { inArray } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { bigserial, date, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { createSyncServer } from '@stratasync/server'

const [port, connectionString] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString, max: 20 })
await pool.query(`
  drop table if exists tasks, labels, sync_actions, sync_group_memberships;
  create table tasks (
    id uuid primary key, title text not null, notes text, priority integer not null, "completedAt" timestamptz,
    "dueOn" date, "workspaceId" text not null, "createdAt" timestamptz not null, "archivedAt" timestamptz);
  create index tasks_workspace on tasks ("workspaceId", id);
  create table labels (id uuid primary key, name text not null, "workspaceId" text not null);
  create table sync_actions (
    id bigserial primary key, model varchar(100) not null, model_id uuid not null, action char(1) not null,
    data jsonb not null, group_id text, client_id varchar(255), client_tx_id uuid,
    created_at timestamptz not null default now(), unique (client_id, client_tx_id));
  create index sync_actions_group on sync_actions (group_id, id);
  create table sync_group_memberships (
    id uuid primary key default gen_random_uuid(), user_id text not null, group_id text not null,
    group_type varchar(50) not null, created_at timestamptz not null default now(), unique (user_id, group_id))`)

const instant = (name) => timestamp(name, { withTimezone: true, mode: 'date' })
const tasks = pgTable('tasks', {
  id: uuid('id').primaryKey(),
  title: text('title'),
  notes: text('notes'),
  priority: integer('priority'),
  completedAt: instant('completedAt'),
  dueOn: date('dueOn', { mode: 'date' }),
  workspaceId: text('workspaceId'),
  createdAt: instant('createdAt'),
  archivedAt: instant('archivedAt')
})
const labels = pgTable('labels', { id: uuid('id').primaryKey(), name: text('name'), workspaceId: text('workspaceId') })
const syncActions = pgTable('sync_actions', {
  id: bigserial('id', { mode: 'bigint' }).primaryKey(),
  model: text('model'),
  modelId: uuid('model_id'),
  action: text('action'),
  data: jsonb('data'),
  groupId: text('group_id'),
  clientId: text('client_id'),
  clientTxId: uuid('client_tx_id'),
  createdAt: instant('created_at')
})
const syncGroupMemberships = pgTable('sync_group_memberships', {
  id: uuid('id').primaryKey(),
  userId: text('user_id'),
  groupId: text('group_id'),
  groupType: text('group_type'),
  createdAt: instant('created_at')
})

const USERS = { 'alice-token': 'alice', 'bob-token': 'bob', 'bench-token': 'bench' }
const GROUPS = { alice: ['ws-1', 'ws-a'], bob: ['ws-1', 'ws-b'], bench: ['ws-bench'] }
const cursor = { type: 'simple', idField: 'id' }
const inWorkspaces = (table) => (filter) => inArray(table.workspaceId, filter.workspaceGroupIds)
const sync = await createSyncServer({
  db: drizzle({ client: pool }),
  tables: { syncActions, syncGroupMemberships },
  auth: {
    verifyToken: async (token) => (USERS[token] ? { userId: USERS[token] } : null),
    resolveGroups: async (user) => GROUPS[user]
  },
  models: {
    Task: {
      table: tasks,
      groupKey: 'workspaceId',
      bootstrap: {
        fields: ['id', 'title', 'notes', 'priority', 'completedAt', 'dueOn', 'workspaceId', 'createdAt', 'archivedAt'],
        cursor,
        dateOnlyFields: ['dueOn'],
        instantFields: ['completedAt', 'createdAt', 'archivedAt'],
        allowedIndexedKeys: ['id', 'workspaceId'],
        buildScopeWhere: inWorkspaces(tasks)
      },
      mutate: {
        kind: 'standard',
        actions: new Set(['I', 'U', 'D', 'A', 'V']),
        insertFields: {
          title: { type: 'string', defaultValue: '' },
          notes: { type: 'stringNull' },
          priority: { type: 'number' },
          completedAt: { type: 'date' },
          dueOn: { type: 'dateOnly' },
          workspaceId: { type: 'string' },
          createdAt: { type: 'dateNow' }
        },
        updateFields: new Set(['title', 'notes', 'priority', 'completedAt', 'dueOn'])
      }
    },
    Label: {
      table: labels,
      groupKey: 'workspaceId',
      bootstrap: { fields: ['id', 'name', 'workspaceId'], cursor, buildScopeWhere: inWorkspaces(labels) },
      mutate: {
        kind: 'standard',
        actions: new Set(['I', 'U', 'D']),
        insertFields: { name: { type: 'string' }, workspaceId: { type: 'string' } },
        updateFields: new Set(['name'])
      }
    }
  }
})
const server = Fastify()
await server.register(websocket)
sync.registerRoutes(server)
await server.listen({ host: '127.0.0.1', port: +port })
console.log(`listening on ${port}`)
