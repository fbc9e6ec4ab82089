-- How much of its quota each account has taken in its latest window. It holds for a minute, so a crash may empty it.
create unlogged table platform.account_use (
    account      varchar(100) not null constraint pk_account_use primary key,
    window_start timestamptz  not null,
    used         integer      not null
);
