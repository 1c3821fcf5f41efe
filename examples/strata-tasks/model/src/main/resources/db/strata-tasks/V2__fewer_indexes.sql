-- Nothing reads by them: a room's rows are read in the order of the other index, single rows by their key. Each new row had
-- to be put into one more place at random.
drop index strata_tasks_tasks_ids;
drop index strata_tasks_comments_ids;
