alter table dialects_todos add column after_id varchar(255);
alter table dialects_todos add constraint dialects_todos_after foreign key (after_id) references dialects_todos (id);
