create table odd_leaves (
    id varchar(255) primary key,
    room varchar(255) not null,
    box jsonb,
    features jsonb,
    tree jsonb,
    moods jsonb,
    marks jsonb
);

create table odd_strips (
    id varchar(255) primary key,
    room varchar(255) not null,
    sizes integer[],
    tags varchar(20)[],
    key_list uuid[],
    moods smallint[],
    days date[],
    counts bigint[]
);

create table odd_folios (
    id uuid primary key,
    room varchar(255) not null,
    title varchar(30),
    scan oid
);
