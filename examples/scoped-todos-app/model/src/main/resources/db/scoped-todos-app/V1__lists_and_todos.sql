create table scoped_todos_app_lists (
    id varchar(255) primary key,
    name varchar(200) not null,
    color varchar(50) not null,
    created_at timestamp(6) with time zone not null
);

create index scoped_todos_app_lists_order on scoped_todos_app_lists (created_at, id);

create table scoped_todos_app_todos (
    id varchar(255) primary key,
    scope varchar(255) not null references scoped_todos_app_lists (id),
    title varchar(500) not null,
    completed boolean not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null
);

create index scoped_todos_app_todos_order on scoped_todos_app_todos (created_at, id);
create index scoped_todos_app_todos_scope on scoped_todos_app_todos (scope, created_at, id);
