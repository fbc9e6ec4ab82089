alter table access.officer
    add column disabled_at          timestamptz,
    add column security_stamp       uuid    not null default gen_random_uuid(),
    add column must_change_password boolean not null default true;
alter table access.officer
    alter column security_stamp drop default,
    alter column must_change_password drop default;

-- One sign-in in one browser. The browser holds the token, the table its hash.
create table access.session (
    id                uuid         not null constraint pk_session primary key,
    officer_id        uuid         not null constraint fk_session_officer_officer_id references access.officer (id) on delete cascade,
    token_hash        bytea        not null check (length(token_hash) = 32),
    security_stamp    uuid         not null,
    browser           varchar(200) not null,
    created_at        timestamptz  not null,
    last_seen_at      timestamptz  not null,
    expires_at        timestamptz  not null,
    second_factor     varchar(10)  not null,
    revoked_at        timestamptz
);
create unique index session_token on access.session (token_hash);
create index session_of_officer on access.session (officer_id);
