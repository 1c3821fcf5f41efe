create table odd_texts (
    id varchar(255) primary key,
    room varchar(255) not null,
    title varchar(10) not null,
    code varchar(10),
    words ${text},
    mood varchar(20),
    rank smallint,
    identity uuid
);

create table odd_numbers (
    id varchar(255) primary key,
    room varchar(255) not null,
    tiny smallint not null,
    whole int not null,
    perhaps int,
    big bigint not null,
    price numeric(12, 2),
    huge numeric(38, 0),
    ratio double precision,
    single real,
    flag boolean not null,
    maybe boolean
);

create table odd_moments (
    id varchar(255) primary key,
    room varchar(255) not null,
    happened timestamp(6) with time zone,
    meant timestamp(6) with time zone,
    wall timestamp(6),
    on_day date
);
