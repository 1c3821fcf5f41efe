create table workshop_lockers (
    id varchar(255) primary key,
    owner varchar(50),
    number integer not null,
    state varchar(10) not null,
    openings integer not null,
    pin varchar(4)
);

create table workshop_binders (
    id varchar(255) primary key,
    project varchar(255) not null,
    title varchar(50)
);

create table workshop_sheets (
    id varchar(255) primary key,
    project varchar(255) not null,
    binder_id varchar(255) references workshop_binders (id)
);

create index workshop_sheets_binder on workshop_sheets (binder_id);

create table workshop_remarks (
    id varchar(255) primary key,
    project varchar(255) not null,
    sheet varchar(255),
    reply_to varchar(255),
    about varchar(255),
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create table workshop_folders (
    id varchar(255) primary key,
    inside varchar(255) references workshop_folders (id)
);
