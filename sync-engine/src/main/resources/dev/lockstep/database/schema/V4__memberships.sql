-- Who is in which group, since when in microseconds since 1970.
create table lockstep_membership (
    application varchar(64) not null,
    subject varchar(255) not null,
    group_name varchar(255) not null,
    joined_at bigint not null,
    primary key (application, subject, group_name)
);

-- Whose rights have changed is told by actions in the log.
drop table lockstep_rights;
