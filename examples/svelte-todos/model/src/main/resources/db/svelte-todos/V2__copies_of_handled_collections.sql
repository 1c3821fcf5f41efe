create table svelte_todos_pantry (
    id varchar(255) primary key,
    name varchar(200) not null,
    amount bigint not null
);

create table svelte_todos_reminders (
    id varchar(255) primary key,
    text varchar(500) not null
);
