-- The epoch: which incarnation of the database the positions of the log belong to, and where it began. The last two
-- columns tell the database from a copy of it. An operator sets "restored" after a restore.
create table lockstep_epoch (
    id smallint primary key,
    began bigint not null,
    restored boolean default false not null,
    written_in varchar(255),
    written_by bigint
);

insert into lockstep_epoch (id, began) values (1, 0);
