create table dialects_todos (
    id varchar(255) primary key,
    list_name varchar(255) not null,
    title varchar(200) not null,
    notes varchar(400000),
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null
);

create index dialects_todos_order on dialects_todos (list_name, created_at, id);
