create table project_roles_todo_app_todos (
    id varchar(255) primary key,
    project_id varchar(255) not null,
    scope varchar(255) not null,
    owner_id varchar(255) not null,
    title varchar(500) not null,
    completed boolean not null,
    created_at timestamp(6) with time zone not null
);

create index project_roles_todo_app_todos_order on project_roles_todo_app_todos (project_id, created_at, id);
create index project_roles_todo_app_todos_scope on project_roles_todo_app_todos (project_id, scope, created_at, id);

create table project_roles_todo_app_members (
    name varchar(255) primary key,
    role varchar(20)
);

insert into project_roles_todo_app_members (name, role) values ('admin', 'ADMIN');
insert into project_roles_todo_app_members (name, role) values ('editor', 'EDITOR');
insert into project_roles_todo_app_members (name, role) values ('user', 'VIEWER');
