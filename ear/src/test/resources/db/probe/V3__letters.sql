create table probe_letters (
    id varchar(255) primary key,
    board varchar(255) not null,
    title varchar(1000) not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);
