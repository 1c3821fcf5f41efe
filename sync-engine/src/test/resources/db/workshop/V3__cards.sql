create table workshop_cards (
    id varchar(255) primary key,
    project varchar(255) not null,
    drawer varchar(255) not null,
    title varchar(50),
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);
