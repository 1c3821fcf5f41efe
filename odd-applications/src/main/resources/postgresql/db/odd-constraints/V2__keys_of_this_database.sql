create table odd_seats (
    id varchar(255) primary key,
    room varchar(255) not null,
    pos int not null,
    slot_id varchar(255),
    constraint odd_seats_position unique (room, pos) deferrable initially deferred,
    constraint odd_seats_slot foreign key (slot_id) references odd_slots (id) deferrable initially deferred
);

create unique index odd_memos_code on odd_memos (room, code) where deleted_at is null;
