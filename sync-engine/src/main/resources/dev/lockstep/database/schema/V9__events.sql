-- Names of event stores are longer than those of other rooms, and their namespace ends with "/events".
alter table lockstep_action alter column application set data type varchar(72);
alter table lockstep_action alter column room set data type varchar(1280);
alter table lockstep_room alter column application set data type varchar(72);
alter table lockstep_room alter column room set data type varchar(1280);

-- Each event store: the incarnation of its events, the epoch in which that began, the number of its last event, how many
-- it has and their size, and the user who created it. Times are in microseconds since 1970. Its row is written under the
-- lock of its room.
create table lockstep_store (
    application varchar(72) not null,
    room varchar(1280) not null,
    incarnation varchar(21) ${bytewise} not null,
    epoch bigint not null,
    head bigint not null,
    events bigint not null,
    characters bigint not null,
    owner varchar(255),
    created_at bigint not null,
    appended_at bigint,
    primary key (application, room)
)${head_storage};

-- The events of each incarnation, byte for byte as clients made them; the ordinal counts them. They are never pruned.
create table lockstep_event (
    incarnation varchar(21) ${bytewise} not null,
    number bigint not null,
    ordinal bigint not null,
    stamp bigint not null,
    json ${text} not null,
    primary key (incarnation, number)
);

-- Incarnations that were reset or erased: nothing reads their events any more, and housekeeping deletes them.
create table lockstep_erased_store (
    incarnation varchar(21) ${bytewise} primary key
);
