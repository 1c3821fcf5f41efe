create table workshop_slots (
    id varchar(255) primary key,
    project varchar(255) not null,
    pos integer not null,
    name varchar(20),
    price numeric(5, 2),
    after_id varchar(255),
    constraint slots_pos unique (project, pos),
    constraint slots_name unique (name),
    constraint slots_after foreign key (after_id) references workshop_slots (id),
    constraint slots_pos_positive check (pos > 0)
);
