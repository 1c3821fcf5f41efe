create table workshop_tasks (
    id varchar(255) primary key,
    project varchar(255) not null,
    title varchar(200) not null,
    effort integer not null,
    priority varchar(10),
    due timestamp(6) with time zone,
    secret varchar(20),
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create table workshop_tools (
    id varchar(255) primary key,
    name varchar(50) not null,
    serial varchar(10) unique,
    weight numeric(12, 3),
    created_at timestamp(6) with time zone not null
);

create table workshop_steps (
    id varchar(255) primary key,
    project varchar(255) not null,
    tool_id varchar(255) references workshop_tools (id),
    text varchar(20) not null
);
