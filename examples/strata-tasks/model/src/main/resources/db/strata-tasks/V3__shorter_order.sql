-- Rows of one moment are sorted when a list is read. With the ids among its columns each new row of such a moment
-- had to be put into a place at random, and nothing of the index could be shared.
drop index strata_tasks_tasks_order;
drop index strata_tasks_comments_order;
create index strata_tasks_tasks_order on strata_tasks_tasks (workspace_id, created_at);
create index strata_tasks_comments_order on strata_tasks_comments (workspace_id, created_at);
