create table odd_computed (
    id varchar(255) primary key,
    room varchar(255) not null,
    name varchar(50) not null,
    slug varchar(60),
    made timestamp(6) with time zone,
    origin varchar(20) default 'by default',
    name_length int generated always as (char_length(name))
);

create table odd_shouted (
    id varchar(255) primary key,
    room varchar(255) not null,
    name varchar(50) not null,
    settings ${text}
);
