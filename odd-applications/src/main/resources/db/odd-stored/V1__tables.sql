create table odd_padded (
    id varchar(255) primary key,
    room varchar(255) not null,
    code char(10),
    name varchar(50)
);

create table odd_rounded (
    id varchar(255) primary key,
    room varchar(255) not null,
    wall timestamp(0),
    happened timestamp(0) with time zone,
    ratio real,
    price numeric(38, 2)
);

create table odd_versioned (
    id varchar(255) primary key,
    room varchar(255) not null,
    name varchar(50) not null,
    version bigint not null
);

create table odd_restricted (
    id varchar(255) primary key,
    room varchar(255) not null,
    name varchar(50) not null,
    hidden boolean not null
);
