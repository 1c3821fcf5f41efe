-- The one row that numbers the log. It is locked last in every transaction that appends, just before its commit.
create table lockstep_head (
    id smallint primary key,
    seq bigint not null
)${head_storage};

insert into lockstep_head (id, seq) values (1, 0);

-- What was committed: one row per action, gap-free by seq, in commit order.
create table lockstep_action (
    seq bigint primary key,
    commit_first bigint not null,
    commit_last bigint not null,
    application varchar(64) not null,
    room varchar(255) not null,
    collection varchar(64) not null,
    entity_id varchar(255) not null,
    group_id bigint not null,
    kind char(1) not null,
    bulk boolean not null,
    number bigint not null,
    stamp bigint not null,
    row_after ${text},
    row_before ${text},
    changed_fields ${text},
    scope varchar(255),
    caller varchar(255),
    client_id varchar(255),
    mutation_id varchar(255)
);

create index lockstep_action_room on lockstep_action (application, room, seq);

-- Each room that was ever written to: its last stamp, in microseconds since 1970, and its floor, the last of its actions
-- that was pruned.
create table lockstep_room (
    application varchar(64) not null,
    room varchar(255) not null,
    stamp bigint not null,
    floor bigint default 0 not null,
    primary key (application, room)
)${head_storage};

-- The last frame number of each collection in a room.
create table lockstep_counter (
    application varchar(64) not null,
    room varchar(255) not null,
    collection varchar(64) not null,
    number bigint not null,
    primary key (application, room, collection)
)${head_storage};

-- The answers that mutations with an id were given, for as long as their clients may send them again.
create table lockstep_answer (
    mutation_key varchar(43) primary key,
    request_hash varchar(43) not null,
    first_seq bigint not null,
    last_seq bigint not null,
    shape varchar(10000) not null,
    made_ids ${text},
    refusal_code varchar(32),
    refusal_message varchar(1000),
    answered_at bigint not null
);

create index lockstep_answer_age on lockstep_answer (answered_at);
