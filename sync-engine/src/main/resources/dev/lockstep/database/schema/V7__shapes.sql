-- What the rows of each collection look like in the log since a position. Actions before it are not replayed.
create table lockstep_shape (
    application varchar(64) not null,
    collection varchar(64) not null,
    shape varchar(43) not null,
    since bigint not null,
    primary key (application, collection)
);
