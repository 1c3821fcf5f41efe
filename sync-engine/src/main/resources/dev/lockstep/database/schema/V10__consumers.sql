-- How far each consumer has received the events of each store, written in the transaction that received them.
create table lockstep_consumer (
    application varchar(64) not null,
    consumer varchar(64) not null,
    room varchar(1280) not null,
    incarnation varchar(21) ${bytewise} not null,
    number bigint not null,
    primary key (application, consumer, room)
)${head_storage};
