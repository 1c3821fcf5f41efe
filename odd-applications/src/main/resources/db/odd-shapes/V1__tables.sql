create table odd_deliveries (
    id varchar(255) primary key,
    room varchar(255) not null,
    street varchar(20),
    zip_code integer,
    due_from date,
    due_to date,
    version integer not null
);

create table odd_tours (
    id varchar(255) primary key,
    room varchar(255) not null
);

create table odd_tour_towns (
    tour varchar(255) not null references odd_tours,
    place integer not null,
    item varchar(20),
    primary key (tour, place)
);

create table odd_tour_marks (
    tour varchar(255) not null references odd_tours,
    item integer not null
);

create table odd_tour_moods (
    tour varchar(255) not null references odd_tours,
    item varchar(20) not null,
    primary key (tour, item)
);

create table odd_spans (
    id varchar(255) primary key,
    room varchar(255) not null,
    at_time time(6),
    lasts numeric(21),
    built integer,
    zone varchar(60),
    zone_offset varchar(20),
    met timestamp(6) with time zone,
    made timestamp(6),
    level smallint,
    mark char(1),
    currency varchar(3),
    language varchar(30),
    weight integer
);

create table odd_gauges (
    id varchar(255) primary key,
    room varchar(255) not null,
    title varchar(30),
    is_open boolean not null,
    above_id varchar(255) references odd_gauges
);

create table odd_figures (
    id varchar(255) primary key,
    kind varchar(31) not null,
    room varchar(255) not null,
    title varchar(30),
    radius integer,
    side integer
);

create table odd_cells (
    room varchar(255) not null,
    sheet varchar(20) not null,
    row_number integer not null,
    title varchar(30),
    primary key (room, sheet, row_number)
);

create table odd_readings (
    gauge_id varchar(255) not null references odd_gauges,
    on_day date not null,
    room varchar(255) not null,
    measured integer,
    primary key (gauge_id, on_day)
);
