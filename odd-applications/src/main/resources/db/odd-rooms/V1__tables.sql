create table odd_letters (
    id varchar(255) primary key,
    room varchar(255) not null,
    author varchar(255) not null,
    words varchar(100) not null,
    personal boolean not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create table odd_cards (
    id varchar(255) primary key,
    room varchar(255) not null,
    lane varchar(40),
    title varchar(100) not null,
    created_at timestamp(6) with time zone not null,
    archived_at timestamp(6) with time zone
);

create table odd_links (
    id varchar(255) primary key,
    room varchar(255) not null,
    source varchar(255) not null,
    target varchar(255) not null
);

create table odd_boards (
    id varchar(255) primary key,
    title varchar(100) not null
);

create table odd_animals (
    id varchar(255) primary key,
    species varchar(31) not null,
    room varchar(255) not null,
    name varchar(50) not null,
    lives int,
    tricks varchar(100)
);
