-- Users whose rights have changed, how often, and the last time in microseconds since 1970.
create table lockstep_rights (
    application varchar(64) not null,
    subject varchar(255) not null,
    changes bigint not null,
    changed_at bigint not null,
    primary key (application, subject)
);

create index lockstep_rights_age on lockstep_rights (changed_at);
