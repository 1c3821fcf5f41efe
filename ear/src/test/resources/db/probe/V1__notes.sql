create table probe_notes (
    id varchar(255) primary key,
    board varchar(255) not null,
    title varchar(255) not null,
    place integer not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create index probe_notes_order on probe_notes (board, place, id);
