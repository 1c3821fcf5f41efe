create table odd_beats (
    id varchar(255) primary key,
    room varchar(255) not null,
    number int not null
);
