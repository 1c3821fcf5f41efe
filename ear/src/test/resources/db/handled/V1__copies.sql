create table handled_parts (
    id varchar(255) primary key,
    site varchar(255) not null,
    name varchar(200) not null,
    shelf varchar(20)
);

create table handled_reminders (
    id varchar(255) primary key,
    text varchar(200) not null,
    reader varchar(255)
);
