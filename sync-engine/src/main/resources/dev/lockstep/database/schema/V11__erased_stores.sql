-- The log keeps copies of a store's events until its retention has passed. Housekeeping clears those of a reset store: its
-- room, the last position of the log at the reset, and the last one that was cleared.
alter table lockstep_erased_store add column application varchar(72) default '' not null;
alter table lockstep_erased_store add column room varchar(1280) default '' not null;
alter table lockstep_erased_store add column seq bigint default 0 not null;
alter table lockstep_erased_store add column cleared bigint default 0 not null;
