create table todo_app_todos (
    id varchar(255) primary key,
    title varchar(500) not null,
    completed boolean not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create index todo_app_todos_order on todo_app_todos (created_at, id);

create table todo_app_notes (
    id varchar(255) primary key,
    title varchar(200) not null,
    content varchar(10000),
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create index todo_app_notes_order on todo_app_notes (created_at, id);
