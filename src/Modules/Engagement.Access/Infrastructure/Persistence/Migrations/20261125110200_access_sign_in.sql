alter table access.officer
    add column created_at            timestamptz,
    add column reset_token_hash      bytea check (length(reset_token_hash) = 32),
    add column reset_expires_at      timestamptz,
    add column second_factor_secret  bytea,
    add column second_factor_since   timestamptz,
    add column second_factor_step    bigint not null default 0,
    add column recovery_code_hashes  text[] not null default '{}';
-- An account that was there before is as old as its history says.
update access.officer o set created_at = coalesce((select min(h.occurred_at) from access.history h where h.aggregate_id = o.id), now());
alter table access.officer
    alter column created_at set not null,
    alter column second_factor_step drop default,
    alter column recovery_code_hashes drop default;

-- Tries to sign in, counted under a keyed hash of account and origin: who tried is not to be read here.
create table access.sign_in_count (
    key           bytea       not null constraint pk_sign_in_count primary key,
    tries         integer     not null,
    last_at       timestamptz not null,
    blocked_until timestamptz
);
create index sign_in_count_by_age on access.sign_in_count (last_at);
