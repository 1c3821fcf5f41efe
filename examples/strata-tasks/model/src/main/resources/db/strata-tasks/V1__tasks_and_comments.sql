create table strata_tasks_tasks (
    id varchar(255) primary key,
    title varchar(500) not null,
    notes varchar(10000),
    priority integer not null,
    completed_at timestamp(6) with time zone,
    due_on date,
    workspace_id varchar(255) not null,
    created_at timestamp(6) with time zone not null,
    archived_at timestamp(6) with time zone
);

create index strata_tasks_tasks_ids on strata_tasks_tasks (workspace_id, id);
create index strata_tasks_tasks_order on strata_tasks_tasks (workspace_id, created_at, id);

create table strata_tasks_comments (
    id varchar(255) primary key,
    task_id varchar(255) not null,
    body varchar(10000) not null,
    workspace_id varchar(255) not null,
    created_at timestamp(6) with time zone not null
);

create index strata_tasks_comments_ids on strata_tasks_comments (workspace_id, id);
create index strata_tasks_comments_order on strata_tasks_comments (workspace_id, created_at, id);
create index strata_tasks_comments_tasks on strata_tasks_comments (task_id);

create table strata_tasks_labels (
    id varchar(255) primary key,
    name varchar(100) not null,
    workspace_id varchar(255) not null
);

create index strata_tasks_labels_ids on strata_tasks_labels (workspace_id, id);

create table strata_tasks_task_labels (
    id varchar(255) primary key,
    task_id varchar(255) not null,
    label_id varchar(255) not null,
    workspace_id varchar(255) not null
);

create index strata_tasks_task_labels_ids on strata_tasks_task_labels (workspace_id, id);
