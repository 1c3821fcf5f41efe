create table office_tasks (
    id varchar(255) primary key,
    title varchar(200),
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);
