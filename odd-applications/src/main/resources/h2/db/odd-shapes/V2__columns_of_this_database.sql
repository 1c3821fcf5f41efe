create table odd_sheets (
    id varchar(255) primary key,
    room varchar(255) not null,
    photo varbinary(8),
    labels varchar(20) array,
    sizes integer array,
    settings json,
    parts json
);
