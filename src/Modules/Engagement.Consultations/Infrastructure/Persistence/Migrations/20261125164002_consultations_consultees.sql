-- Whom the law or the council wants asked in person. Who to write to is encrypted.
create table consultations.consultee_list (
    consultation_id uuid    not null constraint pk_consultee_list primary key,
    version         integer not null
);

create table consultations.consultee (
    id                    uuid         not null constraint pk_consultee primary key,
    consultation_id       uuid         not null constraint fk_consultee_consultee_list_consultation_id references consultations.consultee_list (consultation_id),
    demand                text,
    regime                varchar(100),
    name                  varchar(500) not null,
    contact               bytea,
    notified_on           date,
    how                   text,
    delivered_on          date,
    chased_on             date[]       not null,
    answered_on           date,
    answer_reference      text,
    is_nil_return         boolean      not null,
    not_applicable_reason text,
    created_at            timestamptz  not null,
    check (notified_on is not null or (delivered_on is null and answered_on is null and cardinality(chased_on) = 0)),
    check (not_applicable_reason is null or notified_on is null)
);
create index consultee_of_consultation on consultations.consultee (consultation_id);
