-- Changes that handlers are making: written before the first call, deleted after the effect is logged. One for each row.
create table lockstep_intent (
    application varchar(64) not null,
    collection varchar(64) not null,
    entity_id varchar(255) not null,
    room varchar(1280) not null,
    operation char(1) not null,
    fields ${text} not null,
    scope varchar(255),
    caller varchar(255),
    client_id varchar(255) not null,
    mutation_id varchar(255) not null,
    ordered boolean not null,
    written_at bigint not null,
    tried_at bigint not null,
    attempts integer not null,
    failure varchar(1000),
    primary key (application, collection, entity_id)
);

create index lockstep_intent_tried on lockstep_intent (tried_at);

-- Rooms whose rows the server has a copy of.
create table lockstep_copied_room (
    application varchar(64) not null,
    collection varchar(64) not null,
    room varchar(1280) not null,
    copied_at bigint not null,
    primary key (application, collection, room)
);
