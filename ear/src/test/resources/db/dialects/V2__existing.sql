-- Rows that another program wrote before the first deployment, without times.
alter table dialects_todos alter column created_at drop not null;
alter table dialects_todos alter column updated_at drop not null;
insert into dialects_todos (id, list_name, title) values ('old-1', 'existing', 'one'), ('old-2', 'existing', 'two');
