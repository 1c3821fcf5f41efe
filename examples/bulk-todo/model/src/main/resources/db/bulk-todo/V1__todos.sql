create table bulk_todo_todos (
    id varchar(255) primary key,
    title varchar(500) not null,
    completed boolean not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null
);

create index bulk_todo_todos_order on bulk_todo_todos (created_at, id);
