begin;
insert into task (id, title, priority, workspace_id, created_at) values (gen_random_uuid(), 'bench row title', 1, 'ws-bench', now());
insert into action (model, model_id, kind, data, workspace_id, client_id, client_tx_id) values ('Task', gen_random_uuid(), 'I', jsonb_build_object('id', gen_random_uuid(), 'title', 'bench row title', 'notes', null, 'priority', 1, 'completedAt', null, 'dueOn', null, 'workspaceId', 'ws-bench', 'createdAt', 1767225600123), 'ws-bench', 'pgbench', gen_random_uuid()) returning seq;
commit;
