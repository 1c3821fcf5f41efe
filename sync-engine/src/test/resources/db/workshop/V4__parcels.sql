create table workshop_parcels (
    id varchar(255) primary key,
    project varchar(255),
    owner_id varchar(255) not null,
    content varchar(255)
);
