-- The notes of all stores, as their events leave them.
create table livestore_notes (
    id varchar(36) primary key,
    store varchar(255) not null,
    note_id varchar(255) not null,
    text varchar(10000) not null,
    done boolean not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create index livestore_notes_order on livestore_notes (store, created_at, id);
