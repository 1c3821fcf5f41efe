create table dialects_tallies (
    list_name varchar(255) not null,
    label varchar(100) not null,
    amount integer not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    primary key (list_name, label)
);

create index dialects_tallies_order on dialects_tallies (list_name, created_at, label);
