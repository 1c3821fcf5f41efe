create table entry (
    id varchar(255) primary key,
    page varchar(255) not null,
    words varchar(200) not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create index entry_order on entry (page, created_at);
