create table workshop_tickets (
    id varchar(255) primary key,
    project varchar(255) not null,
    title varchar(50),
    status varchar(20),
    effort integer not null,
    due_at timestamp(6) with time zone,
    assignee varchar(50),
    price numeric(12, 3),
    due_day date,
    open boolean not null,
    tag uuid,
    weight double precision,
    seen_at timestamp(6) with time zone,
    position bigint not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);
create index workshop_tickets_status on workshop_tickets (project, status, created_at);
create index workshop_tickets_due on workshop_tickets (project, due_at, id);
create index workshop_tickets_position on workshop_tickets (project, position, id);
