-- Append only: what participants took back and when, to go through again after an older backup was restored. No word and no address.
create table participation.erasure (
    id        uuid        not null constraint pk_erasure primary key,
    kind      varchar(20) not null check (kind in ('Response', 'EqualityAnswers', 'Messages', 'Updates', 'Draft')),
    subject   uuid        not null,
    erased_at timestamptz not null
);
