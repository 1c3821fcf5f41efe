create index scoped_todos_app_todos_completed on scoped_todos_app_todos (completed, created_at, id);
create index scoped_todos_app_todos_title on scoped_todos_app_todos (title, id);
