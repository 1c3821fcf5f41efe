create table odd_leaves (
    id varchar(255) primary key,
    room varchar(255) not null,
    box json,
    features json,
    tree json,
    moods json,
    marks json
);

create table odd_strips (
    id varchar(255) primary key,
    room varchar(255) not null,
    sizes integer array,
    tags varchar(20) array,
    key_list uuid array,
    moods tinyint array,
    days date array,
    counts bigint array
);

create table odd_folios (
    id uuid primary key,
    room varchar(255) not null,
    title varchar(30),
    scan blob
);
