create table workshop_errands (
    id varchar(255) primary key,
    project varchar(255) not null,
    owner_id varchar(255),
    part_of varchar(255),
    title varchar(50),
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    archived_at timestamp(6) with time zone
);

create table workshop_tasklabel (
    id varchar(255) primary key,
    project varchar(255) not null,
    task_id varchar(255) not null,
    label_id varchar(255) not null,
    colour varchar(50)
);

create table workshop_clubs (
    id varchar(255) primary key,
    title varchar(50)
);
