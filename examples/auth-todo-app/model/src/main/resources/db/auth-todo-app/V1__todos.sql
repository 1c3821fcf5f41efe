create table auth_todo_app_todos (
    id varchar(255) primary key,
    owner_id varchar(255) not null,
    title varchar(500) not null,
    completed boolean not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null
);

create index auth_todo_app_todos_order on auth_todo_app_todos (owner_id, created_at, id);
