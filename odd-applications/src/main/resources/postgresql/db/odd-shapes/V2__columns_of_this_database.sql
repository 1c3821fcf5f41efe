create table odd_sheets (
    id varchar(255) primary key,
    room varchar(255) not null,
    photo bytea,
    labels varchar(20)[],
    sizes integer[],
    settings jsonb,
    parts jsonb
);
