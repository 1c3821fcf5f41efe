create table odd_residents (
    id varchar(255) primary key,
    room varchar(255) not null,
    street varchar(20),
    code varchar(5),
    plus integer,
    work_street varchar(20),
    work_code varchar(5),
    work_plus integer,
    last varchar(20),
    first varchar(20),
    grade varchar(1)
);

create table odd_signals (
    id varchar(255) primary key,
    room varchar(255) not null,
    marked timestamp(6),
    called timestamp(6),
    meets timestamp(6) with time zone,
    departs timestamp(6) with time zone,
    departs_offset integer,
    letter char(1) not null,
    grade varchar(1),
    serial_number bigint
);

create table odd_routes (
    id varchar(255) primary key,
    room varchar(255) not null
);

create table odd_route_stages (
    route varchar(255) not null references odd_routes,
    place integer not null,
    town varchar(20),
    days integer,
    primary key (route, place)
);

create table odd_route_stops (
    route varchar(255) not null references odd_routes,
    town varchar(20),
    days integer
);

create table odd_route_halts (
    route varchar(255) not null references odd_routes,
    town varchar(20),
    days integer
);

create table odd_route_tags (
    route varchar(255) not null references odd_routes,
    item varchar(20) not null,
    primary key (route, item)
);

create table odd_route_grades (
    route varchar(255) not null references odd_routes,
    item varchar(1) not null,
    primary key (route, item)
);

create table odd_route_dates (
    route varchar(255) not null references odd_routes,
    item date not null
);

create table odd_passes (
    id varchar(255) primary key,
    room varchar(255) not null,
    pass_number varchar(10) not null,
    title varchar(30),
    unique (room, pass_number)
);

create table odd_seals (
    id varchar(255) primary key,
    room varchar(255) not null,
    pass_id varchar(255) unique references odd_passes,
    title varchar(30)
);

create table odd_books (
    id varchar(255) primary key,
    room varchar(255) not null,
    title varchar(30)
);

create table odd_book_details (
    book varchar(255) primary key references odd_books,
    summary varchar(30),
    pages integer
);

create table odd_vehicles (
    id varchar(255) primary key,
    room varchar(255) not null,
    title varchar(30)
);

create table odd_cars (
    id varchar(255) primary key references odd_vehicles,
    doors integer,
    plate varchar(9)
);

create table odd_boats (
    id varchar(255) primary key references odd_vehicles,
    sails boolean not null,
    draft double precision
);

create table odd_stops (
    id varchar(255) primary key,
    room varchar(255) not null,
    title varchar(30),
    line integer,
    roofed boolean
);

create table odd_garages (
    id varchar(255) primary key,
    room varchar(255) not null,
    title varchar(30),
    heated boolean not null,
    spots integer
);

create table odd_tickets (
    id bigint primary key,
    room varchar(255) not null,
    code varchar(10),
    title varchar(30),
    unique (room, code)
);

create table odd_ships (
    id varchar(255) primary key,
    title varchar(30)
);

create table odd_cabins (
    id varchar(255) primary key,
    room varchar(255) not null references odd_ships,
    title varchar(30)
);

create table odd_covers (
    id varchar(255) primary key references odd_books,
    room varchar(255) not null,
    title varchar(30)
);
