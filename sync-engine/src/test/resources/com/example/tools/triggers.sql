create table tool_changes (
    number bigint generated always as identity primary key,
    id varchar(255) not null
);

create function tool_changed() returns trigger language plpgsql as $$
begin
    insert into tool_changes (id) values (coalesce(new.id, old.id));
    notify tool_changes;
    return null;
end $$;

create trigger tool_changed after insert or update or delete on workshop_tools
    for each row execute function tool_changed();
