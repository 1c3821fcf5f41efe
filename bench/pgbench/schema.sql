-- A row and its log entry, as little as a mutation can be.
create table task (
    id uuid primary key,
    title text not null,
    notes text,
    priority integer not null,
    completed_at timestamptz,
    due_on date,
    workspace_id text not null,
    created_at timestamptz not null
);

create index task_workspace on task (workspace_id, id);

create table action (
    seq bigserial primary key,
    model text not null,
    model_id uuid not null,
    kind char(1) not null,
    data jsonb not null,
    workspace_id text not null,
    client_id text not null,
    client_tx_id uuid not null,
    created_at timestamptz not null default now(),
    unique (client_id, client_tx_id)
);

create index action_workspace on action (workspace_id, seq);
