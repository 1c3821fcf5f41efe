create table probe_comments (
    id varchar(255) primary key,
    board varchar(255) not null,
    note varchar(255) references probe_notes (id),
    reply_to varchar(255) references probe_comments (id),
    quoted varchar(255),
    signature varchar(255)
);

create index probe_comments_note on probe_comments (note);
create index probe_comments_reply on probe_comments (reply_to);
create index probe_comments_quoted on probe_comments (quoted);
