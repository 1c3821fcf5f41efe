create table svelte_todos_todos (
    id varchar(255) primary key,
    title varchar(500) not null,
    completed boolean not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create index svelte_todos_todos_order on svelte_todos_todos (created_at, id);

create table svelte_todos_notes (
    id varchar(255) primary key,
    user_id varchar(255) not null,
    text varchar(2000) not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create index svelte_todos_notes_order on svelte_todos_notes (user_id, created_at, id);
