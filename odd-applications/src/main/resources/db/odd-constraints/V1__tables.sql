create table odd_slots (
    id varchar(255) primary key,
    room varchar(255) not null,
    pos int not null,
    name varchar(20) not null,
    constraint odd_slots_position unique (room, pos),
    constraint odd_slots_not_far check (pos > -1000)
);

create table odd_memos (
    id varchar(255) primary key,
    room varchar(255) not null,
    code varchar(30) not null,
    words varchar(200),
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create table odd_nodes (
    id varchar(255) primary key,
    room varchar(255) not null,
    parent_id varchar(255) references odd_nodes (id),
    label varchar(20)
);

create table odd_folders (
    id varchar(255) primary key,
    room varchar(255) not null,
    title varchar(50) not null
);

create table odd_documents (
    id varchar(255) primary key,
    room varchar(255) not null,
    folder_id varchar(255) not null references odd_folders (id),
    cover_id varchar(255) references odd_folders (id),
    title varchar(50)
);
