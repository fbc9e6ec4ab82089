create table access.api_client (
    id          uuid         not null constraint pk_api_client primary key,
    name        varchar(100) not null,
    scopes      text[]       not null,
    secret_hash bytea        not null check (length(secret_hash) = 32),
    disabled_at timestamptz,
    version     integer      not null
);

create table access.officer (
    id               uuid         not null constraint pk_officer primary key,
    email            varchar(254) not null,
    normalised_email varchar(254) not null,
    name             varchar(100) not null,
    roles            text[]       not null,
    password_hash    text         not null,
    version          integer      not null
);
-- One account for each address, however it is typed.
create unique index officer_email on access.officer (normalised_email);
