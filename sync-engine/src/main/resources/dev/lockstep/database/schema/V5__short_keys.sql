-- Half of each hash, 132 bits, tells mutations apart as well. Keys lie at random places of their index: shorter ones take
-- fewer pages, and are compared as bytes.
create table lockstep_short_answer (
    mutation_key varchar(22) ${bytewise} primary key,
    request_hash varchar(22) not null,
    first_seq bigint not null,
    last_seq bigint not null,
    shape varchar(10000) not null,
    made_ids ${text},
    refusal_code varchar(32),
    refusal_message varchar(1000),
    answered_at bigint not null
);

insert into lockstep_short_answer
select substring(mutation_key from 1 for 22), substring(request_hash from 1 for 22), first_seq, last_seq, shape, made_ids,
    refusal_code, refusal_message, answered_at
from lockstep_answer;

drop table lockstep_answer;

alter table lockstep_short_answer rename to lockstep_answer;

create index lockstep_answer_age on lockstep_answer (answered_at);
