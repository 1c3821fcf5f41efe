-- What opens one socket, once: known by its hash only, so that who reads the table cannot use it.
create table lockstep_ticket (
    hash varchar(43) primary key,
    application varchar(64) not null,
    caller ${text} not null,
    expires_at bigint not null
);

create index lockstep_ticket_age on lockstep_ticket (expires_at);

-- Users whose older tokens are not taken any more; the time in microseconds since 1970.
create table lockstep_revocation (
    application varchar(64) not null,
    subject varchar(255) not null,
    revoked_at bigint not null,
    primary key (application, subject)
);

create index lockstep_revocation_age on lockstep_revocation (revoked_at);
